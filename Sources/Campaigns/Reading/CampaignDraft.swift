import Documents
import GroundSegment

/// A policy as far as files name it: what is set, in the order in which it is set.
struct PolicyDraft {
    private var changes: [(inout TaskPolicy) -> Void] = []

    mutating func set<Value>(_ path: WritableKeyPath<TaskPolicy, Value>, _ value: Value?) {
        if let value { changes.append { $0[keyPath: path] = value } }
    }

    /// This policy where it says something, and `base` for the rest.
    func over(_ base: PolicyDraft) -> PolicyDraft {
        var both = base
        both.changes += changes
        return both
    }

    var policy: TaskPolicy {
        changes.reduce(into: TaskPolicy()) { policy, change in change(&policy) }
    }
}

/// A task as far as files describe it; what they do not say is `nil`.
struct TaskDraft {
    var name: Spotted
    var title: String?
    var pipeline: String?
    var release: String?
    var unit: JobUnit?
    var count: Int?
    var items: ItemSelection?
    var inputs: [Spotted]?
    var outputs: [Spotted]?
    var priority: Int?
    var policy = PolicyDraft()
    var triggers: [Trigger]?
    var preparation: String?
    var merging: String?

    init(name: Spotted) {
        self.name = name
    }

    /// This task where it says something, and `base` for the rest.
    func over(_ base: TaskDraft) -> TaskDraft {
        var both = base
        both.name = name
        both.title = title ?? base.title
        both.pipeline = pipeline ?? base.pipeline
        both.release = release ?? base.release
        both.unit = unit ?? base.unit
        both.count = count ?? base.count
        both.items = items ?? base.items
        both.inputs = inputs ?? base.inputs
        both.outputs = outputs ?? base.outputs
        both.priority = priority ?? base.priority
        both.policy = policy.over(base.policy)
        both.triggers = triggers ?? base.triggers
        both.preparation = preparation ?? base.preparation
        both.merging = merging ?? base.merging
        return both
    }
}

/// A data set from outside.
struct DataDraft {
    var name: Spotted
    let unit: JobUnit
    let product: String?
}

/// A campaign as far as files describe it.
struct CampaignDraft {
    var title: String?
    var survey: String?
    var release: String?
    var priority: Int?
    var share: Double?
    var items: ItemSelection?
    var policy = PolicyDraft()
    var data: [DataDraft] = []
    var tasks: [TaskDraft] = []
    var results: [Spotted] = []
    var retry: [RetryRule]?

    /// Takes a task: in the place of the one of its name, where there is one.
    mutating func add(_ task: TaskDraft, replacing isReplacing: Bool) {
        let place = tasks.firstIndex { $0.name.text == task.name.text }
        if isReplacing, let place {
            tasks[place] = task.over(tasks[place])
        } else {
            tasks.append(task)
        }
    }

    /// Drops data from outside that others have read and no task reads any more.
    mutating func dropData(readBy others: [TaskDraft]) {
        let read = Set(tasks.flatMap { $0.inputs ?? [] }.map(\.text))
        let before = Set(others.flatMap { $0.inputs ?? [] }.map(\.text))
        data.removeAll { before.contains($0.name.text) && !read.contains($0.name.text) }
    }

    /// The tasks, each with what the campaign says for all.
    var resolvedTasks: [TaskDraft] {
        tasks.map { task in
            var task = task
            task.release = task.release ?? release
            task.items = task.items ?? items
            task.policy = task.policy.over(policy)
            return task
        }
    }

    /// Takes the tasks of a campaign within this one: its names get a prefix, and what it takes
    /// from outside is what `inputs` says, by the names there.
    mutating func add(_ inner: CampaignDraft, prefix: String, inputs: [String: String]) {
        let outside = Set(inner.data.map(\.name.text))
        func name(_ own: String) -> String {
            outside.contains(own) ? inputs[own] ?? "\(prefix).\(own)" : "\(prefix).\(own)"
        }
        func named(_ own: Spotted) -> Spotted { Spotted(text: name(own.text), spot: own.spot) }
        for data in inner.data where inputs[data.name.text] == nil {
            self.data.append(
                DataDraft(
                    name: named(data.name), unit: data.unit,
                    product: data.product ?? data.name.text))
        }
        for var task in inner.resolvedTasks {
            task.title = task.title ?? task.name.text
            task.pipeline = task.pipeline ?? task.name.text
            task.name.text = "\(prefix).\(task.name.text)"
            task.priority = task.priority ?? inner.priority
            task.inputs = task.inputs.map { $0.map(named) }
            task.outputs = task.outputs.map { $0.map(named) }
            tasks.append(task)
        }
        results += inner.results.map(named)
    }

