import GroundSegment

/// A sweep while it goes on.
struct SweepState {
    private let table: RuleTable
    private var vectors: [TaskVector]
    private(set) var firings: [Firing] = []
    /// For each input of each task, where its data set is made.
    private var producers: [[Source?]]
    /// For each task, those that read what it makes.
    private var readers: [[Int]]
    private var fired: [Int]
    /// Each task's place by its key, as soon as something changes.
    private var ranks: [Int] = []

    /// More rules than these never fire for one task in one sweep.
    private static let mostFirings = 1000

    private struct Source {
        let task: Int
        let output: Int
    }

    private struct DataKey: Hashable {
        let campaign: ID<Campaign>
        let data: ID<DataSet>
    }

    private struct Change {
        let task: Int
        /// The place among the task's inputs or outputs.
        let place: Int
        let rule: Int
    }

    init(table: RuleTable, vectors: [TaskVector]) {
        self.table = table
        self.vectors = vectors
        fired = [Int](repeating: 0, count: vectors.count)
        readers = [[Int]](repeating: [], count: vectors.count)
        var made: [DataKey: Source] = [:]
        made.reserveCapacity(vectors.count)
        for (task, vector) in vectors.enumerated() {
            for (output, data) in vector.outputs.enumerated() {
                made[DataKey(campaign: vector.key.campaign, data: data.data)] = Source(
                    task: task, output: output)
            }
        }
        producers = []
        producers.reserveCapacity(vectors.count)
        for (task, vector) in vectors.enumerated() {
            let sources = vector.inputs.map {
                made[DataKey(campaign: vector.key.campaign, data: $0.data)]
            }
            for source in sources {
                if let source { readers[source.task].append(task) }
            }
            producers.append(sources)
        }
    }

    /// - Parameter first: the tasks that are looked at before any rule has fired.
    mutating func run(_ first: [Int]) throws(EndlessSweep) -> [TaskVector] {
        var open = first
        var round = 1
        while !open.isEmpty {
            var changes: [Change] = []
            for task in open { find(task, &changes) }
            var touched: Set<Int> = []
            var log: [Firing] = []
            sort(&changes)
            for change in changes {
                touched.insert(change.task)
                touched.formUnion(readers[change.task])
                log.append(apply(change, round))
                fired[change.task] += 1
                if fired[change.task] > Self.mostFirings { throw endless(change.task, log) }
            }
            firings += log
            open = touched.sorted()
            round += 1
        }
        return vectors
    }

    private func endless(_ task: Int, _ log: [Firing]) -> EndlessSweep {
        let key = vectors[task].key
        let last = (firings + log).suffix(10_000).filter { $0.key == key }.suffix(10)
        return EndlessSweep(key: key, rules: last.map(\.rule))
    }

    /// Puts changes into an order that does not depend on that of the tasks.
    private mutating func sort(_ changes: inout [Change]) {
        if changes.isEmpty { return }
        if ranks.isEmpty {
            ranks = [Int](repeating: 0, count: vectors.count)
            let sorted = vectors.indices.sorted { vectors[$0].key < vectors[$1].key }
            for (rank, task) in sorted.enumerated() { ranks[task] = rank }
        }
        changes.sort { left, right in
            (ranks[left.task], order(left), left.place)
                < (ranks[right.task], order(right), right.place)
        }
    }

    /// Inputs come before outputs, and the task last.
    private func order(_ change: Change) -> Int {
        switch table.rules[change.rule].change {
        case .input: 0
        case .output: 1
        case .task: 2
        }
    }

    /// Notes the changes of one task as everything is now.
    private func find(_ task: Int, _ changes: inout [Change]) {
        let vector = vectors[task]
        var common = Situation()
        common.insert(vector.state.ordinal, of: .task)
        common.insert(vector.jobs.progress.ordinal, of: .jobs)
        let outcome = vector.jobs.outcome(
            vector.policy.tolerance, isCutShort: vector.isCutShort)
        common.insert(outcome.ordinal, of: .outcome)
        var isOpen = false
        for (place, input) in vector.inputs.enumerated() {
            let arrival = self.arrival(of: input, producers[task][place], vector)
            let isNews = input.isNews(for: vector.state, vector.policy)
            if vector.policy.isOpen, arrival != .complete || isNews { isOpen = true }
            var situation = common
            situation.insert(input.state.ordinal, of: .input)
            situation.insert(arrival.ordinal, of: .arrival)
            situation.insert(isNews ? 1 : 0, of: .news)
            if let rule = table.rule(for: .input, in: input.state.ordinal, situation) {
                changes.append(Change(task: task, place: place, rule: rule))
            }
        }
        for (place, output) in vector.outputs.enumerated() {
            var situation = common
            situation.insert(output.state.ordinal, of: .output)
            if let rule = table.rule(for: .output, in: output.state.ordinal, situation) {
                changes.append(Change(task: task, place: place, rule: rule))
            }
        }
        add(vector, isOpen: isOpen, to: &common)
        if let rule = table.rule(for: .task, in: vector.state.ordinal, common) {
            changes.append(Change(task: task, place: 0, rule: rule))
        }
    }

    /// Adds what rules of tasks look at besides.
    private func add(_ vector: TaskVector, isOpen: Bool, to situation: inout Situation) {
        situation.insert(InputSummary(vector.inputs.lazy.map(\.state)).ordinal, of: .inputs)
        let lowest = vector.outputs.lazy.map(\.state.ordinal).min() ?? OutputState.done.ordinal
        situation.insert(lowest, of: .outputs)
        situation.insert(vector.scouts.ordinal, of: .scouts)
        let admission: Admission =
            vector.isReleased && vector.admission == .limited ? .admitted : vector.admission
        situation.insert(admission.ordinal, of: .admission)
        situation.insert(vector.placement == .placed ? 1 : 0, of: .placement)
        situation.insert(vector.preparation.ordinal, of: .preparation)
        situation.insert(vector.merging.ordinal, of: .merging)
        situation.insert(isOpen ? 1 : 0, of: .intake)
    }

    private func arrival(of input: InputVector, _ source: Source?, _ vector: TaskVector) -> Arrival
    {
        let producer = source.map { source in
            let task = vectors[source.task]
            return (task: task.state, output: task.outputs[source.output].state)
        }
        return Arrival.of(
            input, from: producer, policy: vector.policy, isReleased: vector.isReleased)
    }

    private mutating func apply(_ change: Change, _ round: Int) -> Firing {
        let rule = table.rules[change.rule]
        let key = vectors[change.task].key
        func firing(_ from: String, _ data: ID<DataSet>? = nil) -> Firing {
            Firing(
                key: key, rule: rule.name, data: data, change: rule.change, from: from,
                round: round)
        }
        switch rule.change {
        case .task(let state):
            let from = vectors[change.task].state
            vectors[change.task].state = state
            return firing(from.rawValue)
        case .input(let state):
            let input = vectors[change.task].inputs[change.place]
            vectors[change.task].inputs[change.place].state = state
            return firing(input.state.rawValue, input.data)
        case .output(let state):
            let output = vectors[change.task].outputs[change.place]
            vectors[change.task].outputs[change.place].state = state
            return firing(output.state.rawValue, output.data)
        }
    }
}
