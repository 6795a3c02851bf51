import Glibc
import Payloads

/// A runner of a test: what it was told and did not ask for yet is kept.
final class TestRunner {
    let connection: AgentConnection
    private var inbox: [AgentMessage] = []

    struct Ended: Error {}

    init(_ connection: AgentConnection) {
        self.connection = connection
    }

    func send(_ messages: RunnerMessage...) throws { try connection.send(messages) }

    /// The earliest message of which something is found; it is not found again.
    func first<Value>(_ find: (AgentMessage) -> Value?) throws -> Value {
        for (place, message) in inbox.enumerated() {
            if let value = find(message) {
                inbox.remove(at: place)
                return value
            }
        }
        while let message = try connection.nextMessage() {
            if let value = find(message) { return value }
            inbox.append(message)
        }
        throw Ended()
    }

    func result(of id: String) throws -> AttemptResult {
        try first { message in
            if case .ended(let result) = message, result.id == id { result } else { nil }
        }
    }

    func started(_ id: String) throws -> pid_t {
        try first { message in
            if case .started(id, let process, _) = message { pid_t(process) } else { nil }
        }
    }

    func withdrawn() throws -> String {
        try first { if case .withdrawn(let id) = $0 { id } else { nil } }
    }

    func refusal() throws -> (id: String?, reason: String) {
        try first { message in
            if case .refused(let id, let reason) = message { (id, reason) } else { nil }
        }
    }

    /// Starts an attempt and waits for its result.
    func run(_ order: AttemptOrder) throws -> AttemptResult {
        try send(.start(order))
        return try result(of: order.id)
    }

    /// Waits for the end of the connection; everything that comes before it is kept.
    func end() throws {
        while let message = try connection.nextMessage() { inbox.append(message) }
    }
}
