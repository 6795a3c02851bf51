import GroundSegment
import Workflows

extension RunLife {
    /// Whether an operator may do this to the run or to one of its payloads now.
    func allows(_ event: RunEvent) -> Bool { (try? check(event)) != nil }

    /// - Throws: `ExecutionError` of code `illegalTransition` where an operator's event is not legal
    ///   now.
    private func check(_ event: RunEvent) throws {
        switch event {
        case .hold(nil, _):
            guard !phase.isFinal, !isHeld, !isStopping else { throw illegal("hold") }
        case .hold(let number?, _):
            try check(number)
            guard lives[number].state == .unready || lives[number].state == .ready, !isStopping,
                isCounted(number)
            else { throw illegal("hold", number) }
        case .release(nil):
            guard isHeld else { throw illegal("release") }
        case .release(let number?):
            try check(number)
            guard lives[number].state == .held else { throw illegal("release", number) }
        case .cancel:
            guard phase == .pending || phase == .executing else { throw illegal("cancel") }
        case .priority(nil, let value):
            guard !phase.isFinal else { throw illegal("priority") }
            try Self.check(priority: value)
        case .priority(let number?, let value):
            try check(number)
            guard !lives[number].state.isFinal else { throw illegal("priority", number) }
            try Self.check(priority: value)
        case .forced(let number, _, _):
            try check(number)
            guard lives[number].state == .held else { throw illegal("ended by hand", number) }
        case .restart(let restart): try check(restart)
        default: break
        }
    }

    mutating func applyOperator(
        _ event: RunEvent, at now: MJD, _ actions: inout [RunAction]
    ) throws {
        try check(event)
        switch event {
        case .hold(nil, let reason): hold(reason, &actions)
        case .hold(let number?, let reason): hold(number, reason, &actions)
        case .release(nil): release(at: now, &actions)
        case .release(let number?): release(number, &actions)
        case .cancel(let reason): cancel(reason, &actions)
        case .priority(nil, let value): prioritise(value, &actions)
        case .priority(let number?, let value): prioritise(number, value, &actions)
        case .forced(let number, let completed, let text):
            if completed { end(number, .completed) } else { fail(number, text) }
        default: break
        }
    }

    private mutating func hold(_ reason: String, _ actions: inout [RunAction]) {
        isHeld = true
        message = reason
        changes.isRunChanged = true
        actions += waiting().map { .dequeue($0) }
    }

    private mutating func hold(_ number: Int, _ reason: String, _ actions: inout [RunAction]) {
        if lives[number].state == .ready, isProcess(number) { actions.append(.dequeue(number)) }
        touch(number)
        lives[number].become(.held)
        lives[number].message = reason
    }

    private mutating func release(at now: MJD, _ actions: inout [RunAction]) {
        isHeld = false
        message = ""
        changes.isRunChanged = true
        actions += resumed(at: now)
    }

    private mutating func release(_ number: Int, _ actions: inout [RunAction]) {
        touch(number)
        lives[number].become(.unready)
        lives[number].message = ""
        lives[number].notBefore = nil
        if number == finalNumber {
            settle(&actions, fromTheBegin: true)
        } else {
            ready(number, &actions)
        }
    }

    /// Stops the run; where it is stopping already, its final node is stopped as well.
    private mutating func cancel(_ reason: String, _ actions: inout [RunAction]) {
        if phase == .pending {
            stop(reason, &actions)
            for number in counted().indicesOfTrue where !lives[number].state.isFinal {
                end(number, .aborted)
            }
            finish(.aborted, .abort, reason, &actions)
        } else {
            if isStopping {
                actions += stopAgain()
            } else {
                stop(reason, &actions)
            }
            settle(&actions, fromTheBegin: true)
        }
    }

    private mutating func stopAgain() -> [RunAction] {
        var actions: [RunAction] = []
        for number in counted().indicesOfTrue {
            switch lives[number].state {
            case .ready, .held:
                if isWaiting(number) { actions.append(.dequeue(number)) }
                end(number, .aborted)
            case .assigned: actions.append(.withdraw(number))
            case .running where isProcess(number): actions.append(.kill(number))
            default: break
            }
        }
        return actions
    }

    private mutating func prioritise(_ value: Int, _ actions: inout [RunAction]) {
        priority = value
        changes.isRunChanged = true
        guard phase == .executing, !isHeld else { return }
        actions += waiting().map { .queue($0) }
    }

    private mutating func prioritise(_ number: Int, _ value: Int, _ actions: inout [RunAction]) {
        touch(number)
        lives[number].priority = value
        if isWaiting(number) { queue(number, &actions) }
    }

    /// The largest priority, either way.
    public static let maximumPriority = 1_000_000_000

    private static func check(priority: Int) throws {
        guard (-maximumPriority...maximumPriority).contains(priority) else {
            throw ExecutionError(
                .illegalTransition,
                "priority \(priority): expected \(-maximumPriority) to \(maximumPriority)")
        }
    }

    /// The payloads that are in line for a host.
    private func waiting() -> [Int] { counted().indicesOfTrue.filter(isWaiting) }

    /// Whether a payload is in line for a host.
    func isWaiting(_ number: Int) -> Bool {
        lives[number].state == .ready && isProcess(number)
            && (!isDynamic(number) || lives[number].resources != nil)
    }

    /// Whether it is among the payloads that count.
    func isCounted(_ number: Int) -> Bool {
        guard let segment = segment(of: number) else { return true }
        guard let index = containerIndex(of: segment.container), containers[index].isOpen,
            !segment.isReplaced, let siblings = siblings(of: number),
            siblings.iteration < containers[index].iterations
        else { return false }
        return isCounted(segment.container)
    }
}
