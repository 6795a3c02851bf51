import GroundSegment
import Workflows

extension RunLife {
    /// Whether the graph's own nodes did what was asked.
    var hasSucceeded: Bool {
        !isStopping
            && (root.bad == 0
                || badLeaves > 0 && graph.tolerance.admits(failed: badLeaves, of: leaves))
    }

    /// Whether only its outputs are still to be stored.
    var isComplete: Bool {
        guard phase == .executing, root.open == 0, hasSucceeded else { return false }
        guard let final = finalNumber else { return true }
        return lives[final].state == .completed || lives[final].state == .pruned
    }

    /// Whether a payload is to be stopped: all but the final node are, once the run is.
    func isToStop(_ number: Int) -> Bool { isStopping && !isOfFinal(number) }

    /// Lets the final node run when all else has ended, and ends the run after it.
    mutating func closeRun(_ actions: inout [RunAction]) {
        guard phase == .executing, root.open == 0 else { return }
        if let final = finalNumber, !lives[final].state.isFinal {
            guard lives[final].state == .unready, let whenRun = graph.final?.whenRun else { return }
            switch whenRun {
            case .always: ready(final, &actions)
            case .success where hasSucceeded: ready(final, &actions)
            case .success, .never: end(final, .pruned)
            }
            return
        }
        if isStopping {
            let message = stopReason ?? ""
            returnCode == nil
                ? finish(.aborted, .abort, message, &actions)
                : finish(.error, .fail, message, &actions)
        } else if !isComplete {
            finish(.error, .fail, failureMessage(), &actions)
        } else if !isHeld {
            actions.append(.storeOutputs)
        }
    }

    mutating func finish(
        _ state: RunState, _ event: OrderState.Event, _ text: String,
        _ actions: inout [RunAction]
    ) {
        enter(state)
        isHeld = false
        message = text
        actions.append(.report(event, text))
    }

    mutating func enter(_ next: RunState) {
        precondition(phase.mayBecome(next), "\(next.rawValue) does not follow \(phase.rawValue)")
        phase = next
        changes.isRunChanged = true
    }

    /// Stops the run: what has not begun never does, what runs is ended; the final node runs.
    mutating func stop(_ reason: String, _ actions: inout [RunAction]) {
        let wasHeld = isHeld
        stopReason = reason
        isHeld = false
        changes.isRunChanged = true
        for number in counted().indicesOfTrue {
            guard isToStop(number) else {
                if wasHeld, isWaiting(number) { queue(number, &actions) }
                continue
            }
            switch lives[number].state {
            case .unready, .held: end(number, .aborted)
            case .ready:
                if isProcess(number) { actions.append(.dequeue(number)) }
                end(number, .aborted)
            case .assigned: actions.append(.withdraw(number))
            case .running where isProcess(number): actions.append(.kill(number))
            default: break
            }
        }
    }

    /// The payloads that did not complete, each with its reason.
    func failureMessage() -> String {
        let most = 20
        var texts: [String] = []
        var more = 0
        for number in counted().indicesOfTrue where isProcess(number) || !isContainer(number) {
            guard [.failed, .aborted].contains(lives[number].state) else { continue }
            if texts.count < most {
                texts.append("step \(path(number)): \(lives[number].message)")
            } else {
                more += 1
            }
        }
        if more > 0 { texts.append("and \(more) more") }
        return texts.joined(separator: "; ")
    }
}
