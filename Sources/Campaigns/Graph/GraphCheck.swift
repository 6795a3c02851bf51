import GroundSegment
import HeapModule

/// Finds everything that is wrong with a graph, and what follows from one that is right.
struct GraphCheck {
    private(set) var faults: [GraphFault] = []
    private(set) var dataSets: [DataSet] = []
    private(set) var order: [ID<CampaignTask>] = []
    private let tasks: [CampaignTask]
    private let outside: [OutsideData]
    /// By data set: the task that makes it, by its place, or -1 for outside.
    private var producers: [ID<DataSet>: Int] = [:]

    /// More cycles than these are not told.
    private static let mostCycles = 10

    init(tasks: [CampaignTask], outside: [OutsideData], results: Set<ID<DataSet>>) {
        self.tasks = tasks
        self.outside = outside
        if tasks.isEmpty { faults.append(.noTasks) }
        checkNames()
        findProducers()
        let consumers = checkInputs()
        for result in results.sorted() where producers[result] ?? -1 < 0 {
            faults.append(.noResult(result))
        }
        for (place, data) in outside.enumerated() where consumers[data.id] == nil {
            faults.append(.unread(data.id, place: place))
        }
        sort()
        guard faults.isEmpty else { return }
        collect(consumers, results)
    }

    private mutating func checkNames() {
        var seen: Set<ID<CampaignTask>> = []
        for (place, task) in tasks.enumerated()
        where CampaignGraph.isPseudo(task.id) || !seen.insert(task.id).inserted {
            faults.append(.name(task.id, place: place))
        }
    }

    private mutating func findProducers() {
        for (place, data) in outside.enumerated() {
            if producers.updateValue(-1, forKey: data.id) != nil {
                faults.append(.outsideTwice(data.id, place: place))
            }
        }
        for (place, task) in tasks.enumerated() {
            var own: Set<ID<DataSet>> = []
            for output in task.outputs {
                guard own.insert(output).inserted else {
                    faults.append(.namedTwice(output, task: place))
                    continue
                }
                if let first = producers[output] {
                    faults.append(
                        .twoProducers(
                            output, first: first < 0 ? nil : tasks[first].id, second: place))
                } else {
                    producers[output] = place
                }
            }
        }
    }

    /// Notes inputs that cannot be; returns who reads what.
    private mutating func checkInputs() -> [ID<DataSet>: [Int]] {
        let outsideUnits = Dictionary(outside.map { ($0.id, $0.unit) }) { first, _ in first }
        var consumers: [ID<DataSet>: [Int]] = [:]
        for (place, task) in tasks.enumerated() {
            var own: Set<ID<DataSet>> = []
            for input in task.inputs {
                guard own.insert(input).inserted else {
                    faults.append(.namedTwice(input, task: place))
                    continue
                }
                guard let producer = producers[input] else {
                    faults.append(.noProducer(input, task: place))
                    continue
                }
                consumers[input, default: []].append(place)
                guard let unit = producer < 0 ? outsideUnits[input] : tasks[producer].unit else {
                    continue
                }
                if !unit.canFeed(task.unit) {
                    faults.append(.unit(input, of: unit, task: place))
                } else if unit == .number, task.unit == .number, producer >= 0,
                    tasks[producer].count != task.count
                {
                    faults.append(.count(input, of: tasks[producer].count, task: place))
                }
            }
        }
        return consumers
    }

    /// Puts the tasks into their order; what remains goes round.
    private mutating func sort() {
        let parents = tasks.enumerated().map { _, task in
            Set(task.inputs.compactMap { producers[$0] }.filter { $0 >= 0 })
        }
        var children = [[Int]](repeating: [], count: tasks.count)
        for (place, own) in parents.enumerated() {
            for parent in own { children[parent].append(place) }
        }
        var waiting = parents.map(\.count)
        var ready = Heap(waiting.indices.filter { waiting[$0] == 0 })
        var sorted: [Int] = []
        while let next = ready.popMin() {
            sorted.append(next)
            for child in children[next] {
                waiting[child] -= 1
                if waiting[child] == 0 { ready.insert(child) }
            }
        }
        order = sorted.map { tasks[$0].id }
        guard sorted.count < tasks.count else { return }
        noteCycles(parents, left: Set(waiting.indices.filter { waiting[$0] > 0 }))
    }

    /// Notes a cycle for each group of tasks that wait for each other.
    private mutating func noteCycles(_ parents: [Set<Int>], left: Set<Int>) {
        var seen: Set<Int> = []
        var found = 0
        for start in left.sorted() where !seen.contains(start) && found < Self.mostCycles {
            // Every task that is left has a parent that is left: going back ends in a cycle.
            var path = [start]
            var places = [start: 0]
            while let last = path.last,
                let parent = parents[last].filter({ left.contains($0) && !seen.contains($0) }).min()
            {
                if let place = places[parent] {
                    let cycle = Array(path[place...].reversed())
                    let first = cycle.min().flatMap(cycle.firstIndex) ?? 0
                    let turned = cycle[first...] + cycle[..<first]
                    faults.append(.cycle(turned.map { tasks[$0].id }))
                    found += 1
                    break
                }
                places[parent] = path.count
                path.append(parent)
            }
            seen.formUnion(path)
        }
    }

    private mutating func collect(_ consumers: [ID<DataSet>: [Int]], _ results: Set<ID<DataSet>>) {
        func readers(_ id: ID<DataSet>) -> [ID<CampaignTask>] {
            (consumers[id] ?? []).map { tasks[$0].id }
        }
        dataSets = outside.map { data in
            DataSet(
                id: data.id, unit: data.unit, producer: nil, consumers: readers(data.id),
                isResult: false, product: data.product)
        }
        for task in tasks {
            dataSets += task.outputs.map { output in
                let readers = readers(output)
                return DataSet(
                    id: output, unit: task.unit, producer: task.id, consumers: readers,
                    isResult: readers.isEmpty || results.contains(output), product: output.text)
            }
        }
    }
}
