import Foundation
import GroundSegment
import Logging
import Workflows

extension RunnerState {
    /// The number of the run of this name or number, of those in hand.
    func number(ofRun name: String) -> Int64? {
        if let number = Int64(name), runs[number] != nil { return number }
        return runs.first { $0.value.id.text == name }?.key
    }

    /// Applies a command; its answer is written together with what it changes.
    mutating func carryOut(_ given: GivenCommand, at now: MJD) throws {
        lastCommand = given.sequence
        var answer: CommandAnswer
        var name = ""
        switch given.command {
        case .failure(let error): answer = CommandAnswer(error)
        case .success(let command):
            name = command.run ?? ""
            answer = try self.answer(to: command, given, at: now)
        }
        if answer.isDone {
            logger.notice(
                "command", metadata: ["run": "\(answer.run ?? name)", "what": "\(answer.message)"])
        }
        changes.answers.append((given.sequence, answer))
        effects.append(.answer(given.sequence, answer))
        try startPayloads(at: now)
    }

    private mutating func answer(
        to command: RunnerCommand, _ given: GivenCommand, at now: MJD
    ) throws -> CommandAnswer {
        switch given.submitted {
        case .begun(let run):
            begin(run)
            return CommandAnswer(
                .done, "\(run.id) \(run.isDraft ? "was made; it is not submitted" : "was begun")",
                run: run.id.text, state: run.life.state.rawValue)
        case .known(let run):
            return CommandAnswer(
                .done, "\(run.id) is of this submission already", run: run.id.text,
                state: run.life.state.rawValue)
        case nil: break
        }
        let name = command.run ?? ""
        if number(ofRun: name) == nil, let stored = given.stored, !stored.life.state.isFinal {
            try resume(stored, at: now)
        }
        guard let run = number(ofRun: name).flatMap({ runs[$0] }) ?? given.stored else {
            let end = given.removed.map { ": it was removed at \($0.exactISO8601)" } ?? ""
            return CommandAnswer(.unknownItem, "there is no run \(name)\(end)")
        }
        let (expected, command) = (command.expected, command.plain)
        do {
            try check(expected, command, run)
            if let answer = try manage(command, given, of: run, at: now) { return answer }
            return try answer(to: command, of: run, isTold: given.isTold, at: now)
        } catch let error as ExecutionError where Self.isOperators(error) {
            guard error.code == .illegalTransition else {
                var answer = CommandAnswer(error)
                answer.run = run.id.text
                return answer
            }
            let payload = command.payload.flatMap { try? number(ofPayload: $0, in: run) }
            let state = payload.map { run.life[$0].state.rawValue } ?? run.life.state.rawValue
            var answer = CommandAnswer(
                .failure, Self.refusal(of: command, run, payload, state) ?? error.message)
            answer.run = run.id.text
            answer.state = state
            answer.legal = legal(for: command, given, run, payload)
            return answer
        }
    }

    /// - Throws: `ExecutionError` of code `illegalTransition` where the state is another one than
    ///   whoever gave the command has seen.
    private func check(_ expected: String?, _ command: RunnerCommand, _ run: Run) throws {
        guard let expected else { return }
        let payload = try command.payload.map { try number(ofPayload: $0, in: run) }
        let state = payload.map { run.life[$0].state.rawValue } ?? run.life.state.rawValue
        guard state != expected else { return }
        let name =
            payload.map { "payload \(run.number)/\(run.life.path($0))" } ?? "run \(run.number)"
        throw ExecutionError(
            .illegalTransition,
            "\(name) is \(state) by now, not \(expected.printable); nothing was done")
    }

    private static func isOperators(_ error: ExecutionError) -> Bool {
        [.illegalTransition, .unknownItem, .badCommand, .badPipeline, .busy].contains(error.code)
    }

    private mutating func answer(
        to command: RunnerCommand, of run: Run, isTold: Bool, at now: MJD
    ) throws -> CommandAnswer {
        let payload = try command.payload.map { try number(ofPayload: $0, in: run) }
        if case .tag(_, _, let name, let value) = command {
            return try tag(run, payload, name, value)
        }
        let event = try event(for: command, payload, of: run)
        if case .restart = command,
            let reason = configuration.refusal(ofRelease: run.origin.softwareRelease)
        {
            throw ExecutionError(.badCommand, "\(run.id): \(reason)")
        }
        if case .restart = command, run.life.state.isFinal { try mayRestart(run, isTold: isTold) }
        let wasHere = runs[run.number] != nil
        if !wasHere { runs[run.number] = run }
        let before = run.life.state
        let actions: [RunAction]
        do {
            actions = try runs[run.number]?.life.apply(event, at: now) ?? []
        } catch {
            if !wasHere { runs[run.number] = nil }
            throw error
        }
        if before.isFinal, run.order != nil { changes.recalled.append(run.number) }
        if case .restart = command, run.isDraft { markQueued(run.number, at: now) }
        let life = runs[run.number]?.life ?? run.life
        let changed = record(run.number, before: before)
        tell(of: changed, in: run.number, before: before, at: now)
        try perform(actions, for: run.number, at: now)
        try release(after: changed, of: run.number, at: now)
        let state = payload.map { life[$0].state.rawValue } ?? life.state.rawValue
        return CommandAnswer(
            .done,
            "\(run.id)\(payload.map { "/" + life.path($0) } ?? ""): \(command.verb), now \(state)",
            run: run.id.text, state: state)
    }

