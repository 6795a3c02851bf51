/// The attempts that one task of a batch job runs, one after the other, as they are in a file.
public struct JobOrders: Hashable, Sendable {
    public var orders: [AttemptOrder]

    public init(_ orders: [AttemptOrder]) {
        self.orders = orders
    }

    /// The file of a task, from 1, in the folder of a job.
    public static func path(in folder: String, task: Int) -> String { "\(folder)/task.\(task)" }

    /// The most bytes of a file.
    private static let mostBytes = 1 << 28

    /// - Throws: `PayloadError` of code `file` where it cannot be read, of code `message` where it
    ///   holds something else.
    public init(path: String) throws(PayloadError) {
        orders = []
        let file = try Descriptor(path, 0)
        for line in file.contents(limit: Self.mostBytes).split(separator: 0x0A) {
            guard case .start(let order) = try RunnerMessage(line: Array(line)) else {
                throw PayloadError(.message, "\(path): expected orders to start an attempt")
            }
            orders.append(order)
        }
        guard !orders.isEmpty else { throw PayloadError(.message, "\(path): expected an order") }
    }

    /// What the file holds: a message `start` on each line.
    public var text: [UInt8] { orders.flatMap { RunnerMessage.start($0).encoded() } }
}
