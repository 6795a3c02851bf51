import Glibc

/// What an agent has that a batch system has started, and that dials its runner.
struct Pilot {
    let orders: PilotOrders
    /// Its own name, that of its task.
    let name: String
    let host = Pilot.ownHost()
    /// When its job ends, seconds since 1970-01-01T00:00 UTC.
    let end: Double
    var dialing: PilotDialing
    var term: PilotTerm
    /// The connection to its runner, also while it is being made.
    var link: AgentPeer?
    /// When the batch system has warned it last.
    var lastWarning = -Double.infinity
    /// What it has said last, which is not said again.
    private var said = ""

    init(_ orders: PilotOrders, task: Int) {
        self.orders = orders
        name = PilotOrders.name(orders.name, task: task)
        end = AgentClock.time + orders.walltime
        let now = AgentClock.monotonic
        dialing = PilotDialing(idle: orders.idle, retries: orders.retries, at: now)
        term = PilotTerm(
            idle: orders.idle, walltime: orders.walltime, warning: orders.warning,
            retries: orders.retries, at: now)
    }

    /// Tells the job's own output what happens; the same in a row only once.
    mutating func note(_ text: String) {
        guard text != said else { return }
        said = text
        Self.note(name, text)
    }

    static func note(_ name: String, _ text: String) {
        let line = Array("sdc-payload: pilot \(printable(name.utf8)): \(text)\n".utf8)
        _ = line.withUnsafeBytes { write(STDERR_FILENO, $0.baseAddress, $0.count) }
    }

    private static func ownHost() -> String? {
        var name = [CChar](repeating: 0, count: 256)
        guard gethostname(&name, name.count - 1) == 0 else { return nil }
        let bytes = name.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
        return bytes.isEmpty ? nil : printable(bytes, limit: 255)
    }
}
