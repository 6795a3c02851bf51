import GroundSegment
import Workflows

extension RunLife {
    /// Does again what a restart names; numbers of attempts go on, and what was learnt is kept.
    mutating func apply(_ restart: Restart, _ actions: inout [RunAction]) throws {
        let hasEnded = phase.isFinal
        var choice = try choice(restart)
        if hasEnded { chooseFinal(&choice) }
        if let graph = restart.graph { correct(graph) }
        for number in choice.anew.sorted() { withdraw(partsOf: number) }
        for number in choice.anew.union(choice.resumed) where lives[number].state.isFinal {
            touch(number)
            lives[number].restart()
            lives[number].isAnew = restart.isForced || restart.scope == .from(number)
        }
        for (number, resources) in restart.resources { correct(number, resources) }
        recount()
        if hasEnded {
            stopReason = nil
            returnCode = nil
            isPartial = false
            message = ""
            enter(.pending)
            actions.append(.stageInputs)
        } else {
            let corrected = Set(restart.resources.keys.flatMap { [$0] + allParts(of: $0) })
            for number in corrected.sorted() where isWaiting(number) && isCounted(number) {
                queue(number, &actions)
            }
            sweep(&actions)
        }
    }

    /// Payloads that are done again.
    private struct RestartChoice {
        /// From their beginning, with all that they hold.
        var anew: Set<Int> = []
        /// Of what they hold only what is itself chosen.
        var resumed: Set<Int> = []

        var isEmpty: Bool { anew.isEmpty && resumed.isEmpty }

        mutating func add(_ other: RestartChoice) {
            anew.formUnion(other.anew)
            resumed = resumed.union(other.resumed).subtracting(anew)
        }
    }

    /// - Throws: `ExecutionError` of code `illegalTransition` where a restart is not legal now.
    func check(_ restart: Restart) throws { _ = try choice(restart) }

    /// What a restart names.
    private func choice(_ restart: Restart) throws -> RestartChoice {
        let hasEnded = phase.isFinal
        guard hasEnded || phase == .executing && !isStopping && root.open > 0 else {
            throw illegal("restart")
        }
        try checkCorrections(restart)
        var choice: RestartChoice
        switch restart.scope {
        case .failed: choice = chosenFailed()
        case .from(let number): choice = try chosen(from: number)
        }
        for number in restart.lost { choice.add(try chosen(from: number)) }
        if choice.isEmpty, phase == .completed || !hasEnded {
            throw ExecutionError(.illegalTransition, "run: nothing is to be done again")
        }
        return choice
    }

    private func checkCorrections(_ restart: Restart) throws {
        for (number, resources) in restart.resources {
            try check(number)
            guard resources.arePossible else {
                throw ExecutionError(
                    .illegalTransition, "payload \(path(number)): impossible resources")
            }
        }
        if let graph = restart.graph, !graph.hasShape(of: self.graph) {
            throw ExecutionError(
                .illegalTransition, "run: the corrected graph has other nodes or other edges")
        }
    }

    /// What did not complete, but for what a completed node tolerated.
    private func chosenFailed() -> RestartChoice {
        var choice = RestartChoice()
        for number in counted().indicesOfTrue where number != finalNumber {
            let state = lives[number].state
            guard state.isFinal, state != .completed else { continue }
            if let container = container(of: number), !choice.resumed.contains(container),
                lives[container].state.isFinal || isInEpilog(container)
            {
                continue
            }
            choice.resumed.insert(number)
        }
        return choice
    }

    private func chosen(from number: Int) throws -> RestartChoice {
        try check(number)
        guard lives[number].state.isFinal, isCounted(number), slots[number].badParents == 0 else {
            throw illegal("restart from it", number)
        }
        var choice = RestartChoice()
        var next = [number]
        while let number = next.popLast() {
            guard choice.anew.insert(number).inserted else { continue }
            next += children(of: number)
            if let container = container(of: number), choice.resumed.insert(container).inserted {
                var holder: Int? = container
                while let number = holder {
                    choice.resumed.insert(number)
                    next += children(of: number)
                    holder = self.container(of: number)
                }
            }
        }
        choice.resumed.subtract(choice.anew)
        if let number = choice.resumed.first(where: isInEpilog) {
            throw illegal("restart of what it asked for", number)
        }
        for number in choice.anew {
            switch lives[number].state {
            case .ready, .assigned, .running, .standBy: throw illegal("restart of it", number)
            default: break
            }
        }
        return choice
    }

    /// Whether it looks at the ends of what it asked for now.
    private func isInEpilog(_ number: Int) -> Bool {
        isProcess(number) && [.ready, .assigned, .running].contains(lives[number].state)
    }

    private func children(of number: Int) -> [Int] {
        guard let siblings = siblings(of: number) else { return [] }
        return siblings.body.children[siblings.place].map { siblings.base + $0 }
    }

    /// The final node runs again after what is done again.
    private func chooseFinal(_ choice: inout RestartChoice) {
        guard let final = finalNumber, !choice.resumed.contains(final) else { return }
        if !choice.isEmpty || lives[final].state != .completed { choice.anew.insert(final) }
    }

    /// Its parts no longer count; what it read is read again.
    private mutating func withdraw(partsOf number: Int) {
        if isDynamic(number), lives[number].resources != nil {
            touch(number)
            lives[number].resources = nil
        }
        guard let index = containerIndex(of: number), containers[index].isOpen else { return }
        containers[index].isOpen = false
        changes.expansions.append(Expansion(container: number, .withdrawn))
    }

    private mutating func correct(_ number: Int, _ resources: Workflows.Resources) {
        touch(number)
        lives[number].resources = resources
        lives[number].memory = nil
        for part in parts(of: number) {
            if lives[part].memory != nil || lives[part].resources != nil || isContainer(part) {
                correct(part, resources)
            }
        }
    }

    /// All that it holds at any depth.
    private func allParts(of number: Int) -> [Int] {
        parts(of: number).flatMap { [$0] + allParts(of: $0) }
    }

    private mutating func correct(_ graph: Graph) {
        self.graph = graph
        changes.isGraphChanged = true
        // A body lies within that of a smaller number.
        for index in segments.indices {
            switch node(segments[index].container).kind {
            case .nested(let body), .parallel(let body, _): segments[index].body = body
            case .exec, .group: break
            }
        }
    }
}

extension Graph {
    /// Whether it has the same nodes with the same edges, whatever their programs, resources and
    /// policies.
    func hasShape(of other: Graph) -> Bool {
        guard inputs == other.inputs, body.hasShape(of: other.body) else { return false }
        switch (final, other.final) {
        case (nil, nil): return true
        case (let mine?, let its?): return mine.node.hasShape(of: its.node)
        default: return false
        }
    }
}

extension GraphBody {
    fileprivate func hasShape(of other: GraphBody) -> Bool {
        nodes.count == other.nodes.count && outputs == other.outputs
            && zip(nodes, other.nodes).allSatisfy { $0.hasShape(of: $1) }
    }
}

extension Node {
    fileprivate func hasShape(of other: Node) -> Bool {
        guard id == other.id, sources == other.sources, Set(after) == Set(other.after),
            trigger == other.trigger, resourcesFrom == other.resourcesFrom
        else { return false }
        switch (kind, other.kind) {
        case (.exec, .exec), (.group, .group): return true
        case (.nested(let mine), .nested(let its)): return mine.hasShape(of: its)
        case (.parallel(let mine, let over), .parallel(let its, let itsOver)):
            return over == itsOver && mine.hasShape(of: its)
        default: return false
        }
    }
}