    private mutating func tag(
        _ run: Run, _ payload: Int?, _ name: String, _ value: String?
    ) throws -> CommandAnswer {
        guard !name.isEmpty, name.utf8.count <= 100, (value ?? "").utf8.count <= 100_000 else {
            throw ExecutionError(
                .badCommand, "a tag's name has 1 to 100 bytes, its value 100,000 at most")
        }
        changes.tags.append(.init(run: run.number, payload: payload, name: name, value: value))
        let place = payload.map { "/" + run.life.path($0) } ?? ""
        return CommandAnswer(
            .done, "\(run.id)\(place): \(value == nil ? "tag removed" : "tagged"): \(name)",
            run: run.id.text)
    }

    private func event(
        for command: RunnerCommand, _ payload: Int?, of run: Run
    ) throws -> RunEvent {
        switch command {
        case .cancel(_, let reason):
            return .cancel(reason.isEmpty ? "cancelled by an operator" : reason)
        case .hold(_, _, let reason):
            return .hold(payload, reason.isEmpty ? "held by an operator" : reason)
        case .release: return .release(payload)
        case .priority(_, _, let value):
            guard (-1_000_000_000...1_000_000_000).contains(value) else {
                throw ExecutionError(
                    .badCommand, "priority \(value): expected -1000000000 to 1000000000")
            }
            return .priority(payload, value)
        case .restart(_, _, let resources, let graph, let force):
            return .restart(try restart(run, payload, resources, graph, isForced: force))
        case .settle(_, _, let completed, let reason):
            return .forced(
                payload ?? -1, completed: completed,
                reason.isEmpty ? "given up by an operator" : reason)
        case .submit, .tag, .create, .clone, .edit, .enqueue, .link, .unlink, .remove, .expecting:
            throw ExecutionError(.badCommand, "not a command for the life of a run")
        }
    }

    /// What a command is refused with because of the state that the run or the payload is in;
    /// `nil` where it is refused for another reason.
    private static func refusal(
        of command: RunnerCommand, _ run: Run, _ payload: Int?, _ state: String
    ) -> String? {
        let legal = command.legalStates
        guard !legal.isEmpty, !legal.contains(state) else { return nil }
        let name =
            payload.map { "payload \(run.number)/\(run.life.path($0))" } ?? "run \(run.number)"
        return "\(name) is \(state); \(command.name) is legal in \(legal.joined(separator: ", "))"
    }

    /// The commands that are legal now; of the manager's own, where it is one of those or the run
    /// is not submitted.
    private func legal(
        for command: RunnerCommand, _ given: GivenCommand, _ run: Run, _ payload: Int?
    ) -> [String] {
        let names = Self.legal(for: run.life, payload)
        guard payload == nil, command.isManagers || run.isDraft else { return names }
        return names.filter { $0 != "release" || !run.isDraft } + managed(run, isOpen: given.isOpen)
    }

    /// The commands that are legal for a run, or for one of its payloads, now.
    static func legal(for life: RunLife, _ payload: Int?) -> [String] {
        var events: [(String, RunEvent)] = [
            ("hold", .hold(payload, "")), ("release", .release(payload)),
            ("priority", .priority(payload, 0)),
        ]
        if let payload {
            events.append(("restart", .restart(Restart(.from(payload)))))
            events.append(("settle", .forced(payload, completed: true, "")))
        } else {
            events.append(("cancel", .cancel("")))
            events.append(("restart", .restart(Restart())))
        }
        return events.filter { life.allows($0.1) }.map(\.0)
    }
}

extension RunnerCommand {
    /// The state in which whoever gave it has seen what it is about.
    fileprivate var expected: String? {
        if case .expecting(let state, _) = self { state } else { nil }
    }

    /// The word of the command line.
    var name: String {
        switch self {
        case .submit: "submit"
        case .cancel: "cancel"
        case .hold: "hold"
        case .release: "release"
        case .priority: "priority"
        case .restart: "restart"
        case .tag: "tag"
        case .settle: "settle"
        case .create: "create"
        case .clone: "clone"
        case .edit: "edit"
        case .enqueue: "submit"
        case .link: "link"
        case .unlink: "unlink"
        case .remove: "remove"
        case .expecting(_, let command): command.name
        }
    }

    /// The states of the run, or of the payload, in which it may be legal; empty where the state
    /// does not matter.
    fileprivate var legalStates: [String] {
        func runs(_ isLegal: (RunState) -> Bool) -> [String] {
            RunState.allCases.filter(isLegal).map(\.rawValue)
        }
        func payloads(_ isLegal: (PayloadState) -> Bool) -> [String] {
            PayloadState.allCases.filter(isLegal).map(\.rawValue)
        }
        switch self {
        case .hold(_, nil, _): return runs { $0 == .pending || $0 == .executing }
        case .hold: return payloads { $0 == .unready || $0 == .ready }
        case .release(_, nil): return runs { $0 == .held }
        case .release, .settle: return payloads { $0 == .held }
        case .cancel, .priority(_, nil, _): return runs { !$0.isFinal }
        case .priority: return payloads { !$0.isFinal }
        case .restart(_, nil, _, _, _): return runs { $0 != .pending }
        case .restart: return payloads { $0.isFinal }
        case .submit, .tag, .create, .clone, .edit, .enqueue, .link, .unlink, .remove, .expecting:
            return []
        }
    }

    /// Whether it is one of the manager's own.
    fileprivate var isManagers: Bool {
        switch self {
        case .create, .clone, .edit, .enqueue, .link, .unlink, .remove: true
        default: false
        }
    }

    /// What was done, for the answer.
    fileprivate var verb: String {
        switch self {
        case .submit: "submitted"
        case .cancel: "cancelled"
        case .hold: "held"
        case .release: "released"
        case .priority(_, _, let value): "priority \(value)"
        case .restart: "restarted"
        case .tag: "tagged"
        case .settle(_, _, let completed, _): completed ? "taken as completed" : "given up"
        case .create, .clone, .edit, .enqueue, .link, .unlink, .remove: "managed"
        case .expecting(_, let command): command.verb
        }
    }
}
