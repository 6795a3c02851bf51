public import GroundSegment

/// An order in the hands of its runner: the life of its pipeline's steps and its own.
///
/// It does nothing itself: each event gives the actions that its caller has to carry out, and a
/// run read back from the store tells with `resumed()` what was still to be done.
public struct Run: Hashable, Sendable {
    public let id: ID<Run>
    public let order: ProcessingOrder
    /// Number of the times that this runner has run the order, from 1.
    public let attempt: Int
    public let graph: PipelineGraph
    public private(set) var state: RunState
    /// The steps in the graph's order.
    public private(set) var payloads: [Payload]

    public enum Event: Hashable, Sendable {
        case inputsStaged
        case inputsMissing(message: String)
        /// What happened to the run `attempt` of a step.
        case step(node: String, attempt: Int, Payload.Event)
        case outputsStored
        case storingFailed(message: String)
    }

    public enum Action: Hashable, Sendable {
        case stageInputs
        /// Run this step as soon as there is room.
        case dispatch(node: String)
        case storeOutputs
        /// Tell where the order came from how it ended.
        case report(OrderState.Event, message: String)
    }

    public init(order: ProcessingOrder, attempt: Int = 1, graph: PipelineGraph) {
        self.init(
            order: order, attempt: attempt, graph: graph, state: .pending,
            payloads: graph.nodes.map { Payload(node: $0.id) })
    }

    /// A run as the store has it.
    init(
        order: ProcessingOrder, attempt: Int, graph: PipelineGraph, state: RunState,
        payloads: [Payload]
    ) {
        id = Self.id(of: order.id, attempt: attempt)
        self.order = order
        self.attempt = attempt
        self.graph = graph
        self.state = state
        self.payloads = payloads
    }

    /// The identifier of the run number `attempt` of an order.
    static func id(of order: ID<ProcessingOrder>, attempt: Int) -> ID<Run> {
        ID<Run>("\(order.text)#\(attempt)")
    }

    /// The step of this name.
    public func payload(_ node: String) -> Payload? { payloads.first { $0.node == node } }

    /// What is to be done for a run that was taken now or was read back after a restart; steps
    /// that were under way are looked for by the caller first.
    public mutating func resumed() -> [Action] {
        switch state {
        case .pending: return [.stageInputs]
        case .executing where payloads.allSatisfy { $0.state == .completed }: return [.storeOutputs]
        case .executing where payloads.allSatisfy(\.state.isFinal): return end()
        case .executing:
            return payloads.filter { $0.state == .ready }.map { .dispatch(node: $0.node) }
        case .completed, .error: return []
        }
    }

    /// Takes an event and tells what is to be done for it.
    ///
    /// An event of another attempt than the step's present one changes nothing.
    /// - Throws: `ExecutionError` of code `illegalTransition`.
    public mutating func apply(_ event: Event) throws -> [Action] {
        switch (state, event) {
        case (.pending, .inputsStaged):
            state = .executing
            return try readySteps()
        case (.pending, .inputsMissing(let message)), (.executing, .storingFailed(let message)):
            state = .error
            return [.report(.fail, message: message)]
        case (.executing, .step(let node, let attempt, let event)):
            return try apply(event, to: node, attempt: attempt)
        case (.executing, .outputsStored) where payloads.allSatisfy({ $0.state == .completed }):
            state = .completed
            return [.report(.complete, message: "")]
        default:
            throw ExecutionError(
                .illegalTransition, "run \(id): \(event) in state \(state.rawValue)")
        }
    }

    private mutating func apply(
        _ event: Payload.Event, to node: String, attempt: Int
    ) throws -> [Action] {
        guard let place = payloads.firstIndex(where: { $0.node == node }) else {
            throw ExecutionError(.illegalTransition, "run \(id) has no step \(node)")
        }
        guard payloads[place].attempt == attempt else { return [] }
        try change(place, event)
        switch payloads[place].state {
        case .ready: return [.dispatch(node: node)]
        case .completed:
            if payloads.allSatisfy({ $0.state == .completed }) { return [.storeOutputs] }
            return try readySteps() + end()
        case .failed:
            try pruneSteps()
            return end()
        default: return []
        }
    }

    private mutating func change(_ place: Int, _ event: Payload.Event) throws {
        let payload = payloads[place]
        guard let changed = payload.after(event, policy: graph.policy) else {
            throw ExecutionError(
                .illegalTransition,
                "run \(id), step \(payload.node): \(event) in state \(payload.state.rawValue)")
        }
        payloads[place] = changed
    }

    /// The steps whose parents are all done become ready.
    private mutating func readySteps() throws -> [Action] {
        let done = Set(payloads.filter { $0.state == .completed }.map(\.node))
        var actions: [Action] = []
        for (place, node) in graph.nodes.enumerated()
        where payloads[place].state == .unready && graph.parents(of: node).isSubset(of: done) {
            try change(place, .parentsDone)
            actions.append(.dispatch(node: node.id))
        }
        return actions
    }

    /// The steps below a failed one will never run; nodes are sorted, so one pass reaches all.
    private mutating func pruneSteps() throws {
        var hopeless = Set(
            payloads.filter { $0.state == .failed || $0.state == .pruned }.map(\.node))
        for (place, node) in graph.nodes.enumerated()
        where payloads[place].state == .unready
            && !graph.parents(of: node).isDisjoint(with: hopeless)
        {
            try change(place, .parentFailed)
            hopeless.insert(node.id)
        }
    }

    /// The report, once every step has ended and one has failed.
    private mutating func end() -> [Action] {
        let failed = payloads.filter { $0.state == .failed }
        guard payloads.allSatisfy(\.state.isFinal), !failed.isEmpty else { return [] }
        state = .error
        let message = failed.map { "step \($0.node): \($0.message)" }.joined(separator: "; ")
        return [.report(.fail, message: message)]
    }
}
