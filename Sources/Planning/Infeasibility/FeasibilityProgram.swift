import GroundSegment
import LinearProgramming

/// The linear program of the hard rules alone: how many items of each group of like ones every
/// SDC gets in either role, within capacity, storage and what may be transferred.
///
/// Items of one kind and bucket to which the rules leave the same SDCs are interchangeable, and
/// counts suffice (see `RoleCounts`).  Where the program has no solution, there is no
/// distribution; where it has one, parts of items may be in it (see `WholeItemProgram`).  Of what
/// is transferred (H6) the copies for MER are left out, which depend on pairs of items: with them
/// a distribution moves more, never less.
///
/// Unequal items of a bucket may be merged into as many average ones.  What those can do, unequal
/// ones can in parts, each split alike; not the other way round, so that only a solution of the
/// merged program says something.
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
        /// What comes in or goes out at an SDC, Gbit/s.
        case rate(Int, TransferDirection)
    }

    private let rules: HardRules
    private let active: [Bool]
    private let scope: Scope
    private var work: [Int: [Program.Term]] = [:]
    private var volume: [[Program.Term]]
    /// By the place of the rule.
    private var moved: [Int: [Program.Term]] = [:]
    private(set) var program = Program()
    private var slack: Program.Variable?

    /// - Parameter merges: whether unequal items are taken as average ones.
    init(
        _ rules: HardRules, active: [Bool], scope: Scope, slack: Slack = .none,
        merges: Bool = false
    ) {
        self.rules = rules
        self.active = active
        self.scope = scope
        volume = rules.planningCase.sdcs.map { _ in [] }
        let groups = LikeItems.groups(rules, allowed: rules.allowed(active), scope: scope)
        let shares = groups.map { group, items in
            Share(
                group, count: items.count,
                external: group.isObservation ? nil : rules.external.rows[group.cover])
        }
        for share in merges ? Share.merged(shares) : shares { add(share) }
        if slack != .none { self.slack = program.addVariable("slack", cost: 1) }
        addCapacities(slack)
        addTransfers(slack)
        if scope == .period { addStorage(slack) }
    }

    /// Whether it has a solution; the least slack where it has one and any was asked for.
    func solve(_ solver: some Solver) throws(SolverError) -> (isFeasible: Bool, slack: Double) {
        let solution = try solver.solve(program, options: SolverOptions())
        guard solution.status == .optimal else { return (false, 0) }
        return (true, slack.map { solution[$0] } ?? 0)
    }

    /// Whether merging leaves fewer groups than there are.
    static func canMerge(_ rules: HardRules) -> Bool {
        !rules.work.areOrdinary || !rules.volume.areOrdinary || rules.transferLimits != nil
    }

    private mutating func add(_ group: Share) {
        let sdcs = rules.planningCase.sdcs
        let count = Double(group.count)
        let name = "\(group.isObservation ? "observations" : "tiles")/\(group.bucket)"
        var here = [[Program.Term]](repeating: [], count: sdcs.count)
        for (role, mask) in [("primary", group.primary), ("secondary", group.secondary)] {
            guard role == "primary" || scope == .period || rules.transferLimits != nil else {
                continue
            }
            var assigned: [Program.Term] = []
            for sdc in sdcs.indices where mask >> UInt64(sdc) & 1 == 1 {
                let variable = program.addVariable("\(role)/\(name)/\(sdcs[sdc].id)", upper: count)
                assigned.append(Program.Term(1, variable))
                here[sdc].append(Program.Term(1, variable))
                if role == "primary" {
                    work[rules.capacityRule(sdc, group.bucket), default: []].append(
                        Program.Term(group.work, variable))
                }
                addMoves(of: variable, group, at: sdc, isPrimary: role == "primary")
                if group.volume > 0 {
                    volume[sdc].append(Program.Term(group.volume, variable))
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

    /// Notes what an item of a group at an SDC makes come in and go out there.
    private mutating func addMoves(
        of variable: Program.Variable, _ group: Share, at sdc: Int, isPrimary: Bool
    ) {
        guard rules.transferLimits != nil else { return }
        func note(_ volume: Double, _ direction: TransferDirection) {
            guard volume > 0 else { return }
            moved[rules.transferRule(sdc, direction, group.bucket), default: []].append(
                Program.Term(volume, variable))
        }
        note(group.volume, isPrimary ? .outward : .inward)
        if isPrimary, let external = group.external { note(external[sdc], .inward) }
    }

    private mutating func addTransfers(_ slack: Slack) {
        guard let limits = rules.transferLimits else { return }
        let planningCase = rules.planningCase
        for (place, sdc) in planningCase.sdcs.enumerated() {
            for direction in TransferDirection.allCases {
                for bucket in 0..<planningCase.buckets.count {
                    let rule = rules.transferRule(place, direction, bucket)
                    let most = limits[direction][bucket * planningCase.sdcs.count + place]
                    guard active[rule], var terms = moved[rule], most.isFinite else { continue }
                    if slack == .rate(place, direction), let variable = self.slack {
                        // TB for each Gbit/s more.
                        let hours = planningCase.buckets[bucket].days * 24
                        let each =
                            TransferDirection.terabytesPerHour * hours
                            * sdc.meanAvailability(over: planningCase.buckets[bucket])
                        if each > 0 { terms.append(Program.Term(-each, variable)) }
                    }
                    program.addRow(
                        "transfer/\(direction.rawValue)/\(sdc.id)/\(bucket)",
                        upper: HardLimit.most(most), terms: terms)
                }
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
                "storage/\(sdc.id)", upper: HardLimit.most(sdc.storage.value) - sdc.occupied.value,
                terms: terms)
        }
    }
}

/// Items of a program that are told apart in it by their counts alone.
private struct Share {
    let isObservation: Bool
    let bucket: Int
    let primary: UInt64
    let secondary: UInt64
    let count: Int
    /// Core-hours and TB of one of them.
    let work: Double
    let volume: Double
    /// TB of external data by SDC; `nil` for observations.
    let external: [Double]?

    init(_ key: LikeItems, count: Int, external: [Double]?) {
        self.init(
            key.isObservation, key.bucket, key.primary, key.secondary, count: count,
            work: key.work, volume: key.volume, external: external)
    }

    private init(
        _ isObservation: Bool, _ bucket: Int, _ primary: UInt64, _ secondary: UInt64, count: Int,
        work: Double, volume: Double, external: [Double]?
    ) {
        self.isObservation = isObservation
        self.bucket = bucket
        self.primary = primary
        self.secondary = secondary
        self.count = count
        self.work = work
        self.volume = volume
        self.external = external
    }

    /// Those of one kind and bucket with the same SDCs as average items; they come one after the
    /// other.
    static func merged(_ shares: [Share]) -> [Share] {
        var result: [Share] = []
        for share in shares {
            if let last = result.last, last.isLike(share) {
                result[result.count - 1] = last.joined(with: share)
            } else {
                result.append(share)
            }
        }
        return result
    }

    private func isLike(_ other: Share) -> Bool {
        isObservation == other.isObservation && bucket == other.bucket
            && primary == other.primary && secondary == other.secondary
    }

    private func joined(with other: Share) -> Share {
        let all = Double(count + other.count)
        func mean(_ one: Double, _ two: Double) -> Double {
            (one * Double(count) + two * Double(other.count)) / all
        }
        return Share(
            isObservation, bucket, primary, secondary, count: count + other.count,
            work: mean(work, other.work), volume: mean(volume, other.volume),
            external: external.map { own in
                zip(own, other.external ?? own).map { mean($0, $1) }
            })
    }
}
