import GroundSegment
import Workflows

extension RunLife {
    /// Ends a payload; what follows from it is drawn by `settle`.
    mutating func end(_ number: Int, _ state: PayloadState) {
        touch(number)
        if state == .completed { lives[number].message = "" }
        lives[number].asked = nil
        lives[number].become(state)
        let isBad = state != .completed
        if let segment = segment(of: number),
            let index = containerIndex(of: segment.container),
            let siblings = siblings(of: number)
        {
            containers[index].open -= 1
            if isBad { containers[index].count(bad: unit(siblings, of: segment.container)) }
        } else if number != finalNumber {
            root.open -= 1
            if isBad { root.bad += 1 }
        }
        if isBad, isLeaf(number) { badLeaves += 1 }
        ended.append(number)
    }

    mutating func fail(_ number: Int, _ text: String) {
        lives[number].message = text
        end(number, .failed)
    }

    /// Of a parallel node an iteration is what may fail, of another node a part.
    func unit(_ siblings: Siblings, of container: Int) -> Int {
        isParallel(container) ? siblings.iteration : siblings.place
    }

    /// Whether it counts for the run's tolerance.
    func isLeaf(_ number: Int) -> Bool {
        switch node(number).kind {
        case .group: false
        case .exec: !isOfFinal(number)
        case .nested, .parallel: !isContainer(number) && !isOfFinal(number)
        }
    }

    /// Draws what follows from the payloads that have ended, until nothing does.
    /// - Parameter fromTheBegin: whether the run may end though none has ended now.
    mutating func settle(_ actions: inout [RunAction], fromTheBegin: Bool = false) {
        guard !ended.isEmpty || fromTheBegin else { return }
        repeat {
            var next = 0
            while next < ended.count {
                let number = ended[next]
                next += 1
                tellChildren(of: number, &actions)
                closeParts(of: number)
                if let container = container(of: number) { close(container, &actions) }
            }
            ended = []
            closeRun(&actions)
        } while !ended.isEmpty
    }

    private mutating func tellChildren(of number: Int, _ actions: inout [RunAction]) {
        guard let siblings = siblings(of: number) else { return }
        let isBad = lives[number].state != .completed
        for place in siblings.body.children[siblings.place] {
            let child = siblings.base + place
            slots[child].waits -= 1
            if isBad { slots[child].badParents += 1 }
            let state = lives[child].state
            guard state == .unready || state == .held else { continue }
            if isHopeless(child) { end(child, .pruned) } else { ready(child, &actions) }
        }
    }

    /// What a node holds ends with it where it never began.
    private mutating func closeParts(of number: Int) {
        guard let index = containerIndex(of: number), containers[index].open > 0 else { return }
        let wasStopped = [.failed, .aborted].contains(lives[number].state)
        for range in ranges(of: containers[index]) {
            for part in range where !lives[part].state.isFinal {
                end(part, wasStopped ? .aborted : .pruned)
            }
        }
    }

    /// Ends a node all of whose parts have ended, or lets a payload run its epilog.
    mutating func close(_ number: Int, _ actions: inout [RunAction]) {
        guard let index = containerIndex(of: number), containers[index].open == 0,
            lives[number].state == .running || lives[number].state == .standBy
        else { return }
        let (bad, all) = (containers[index].badUnits, containers[index].bad.count)
        guard bad == 0 || node(number).policy.tolerance.admits(failed: bad, of: all) else {
            lives[number].message = "\(bad) of \(all) did not complete"
            return end(number, isToStop(number) ? .aborted : .failed)
        }
        guard lives[number].state == .standBy else { return end(number, .completed) }
        guard !isToStop(number) else { return end(number, .aborted) }
        touch(number)
        lives[number].become(.ready)
        queue(number, &actions)
    }

    /// Whether it can never run, for it needs what did not complete.
    private func isHopeless(_ number: Int) -> Bool {
        slots[number].badParents > 0 && node(number).trigger == .allSucceeded
    }

    /// A payload that waits for nothing any more may run.
    mutating func ready(_ number: Int, _ actions: inout [RunAction]) {
        guard lives[number].state == .unready, slots[number].waits == 0, hasBegun(number) else {
            return
        }
        guard !isHopeless(number) else { return end(number, .pruned) }
        touch(number)
        lives[number].become(.ready)
        offer(number, &actions)
    }

    /// Begins what needs no host, asks for what is missing, or queues.
    mutating func offer(_ number: Int, _ actions: inout [RunAction]) {
        switch node(number).kind {
        case .group: end(number, .completed)
        case .nested(let body):
            if !isContainer(number) { expand(number, .nested, body) }
            begin(partsOf: number, as: .running, &actions)
        case .parallel:
            if isContainer(number) {
                begin(partsOf: number, as: .running, &actions)
            } else {
                actions.append(.readList(number))
            }
        case .exec:
            if let index = containerIndex(of: number), containers[index].isOpen,
                containers[index].open > 0 || containers[index].badUnits > 0
            {
                begin(partsOf: number, as: .standBy, &actions)
            } else if isDynamic(number), lives[number].resources == nil {
                actions.append(.readResources(number))
            } else {
                queue(number, &actions)
            }
        }
    }

    /// Starts those of a node's parts that wait for nothing.
    mutating func begin(
        partsOf number: Int, as state: PayloadState, _ actions: inout [RunAction]
    ) {
        touch(number)
        lives[number].become(state)
        guard let index = containerIndex(of: number) else { return }
        if containers[index].open == 0 { return close(number, &actions) }
        for range in ranges(of: containers[index]) {
            for part in range { ready(part, &actions) }
        }
    }

    func queue(_ number: Int, _ actions: inout [RunAction]) {
        if !isHeld, phase == .executing { actions.append(.queue(number)) }
    }
}

extension RunLife {
    /// Readies all that waits for nothing, in what has begun.
    mutating func sweep(_ actions: inout [RunAction]) {
        for number in counted().indicesOfTrue where number != finalNumber {
            ready(number, &actions)
        }
    }

    /// Whether what holds a payload has begun, so that it may run when its parents have ended.
    func hasBegun(_ number: Int) -> Bool {
        guard let container = container(of: number) else { return phase == .executing }
        return lives[container].state == .running || lives[container].state == .standBy
    }
}
