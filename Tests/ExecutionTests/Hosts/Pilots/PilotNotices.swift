import Foundation
import Payloads

@testable import Execution

/// What a server of pilots has told and nobody has asked for yet.
final class PilotNotices: @unchecked Sendable {
    private let condition = NSCondition()
    private var notices: [PilotNotice] = []

    struct Nothing: Error {}

    var post: @Sendable (PilotNotice) -> Void {
        { [self] notice in
            condition.lock()
            notices.append(notice)
            condition.broadcast()
            condition.unlock()
        }
    }

    /// The earliest notice of which something is found; it is not found again.
    func first<Value>(
        within seconds: Double = 60, _ find: (PilotNotice) throws -> Value?
    ) throws -> Value {
        let end = Date().addingTimeInterval(seconds)
        condition.lock()
        defer { condition.unlock() }
        var seen = 0
        while true {
            while seen < notices.count {
                if let value = try find(notices[seen]) {
                    notices.remove(at: seen)
                    return value
                }
                seen += 1
            }
            guard condition.wait(until: end) else { throw Nothing() }
        }
    }

    func hello(of pilot: String) throws -> AgentHello {
        try first { if case .connected(pilot, let hello) = $0 { hello } else { nil } }
    }

    func loss(of pilot: String) throws -> String {
        try first { if case .disconnected(pilot, let reason) = $0 { reason } else { nil } }
    }

    func refusal() throws -> (pilot: String?, reason: String) {
        try first { if case .refused(let pilot, let why) = $0 { (pilot, why) } else { nil } }
    }

    func message<Value>(
        of pilot: String, within seconds: Double = 60, _ find: (AgentMessage) -> Value?
    ) throws -> Value {
        try first(within: seconds) { notice in
            if case .message(pilot, let message) = notice { find(message) } else { nil }
        }
    }

    func result(
        _ id: String, of pilot: String, within seconds: Double = 60
    ) throws -> AttemptResult {
        try message(of: pilot, within: seconds) { message in
            if case .ended(let result) = message, result.id == id { result } else { nil }
        }
    }

    func started(_ id: String, of pilot: String) throws -> Int {
        try message(of: pilot) { message in
            if case .started(id, let process, _) = message { process } else { nil }
        }
    }
}
