import GroundSegment
import LinearProgramming

/// Looks for the single changes to a case that take a conflict away.
struct RelaxationSearch<S: Solver> {
    let conflict: Conflict
    let solver: S
    /// Whether other rules than the conflict's have to hold too.
    let amongAll: Bool
    private let limit: RelaxationLimit
    private let counting: ItemCounting
    let before: HardRules
    private let known: Set<HardRule>
    private let conflicting: Set<HardRule>

    /// How far a window is moved at most, days.
    private static var farthest: Int { 28 }
    /// By how much cores and storage are raised at most for whole items, percent.
    private static var mostPercent: Int { 400 }

    init(
        _ rules: HardRules, conflict: Conflict, solver: S, amongAll: Bool,
        limit: RelaxationLimit = .none
    ) {
        before = rules
        self.conflict = conflict
        self.solver = solver
        self.amongAll = amongAll
        self.limit = limit
        counting = conflict.isOfWholeItems ? .whole : .parts
        known = Set(before.rules)
        conflicting = Set(conflict.rules.flatMap(\.single))
    }

    var planningCase: PlanningCase { before.planningCase }

    /// Each change that is enough: what people can decide before observations that come later, and
    /// those before more cores or storage, which nobody has at once; smallest first.  An SDC is asked for more than as much again only where
    /// nothing else is enough.
    func changes() throws(SolverError) -> [[CaseChange]] {
        var found: [[CaseChange]] = []
        for rule in conflict.rules {
            for change in try changes(for: rule) where !found.contains(change) {
                found.append(change)
            }
        }
        if let joint = try endedTogether() { found.append(joint) }
        if let later = try postponed() { found.append([later]) }
        let size = ChangeSize(planningCase: planningCase)
        let all = found.enumerated().map { place, changes in
            (rank: size.rank(of: changes), size: size.of(changes), place: place, changes: changes)
        }
        let best = all.map(\.rank).min()
        return all.filter { $0.rank < ChangeSize.absurd || $0.rank == best }.sorted {
            ($0.rank, $0.size, $0.place) < ($1.rank, $1.size, $1.place)
        }.map(\.changes)
    }

    private func changes(for rule: HardRule) throws(SolverError) -> [[CaseChange]] {
        switch rule {
        case .capacity(let id, let bucket):
            guard let place = place(id) else { return [] }
            let sdc = planningCase.sdcs[place]
            let span = planningCase.buckets[bucket]
            var found: [[CaseChange]] = []
            if let more = try more(of: .cores(id, sdc.cores), at: place) { found.append([more]) }
            for window in sdc.maintenance
            where window.availability < 1 && window.window.intersection(span) != nil {
                found += try changes(of: window, at: id)
            }
            return found
        case .storage(let id):
            guard let place = place(id) else { return [] }
            let storage = planningCase.sdcs[place].storage
            return try more(of: .storage(id, storage), at: place).map { [[$0]] } ?? []
        case .transfer(let id, let direction, let bucket):
            guard let place = place(id) else { return [] }
            let sdc = planningCase.sdcs[place]
            guard let rate = direction == .inward ? sdc.ingress : sdc.egress else { return [] }
            var found: [[CaseChange]] = []
            if let more = try more(of: .rate(id, direction, rate), at: place) {
                found.append([more])
            }
            for window in sdc.maintenance
            where window.availability < 1
                && window.window.intersection(planningCase.buckets[bucket]) != nil
            {
                found += try changes(of: window, at: id)
            }
            return found
        case .outage(let id, let window): return try changes(of: window, at: id)
        case .pins(let pins): return try fewest(of: pins.map { CaseChange.unpin($0) })
        case .prohibitions(let rules): return try fewest(of: rules.map { CaseChange.permit($0) })
        case .frozen: return []
        }
    }

    private func place(_ id: ID<SDC>) -> Int? {
        planningCase.sdcs.firstIndex { $0.id == id }
    }

