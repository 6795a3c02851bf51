import Documents
import Execution
import Foundation
import GroundSegment
import WebService

/// What somebody asks to be done to a run or one of its payloads.
struct Steering: Sendable {
    /// What can be asked.
    enum Action: String, CaseIterable, Sendable {
        case hold, release, cancel, restart, priority, settle

        /// What it does, for people.
        var words: String {
            switch self {
            case .hold: "Hold: start nothing more of it"
            case .release: "Release: let it go on"
            case .cancel: "Cancel: end what runs, start nothing more"
            case .restart: "Restart: do again what did not complete, and what follows from it"
            case .priority: "Priority: larger ones first"
            case .settle: "Settle: take it as completed, or give it up"
            }
        }
    }

    let action: Action
    let reason: String
    /// Of a priority.
    let value: Int?
    /// Of a payload that is settled.
    let isCompleted: Bool
    /// Of a payload that is restarted: what is corrected, as a JSON object.
    let resources: String?
    /// The state in which who asks has seen it.
    let expected: String?

    /// - Parameter fields: by name, as a form or a JSON object has them.
    /// - Throws: `Problem` with what is wrong.
    init(_ fields: [String: String]) throws(Problem) {
        let known = ["action", "reason", "value", "completed", "resources", "if_state"]
        for name in fields.keys.sorted() where !known.contains(name) {
            throw .badRequest(
                "unknown field \(name.prefix(80)), expected only " + known.joined(separator: ", "))
        }
        guard let action = fields["action"].flatMap(Action.init) else {
            throw .parameter(
                "action", found: fields["action"] ?? "nothing",
                expected: "one of " + Action.allCases.map(\.rawValue).joined(separator: ", "))
        }
        self.action = action
        reason = fields["reason"] ?? ""
        guard reason.utf8.count <= 1000 else {
            throw .badRequest("field reason: found more than 1,000 bytes")
        }
        if action == .priority {
            guard let number = fields["value"].flatMap({ Int($0) }),
                (-1_000_000_000...1_000_000_000).contains(number)
            else {
                throw .parameter(
                    "value", found: fields["value"] ?? "nothing",
                    expected: "a whole number from -1000000000 to 1000000000")
            }
            value = number
        } else {
            value = nil
        }
        isCompleted = fields["completed"] == "true"
        let text = fields["resources"] ?? ""
        resources = text.isEmpty ? nil : text
        let state = fields["if_state"] ?? ""
        expected = state.isEmpty ? nil : state
    }

    /// The runner's command for a run, or for one of its payloads.
    ///
    /// - Throws: `Problem` where there is none for what is meant.
    func command(run: String, payload: String?) throws(Problem) -> RunnerCommand {
        let command: RunnerCommand
        switch action {
        case .hold: command = .hold(run: run, payload: payload, reason: reason)
        case .release: command = .release(run: run, payload: payload)
        case .priority: command = .priority(run: run, payload: payload, value: value ?? 0)
        case .cancel:
            guard payload == nil else {
                throw .badRequest(
                    "a payload is not cancelled by itself: hold it, or cancel its run")
            }
            command = .cancel(run: run, reason: reason)
        case .restart:
            command = .restart(
                run: run, payload: payload,
                resources: resources.flatMap { text in payload.map { [$0: text] } } ?? [:],
                graph: nil, force: false)
        case .settle:
            guard let payload else { throw .badRequest("a run is not settled, its payloads are") }
            command = .settle(
                run: run, payload: payload, completed: isCompleted, reason: reason)
        }
        return expected.map { .expecting(state: $0, command: command) } ?? command
    }
}

extension RouteRequest<ServedRunner> {
    /// The largest body that anybody sends.
    private static var mostBytes: Int { 64 << 10 }

    /// The fields of a body that is a form or a flat JSON object.
    ///
    /// - Throws: `Problem` where it is neither.
    func fields() async throws -> [String: String] {
        let buffer = try await body(upTo: Self.mostBytes, within: .seconds(20))
        let text = String(buffer: buffer)
        let type = request.headers[.contentType] ?? ""
        if type.hasPrefix("application/x-www-form-urlencoded") {
            var fields: [String: String] = [:]
            for (name, value) in try QueryString(text[...]).items { fields[name] = value }
            return fields
        }
        guard type.hasPrefix("application/json") || type.isEmpty else {
            throw Problem(
                status: .unsupportedMediaType,
                detail: "expected application/json or application/x-www-form-urlencoded")
        }
        guard let object = try? JSONSerialization.jsonObject(with: Data(text.utf8)),
            let members = object as? [String: Any]
        else { throw Problem.badRequest("the body is no JSON object") }
        return try members.mapValues { value in
            switch value {
            case let text as String: return text
            case let number as NSNumber: return "\(number)"
            default:
                guard JSONSerialization.isValidJSONObject(value) else {
                    throw Problem.badRequest("the body has a value that is no text and no number")
                }
                return String(
                    decoding: try JSONSerialization.data(withJSONObject: value), as: UTF8.self)
            }
        }
    }
}

extension Problem {
    /// A command that was refused: 409 with the state and what is legal, 404 of what is not there.
    init(_ answer: CommandAnswer) {
        switch ExitStatus(rawValue: answer.status) {
        case .unknownItem: self = .notFound(answer.message)
        case .badInput: self = .badRequest(answer.message)
        case .busy, .cannotWrite:
            self.init(
                status: .serviceUnavailable, detail: answer.message, headers: [.retryAfter: "2"])
        default:
            self.init(
                status: .conflict,
                detail: answer.message
                    + (answer.legal.isEmpty
                        ? "" : "; legal now: \(answer.legal.joined(separator: ", "))"),
                facts: [
                    .init(name: "state", value: answer.state.map(JSONValue.text) ?? .null),
                    .init(name: "legal", value: .list(answer.legal)),
                ])
        }
    }

    /// What the engine throws.
    init(_ error: ExecutionError) {
        switch error.code {
        case .unknownItem: self = .notFound(error.message)
        case .busy:
            self.init(
                status: .serviceUnavailable, detail: error.message, headers: [.retryAfter: "2"])
        default: self = .badRequest(error.message)
        }
    }
}
