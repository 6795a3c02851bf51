extension RecordedWorkflow {
    /// Seconds that the tasks take on a number of slots if nothing is lost between them: whenever
    /// a slot is free it takes the ready task of the largest rank, of equal ones the first (list
    /// scheduling, Graham 1966, Bell System Technical Journal 45, 1563).
    ///
    /// The ranks are those of `graph(secondsScale:command:)`, rounded as its priorities are.
    ///
    /// - Parameter slots: tasks at the same time, each on one; at least 1.
    public func listMakespan(slots: Int, secondsScale: Double = 1) -> Double {
        let places = Dictionary(tasks.enumerated().map { ($1.id, $0) }) { first, _ in first }
        let priorities = priorities
        var waiting = tasks.map(\.parents.count)
        var ready = tasks.indices.filter { waiting[$0] == 0 }
        var running: [(end: Double, place: Int)] = []
        var now = 0.0
        while true {
            ready.sort { (-priorities[$0], $0) < (-priorities[$1], $1) }
            while running.count < max(1, slots), !ready.isEmpty {
                let place = ready.removeFirst()
                running.append((now + tasks[place].runtime * secondsScale, place))
            }
            guard let next = running.min(by: { $0 < $1 }) else { return now }
            now = next.end
            for (_, place) in running.filter({ $0.end <= now }) {
                for child in tasks[place].children.compactMap({ places[$0] }) {
                    waiting[child] -= 1
                    if waiting[child] == 0 { ready.append(child) }
                }
            }
            running.removeAll { $0.end <= now }
        }
    }

    /// The ranks of the tasks, in their order, as whole numbers up to 1,000,000.
    var priorities: [Int] {
        let ranks = ranks
        let most = max(ranks.values.max() ?? 0, 1e-9)
        return tasks.map {
            Int(exactly: ((ranks[$0.id] ?? 0) / most * 1_000_000).rounded()) ?? 0
        }
    }
}
