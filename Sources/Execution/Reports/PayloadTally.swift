/// How many payloads are in each state; those that only hold others are not counted.
struct PayloadTally: Hashable, Sendable {
    private(set) var counts: [PayloadState: Int] = [:]

    init() {}

    /// Of a whole run.
    init(_ life: RunLife) {
        for number in life.processes { add(life[number].state) }
    }

    mutating func add(_ state: PayloadState) { counts[state, default: 0] += 1 }

    subscript(_ state: PayloadState) -> Int { counts[state] ?? 0 }

    var all: Int { counts.values.reduce(0, +) }

    /// The part that has completed, whole percents.
    var percent: Int { all == 0 ? 0 : self[.completed] * 100 / all }

    /// By the states' names.
    var named: [String: Int] {
        Dictionary(uniqueKeysWithValues: counts.map { ($0.rawValue, $1) })
    }
}
