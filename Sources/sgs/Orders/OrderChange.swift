import Documents

/// What became of an order that an operator changed, as the commands print it.
struct OrderChange: Hashable {
    let order: String
    let change: String

    /// A line for people.
    var text: String { "\(order)  \(change)" }

    static func json(_ changes: [OrderChange]) -> JSONValue {
        .list(changes.map { ["order": .text($0.order), "change": .text($0.change)] })
    }
}