    /// The least more of an SDC's cores, storage or rate with which the conflict is gone, in whole
    /// percent; `nil` where none is enough.
    private func more(of now: CaseChange, at place: Int) throws(SolverError) -> CaseChange? {
        switch now {
        case .cores(let id, let cores) where counting == .parts:
            return try slack(.cores(place)).map { .cores(id, raised(cores, by: $0)) }
        case .cores(let id, let cores):
            return try leastPercent { .cores(id, raised(cores, by: $0)) }
        case .storage(let id, let storage) where counting == .parts:
            return try slack(.storage(place)).map { more in
                .storage(id, Terabytes(raised(storage.value, by: more / storage.value)))
            }
        case .rate(let id, let direction, let rate) where counting == .parts:
            return try slack(.rate(place, direction)).map {
                .rate(id, direction, rate + max(0.01 * rate, $0 * (1 + 1e-6)))
            }
        case .rate(let id, let direction, let rate):
            return try leastPercent { .rate(id, direction, raised(rate, by: $0)) }
        case .storage(let id, let storage):
            return try leastPercent { .storage(id, Terabytes(raised(storage.value, by: $0))) }
        default: return nil
        }
    }

    /// The change by the least part, in whole percent, that is enough.
    private func leastPercent(
        _ change: (_ part: Double) -> CaseChange
    ) throws(SolverError) -> CaseChange? {
        guard conflict.items.isEmpty else { return nil }
        func raised(percent: Int) -> CaseChange { change((Double(percent) - 0.5) / 100) }
        guard try isEnough([raised(percent: Self.mostPercent)]) else { return nil }
        var low = 1
        var high = Self.mostPercent
        while low < high {
            let middle = (low + high) / 2
            if try isEnough([raised(percent: middle)]) {
                high = middle
            } else {
                low = middle + 1
            }
        }
        return raised(percent: low)
    }

    /// A value that is more by at least a part of it, in whole percent.
    private func raised(_ value: Double, by part: Double) -> Double {
        value * (1 + max(1, (part * 100 + 1e-6).rounded(.up)) / 100)
    }

    /// The least slack with which the conflict is gone; `nil` where none is enough.
    private func slack(_ slack: FeasibilityProgram.Slack) throws(SolverError) -> Double? {
        guard conflict.items.isEmpty, !limit.isOver else { return nil }
        let result = try FeasibilityProgram(
            before, active: active(before), scope: scope, slack: slack
        ).solve(solver)
        return result.isFeasible ? result.slack : nil
    }

    /// The smallest move and the smallest shortening that are enough; dropping the window where
    /// nothing less is.
    private func changes(
        of window: MaintenanceWindow, at sdc: ID<SDC>
    ) throws(SolverError) -> [[CaseChange]] {
        let dropped = CaseChange.window(sdc, from: window, to: nil)
        guard try isEnough([dropped]) else { return [] }
        func change(_ start: Double, _ end: Double) -> CaseChange {
            .window(
                sdc, from: window,
                to: MaintenanceWindow(
                    window: TimeWindow(
                        start: window.window.start + start, end: window.window.end + end),
                    availability: window.availability, summary: window.summary, uid: window.uid))
        }
        var found: [[CaseChange]] = []
        let moves = (1...Self.farthest).flatMap { [Double($0), -Double($0)] }
        for days in moves where try isEnough([change(days, days)]) {
            found.append([change(days, days)])
            break
        }
        let cuts = stride(from: 1, to: window.window.days, by: 1)
            .flatMap { [change(0, -$0), change($0, 0)] }
        for cut in cuts where try isEnough([cut]) {
            found.append([cut])
            break
        }
        return found.isEmpty ? [[dropped]] : found
    }

    /// All windows of the conflict ended earlier by the fewest days that are enough; `nil` where
    /// there is one window at most, or no such number.
    private func endedTogether() throws(SolverError) -> [CaseChange]? {
        let windows = windows
        guard windows.count > 1 else { return nil }
        let longest = windows.map { $0.window.window.days }.max() ?? 0
        for days in stride(from: 1.0, to: longest, by: 1.0) {
            let changes = windows.filter { $0.window.window.days > days }.map { sdc, window in
                CaseChange.window(
                    sdc, from: window,
                    to: MaintenanceWindow(
                        window: TimeWindow(
                            start: window.window.start, end: window.window.end + -days),
                        availability: window.availability, summary: window.summary,
                        uid: window.uid))
            }
            if try isEnough(changes) { return changes }
        }
        return nil
    }

