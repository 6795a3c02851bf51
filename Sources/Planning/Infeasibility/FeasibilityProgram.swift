import GroundSegment
import LinearProgramming

/// The linear program of the hard rules alone: how many items of each group of like ones every
/// SDC gets in either role, within capacity and storage.
///
/// Items of one kind and bucket to which the rules leave the same SDCs are interchangeable, and
/// counts suffice (see `RoleCounts`).  Where the program has no solution, there is no
/// distribution; where it has one, parts of items may be in it (see `WholeItemProgram`).
struct FeasibilityProgram {
    /// The part of the case that is looked at.
    enum Scope: Hashable, Sendable {
        /// One bucket, without the storage, which no bucket's rules are about.
        case bucket(Int)
        case period
    }

    /// What may be exceeded, by the least amount possible.
    enum Slack: Hashable, Sendable {
        case none
        /// An SDC's cores, relative to those that it has.
        case cores(Int)
        /// An SDC's storage, TB.
        case storage(Int)
    }

    private let rules: HardRules
    private let active: [Bool]
    private let scope: Scope
    private var work: [Int: [Program.Term]] = [:]
    private var volume: [[Program.Term]]
    private(set) var program = Program()
    private var slack: Program.Variable?

    init(_ rules: HardRules, active: [Bool], scope: Scope, slack: Slack = .none) {
        self.rules = rules
        self.active = active
        self.scope = scope
        volume = rules.planningCase.sdcs.map { _ in [] }
        let groups = LikeItems.groups(rules.items, allowed: rules.allowed(active), scope: scope)
        for (group, items) in groups { add(group, count: Double(items.count)) }
        if slack != .none { self.slack = program.addVariable("slack", cost: 1) }
        addCapacities(slack)
        if scope == .period { addStorage(slack) }
    }

    /// Whether it has a solution; the least slack where it has one and any was asked for.
    func solve(_ solver: some Solver) throws(SolverError) -> (isFeasible: Bool, slack: Double) {
        let solution = try solver.solve(program, options: SolverOptions())
        guard solution.status == .optimal else { return (false, 0) }
        return (true, slack.map { solution[$0] } ?? 0)
    }

    private mutating func add(_ group: LikeItems, count: Double) {
        let processing = rules.planningCase.processing
        let sdcs = rules.planningCase.sdcs
        let itemWork = group.isObservation ? processing.observationWork : processing.tileWork
        let itemVolume = group.isObservation ? processing.observationVolume : processing.tileVolume
        let name = "\(group.isObservation ? "observations" : "tiles")/\(group.bucket)"
        var here = [[Program.Term]](repeating: [], count: sdcs.count)
        for (role, mask) in [("primary", group.primary), ("secondary", group.secondary)] {
            guard role == "primary" || scope == .period else { continue }
            var assigned: [Program.Term] = []
            for sdc in sdcs.indices where mask >> UInt64(sdc) & 1 == 1 {
                let variable = program.addVariable("\(role)/\(name)/\(sdcs[sdc].id)", upper: count)
                assigned.append(Program.Term(1, variable))
                here[sdc].append(Program.Term(1, variable))
                if role == "primary" {
                    work[rules.capacityRule(sdc, group.bucket), default: []].append(
                        Program.Term(itemWork.value, variable))
                }
                if itemVolume.value > 0 {
                    volume[sdc].append(Program.Term(itemVolume.value, variable))
                }
            }
            program.addRow("assigned/\(role)/\(name)", equals: count, terms: assigned)
        }
        for sdc in sdcs.indices where here[sdc].count == 2 {
            program.addRow("once/\(name)/\(sdcs[sdc].id)", upper: count, terms: here[sdc])
        }
    }

    private mutating func addCapacities(_ slack: Slack) {
        for sdc in rules.planningCase.sdcs.indices {
            for bucket in 0..<rules.planningCase.buckets.count {
                let rule = rules.capacityRule(sdc, bucket)
                guard active[rule], var terms = work[rule] else { continue }
                let capacity = rules.capacity[sdc][bucket]
                if slack == .cores(sdc), capacity > 0, let variable = self.slack {
                    terms.append(Program.Term(-capacity, variable))
                }
                program.addRow(
                    "capacity/\(sdc)/\(bucket)", upper: HardLimit.most(capacity), terms: terms)
            }
        }
    }

    private mutating func addStorage(_ slack: Slack) {
        for (place, sdc) in rules.planningCase.sdcs.enumerated() {
            guard active[rules.storageRule(place)], !volume[place].isEmpty else { continue }
            var terms = volume[place]
            if slack == .storage(place), let variable = self.slack {
                terms.append(Program.Term(-1, variable))
            }
            program.addRow(
                "storage/\(sdc.id)", upper: HardLimit.most(sdc.storage.value) - sdc.used.value,
                terms: terms)
        }
    }
}