    // MARK: - The campaign

    /// The campaign; `nil` with faults where it is none.
    ///
    /// - Parameter spot: of the whole.
    func campaign(_ name: String, spot: Spot) -> Campaign? {
        let tasks = resolvedTasks
        var whole: [CampaignTask] = []
        for task in tasks {
            guard let built = task.task else { continue }
            whole.append(built)
        }
        guard whole.count == tasks.count else { return nil }
        let outside = data.map {
            OutsideData(id: ID($0.name.text), unit: $0.unit, product: $0.product)
        }
        do throws(CampaignGraphError) {
            let graph = try CampaignGraph(
                tasks: whole, outside: outside, results: Set(results.map { ID($0.text) }))
            return Campaign(
                id: ID(name), title: title ?? "", survey: survey.map { ID($0) },
                priority: priority ?? 0, share: share ?? 1, graph: graph,
                retry: retry.map { RetryTable(rules: $0) } ?? .standard)
        } catch {
            for fault in error.faults {
                let words = fault.words
                self.spot(of: fault, tasks, whole: spot)
                    .fault(found: words.found, expected: words.expected)
            }
            return nil
        }
    }

    /// Where a fault of the graph is.
    private func spot(of fault: GraphFault, _ tasks: [TaskDraft], whole: Spot) -> Spot {
        func input(_ id: ID<DataSet>, _ task: Int) -> Spot {
            tasks[task].inputs?.last { $0.text == id.text }?.spot ?? tasks[task].name.spot
        }
        func output(_ id: ID<DataSet>, _ task: Int) -> Spot {
            tasks[task].outputs?.last { $0.text == id.text }?.spot ?? tasks[task].name.spot
        }
        switch fault {
        case .noTasks: return whole
        case .name(_, let place): return tasks[place].name.spot
        case .outsideTwice(_, let place), .unread(_, let place): return data[place].name.spot
        case .namedTwice(let id, let task):
            let isInput = (tasks[task].inputs ?? []).filter { $0.text == id.text }.count > 1
            return isInput ? input(id, task) : output(id, task)
        case .twoProducers(let id, _, let second): return output(id, second)
        case .noProducer(let id, let task), .unit(let id, _, let task), .count(let id, _, let task):
            return input(id, task)
        case .noResult(let id): return results.first { $0.text == id.text }?.spot ?? whole
        case .cycle(let ids):
            return tasks.first { $0.name.text == ids.first?.text }?.name.spot ?? whole
        }
    }
}

extension TaskDraft {
    /// The task; `nil` with a fault where something is missing.
    var task: CampaignTask? {
        let units = JobUnit.allCases.map(\.rawValue).joined(separator: ", ")
        guard let unit else {
            name.spot.fault(
                found: "task \(name.text) without per", expected: "one of: \(units)")
            return nil
        }
        if unit == .number, count == nil {
            name.spot.fault(
                found: "task \(name.text) per number without count", expected: "how many jobs")
            return nil
        }
        if unit != .number, count != nil {
            name.spot.fault(
                found: "task \(name.text) with count", expected: "count with per: number only")
            return nil
        }
        return CampaignTask(
            id: ID(name.text), title: title, pipeline: pipeline ?? name.text,
            release: release ?? "", unit: unit, count: count ?? 1, items: items ?? .all,
            inputs: (inputs ?? []).map { ID($0.text) },
            outputs: (outputs ?? []).map { ID($0.text) }, priority: priority ?? 0,
            policy: policy.policy, triggers: triggers ?? [], preparation: preparation,
            merging: merging)
    }
}