    /// The windows that the conflict is about, in the order of its rules.
    private var windows: [(sdc: ID<SDC>, window: MaintenanceWindow)] {
        conflict.rules.flatMap { rule -> [(sdc: ID<SDC>, window: MaintenanceWindow)] in
            switch rule {
            case .outage(let sdc, let window): return [(sdc, window)]
            case .capacity(let id, let bucket):
                guard let place = place(id) else { return [] }
                let span = planningCase.buckets[bucket]
                return planningCase.sdcs[place].maintenance
                    .filter { $0.availability < 1 && $0.window.intersection(span) != nil }
                    .map { (id, $0) }
            case .storage, .transfer, .pins, .prohibitions, .frozen: return []
            }
        }
    }

    /// The fewest of like changes that are enough, taken from the end.
    private func fewest(of changes: [CaseChange]) throws(SolverError) -> [[CaseChange]] {
        guard try isEnough(changes) else { return [] }
        var low = 1
        var high = changes.count
        while low < high {
            let middle = (low + high) / 2
            if try isEnough(Array(changes.suffix(middle))) {
                high = middle
            } else {
                low = middle + 1
            }
        }
        return [Array(changes.suffix(low))]
    }

    // MARK: Test

    /// Whether the conflict is gone with some changes, and no bucket became worse; not once the
    /// limit has come, when nothing is tried any more.
    func isEnough(_ changes: [CaseChange]) throws(SolverError) -> Bool {
        guard !limit.isOver else { return false }
        let rules = before.changed(by: changes)
        let active = active(rules)
        if !conflict.items.isEmpty {
            let allowed = rules.allowed(active)
            return conflict.items.allSatisfy { id in
                rules.items[id].map(allowed.leavesPair) ?? true
            }
        }
        let verdict = try counting.verdict(rules, active: active, scope: scope, solver: solver)
        guard verdict == .feasible else { return false }
        return try !isWorse(rules)
    }

    /// Whether a bucket has no solution any more that had one, because a window or work came into
    /// it.
    private func isWorse(_ rules: HardRules) throws(SolverError) -> Bool {
        for bucket in 0..<planningCase.buckets.count where conflict.bucket != bucket {
            let hasLess =
                zip(rules.capacity, before.capacity).contains { $0[bucket] < $1[bucket] }
                || rules.moveLess(than: before, in: bucket)
            let hasMore = zip(rules.items.buckets, before.items.buckets).contains {
                $0 == bucket && $1 != bucket
            }
            guard hasLess || hasMore else { continue }
            let scope = FeasibilityProgram.Scope.bucket(bucket)
            func isFeasible(_ rules: HardRules) throws(SolverError) -> Bool {
                try ConflictSearch(rules: rules, solver: solver, counting: counting)
                    .isFeasible(in: scope)
            }
            if try !isFeasible(rules), try isFeasible(before) {
                return true
            }
        }
        return false
    }

    private var scope: FeasibilityProgram.Scope {
        conflict.bucket.map { .bucket($0) } ?? .period
    }

    /// The rules to be kept: all, or the conflict's and those that a change brought.
    private func active(_ rules: HardRules) -> [Bool] {
        amongAll
            ? rules.rules.map { _ in true }
            : rules.rules.map { conflicting.contains($0) || !known.contains($0) }
    }
}

extension HardRule {
    /// The same rule for each of its items.
    fileprivate var single: [HardRule] {
        switch self {
        case .pins(let pins): pins.map { .pins([$0]) }
        case .prohibitions(let rules): rules.map { .prohibitions([$0]) }
        case .frozen(let sdc, let role, let items): items.map { .frozen(sdc, role, [$0]) }
        case .capacity, .storage, .transfer, .outage: [self]
        }
    }
}
