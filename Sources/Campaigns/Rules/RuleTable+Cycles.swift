extension RuleTable {
    /// Rules that lead back to where they began while everything outside (jobs, arrivals,
    /// placement, ...) stays as it is: a sweep would never end.
    ///
    /// One input and one output stand for all, since rules see several only taken together. From
    /// each of their states with a task's, every sequence of rules is followed in which some
    /// value of all that is outside fits all rules.
    var cycles: [RuleFault] {
        var faults: [RuleFault] = []
        var told: Set<Set<String>> = []
        for start in Place.all {
            var search = CycleSearch(table: self, start: start)
            guard let cycle = search.cycle() else { continue }
            let names = cycle.map { rules[$0].name }
            if told.insert(Set(names)).inserted {
                faults.append(.cycle(rules: names, vector: start.description))
            }
        }
        return faults
    }
}

/// A task, its input and its output.
private struct Place: Hashable, CustomStringConvertible {
    var task: Int
    var input: Int
    var output: Int

    static let all: [Place] = TaskState.allCases.indices.flatMap { task in
        InputState.allCases.indices.flatMap { input in
            OutputState.allCases.indices.map { Place(task: task, input: input, output: $0) }
        }
    }

    /// The features that are its own, and their summaries.
    var situation: Situation {
        var situation = Situation()
        situation.insert(task, of: .task)
        situation.insert(input, of: .input)
        situation.insert(output, of: .output)
        situation.insert(output, of: .outputs)
        let summary = InputSummary([InputState.allCases[input]])
        situation.insert(summary.ordinal, of: .inputs)
        return situation
    }

    mutating func apply(_ change: Rule.Change) {
        switch change {
        case .task(let state): task = state.ordinal
        case .input(let state): input = state.ordinal
        case .output(let state): output = state.ordinal
        }
    }

    var description: String {
        "task \(TaskState.allCases[task]), input \(InputState.allCases[input]), output \(OutputState.allCases[output])"
    }

    static let features: [Feature] = [.task, .input, .output, .inputs, .outputs]
}

/// Follows rules from one place, and says whether they come back.
private struct CycleSearch {
    let table: RuleTable
    let start: Place
    private var path: [Int] = []
    private var seen: Set<Step> = []

    private struct Step: Hashable {
        let place: Place
        let outside: Situation
    }

    init(table: RuleTable, start: Place) {
        self.table = table
        self.start = start
    }

    /// The rules of a way back to the start; `nil` where there is none.
    mutating func cycle() -> [Int]? {
        let own = Place.features.reduce(Situation()) { $0.union($1.mask) }
        let outside = Situation(bits: Situation.any.bits & ~own.bits)
        return follow(start, outside: outside) ? path : nil
    }

    private mutating func follow(_ place: Place, outside: Situation) -> Bool {
        if !path.isEmpty, place == start { return true }
        guard seen.insert(Step(place: place, outside: outside)).inserted else { return false }
        let here = place.situation.union(outside)
        let rules = table.rules.indices.filter { rule in
            let change = table.rules[rule].change
            let own = Situation(bits: place.situation.bits)
            return here.intersection(table.rules[rule].pattern).isPossible
                && own.values(of: change.feature) != [change.value]
        }
        for group in groups(rules, here) {
            var next = place
            var left = here
            for rule in group {
                left = left.intersection(table.rules[rule].pattern)
                next.apply(table.rules[rule].change)
            }
            guard left.isPossible else { continue }
            path += group
            if follow(next, outside: left.intersection(outside)) { return true }
            path.removeLast(group.count)
        }
        return false
    }

    /// The rules that may fire together: all that fit do, at most one for each of the three; one
    /// that fits whatever is outside has to.
    private func groups(_ rules: [Int], _ here: Situation) -> [[Int]] {
        var groups: [[Int]] = [[]]
        for feature in [Feature.task, .input, .output] {
            let own = rules.filter { table.rules[$0].change.feature == feature }
            let isCertain = own.contains { here.fits(table.rules[$0].pattern) }
            let more = groups.flatMap { group in own.map { group + [$0] } }
            groups = isCertain ? more : groups + more
        }
        return groups.filter { !$0.isEmpty }
    }
}
