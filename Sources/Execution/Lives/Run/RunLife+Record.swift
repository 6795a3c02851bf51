public import Workflows

extension RunLife {
    /// A run as a store has it.
    /// - Throws: `ExecutionError` of code `store` where the record is not one of this graph.
    public init(graph: Graph, restored record: RunRecord) throws {
        self.init(graph: graph)
        for expansion in record.expansions { try replay(expansion) }
        for (number, life) in record.payloads {
            guard contains(number) else {
                throw ExecutionError(.store, "the run has no payload \(number)")
            }
            lives[number] = life
        }
        phase = record.state == .held ? record.heldFrom ?? .executing : record.state
        guard phase != .held else { throw ExecutionError(.store, "a run held from HELD") }
        isHeld = record.state == .held
        stopReason = record.stopReason
        returnCode = record.returnCode
        isPartial = record.isPartial
        priority = record.priority
        message = record.message
        recount()
        _ = takeChanges()
        try checkStates()
    }

    /// A record that no run can have is refused, that nothing is built on it.
    private func checkStates() throws {
        for number in counted().indicesOfTrue where !canBe(lives[number], number) {
            throw ExecutionError(
                .store,
                "payload \(path(number)) cannot be \(lives[number].state.rawValue) in this run")
        }
    }

    private func canBe(_ life: PayloadLife, _ number: Int) -> Bool {
        let counts = [life.attempts, life.failures, life.losses]
        guard counts.allSatisfy({ (0...1_000_000_000).contains($0) }),
            life.resources?.arePossible ?? true, (life.memory ?? 1) >= 1
        else { return false }
        if phase.isFinal || phase == .pending,
            [.ready, .assigned, .running, .standBy].contains(life.state)
        {
            return false
        }
        if phase.isFinal, !life.state.isFinal { return false }
        switch life.state {
        // One that waits for ends only may be in line while a parent is done again.
        case .ready:
            return hasBegun(number)
                && (slots[number].waits == 0 || node(number).trigger == .allDone)
        case .assigned: return hasBegun(number) && isProcess(number)
        case .running:
            return hasBegun(number) && (isProcess(number) || isContainer(number))
        case .standBy: return hasBegun(number) && isProcess(number) && isContainer(number)
        default: return true
        }
    }

    private mutating func replay(_ expansion: Expansion) throws {
        let number = expansion.container
        guard contains(number) else {
            throw ExecutionError(.store, "the run has no payload \(number)")
        }
        let node = node(number)
        switch (node.kind, expansion.content) {
        case (.nested(let body), .nested): _ = open(number, expansion.content, body)
        case (.parallel(let body, _), .parallel(let elements)):
            guard count + elements.count * body.nodes.count <= Self.maximumCount else {
                throw ExecutionError(.store, "the run has too many payloads")
            }
            _ = open(number, expansion.content, body)
        case (.exec, .subjobs(let subjobs)):
            guard subjobs.faults(of: path(number)).isEmpty else {
                throw ExecutionError(.store, "payload \(path(number)): its subjobs are not valid")
            }
            _ = open(number, expansion.content, subjobs.body(of: node))
        case (_, .withdrawn):
            if let index = containerIndex(of: number) { containers[index].isOpen = false }
        default:
            throw ExecutionError(
                .store, "payload \(path(number)): its parts are not those of its node")
        }
    }

    /// What a store keeps of the run, but for its payloads and expansions.
    public var record: RunRecord {
        RunRecord(
            state: state, heldFrom: state == .held ? phase : nil, stopReason: stopReason,
            returnCode: returnCode, isPartial: isPartial, priority: priority, message: message)
    }
}
