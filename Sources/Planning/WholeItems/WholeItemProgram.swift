import GroundSegment
import LinearProgramming

/// The integer program of the hard rules alone: how many whole items of each group of like ones
/// every SDC gets in either role.
///
/// It decides exactly.  Counts suffice (see `RoleCounts`), and what an SDC's capacity in a bucket
/// and its storage allow are pairs of whole numbers, observations and tiles: the rows are the
/// sides of the hull of these pairs, with whole coefficients, so that a limit that is met exactly
/// is met in the solver's arithmetic too, and one that is broken is broken by 1 at least.  Where
/// items are unequal, their sums are the rows, which the solver keeps within its own tolerance: it
/// never rules out what keeps them, and what it finds is counted again.
struct WholeItemProgram {
    /// What the solver says.
    enum Answer {
        /// Counts that keep all rules, by group.
        case feasible([RoleCounts])
        case infeasible
        /// The limit in nodes came first.
        case undecided
    }

    /// Nodes of the largest and the smallest tree, and terms of all nodes together.
    private static var mostNodes: Int { 20_000 }
    private static var fewestNodes: Int { 500 }
    private static var mostTerms: Int { 20_000_000 }

    private typealias Columns = (primary: [Program.Term?], secondary: [Program.Term?])

    let groups: [(key: LikeItems, items: [ItemIndex])]
    private(set) var program = Program()
    private let rules: HardRules
    private let active: [Bool]
    private var columns: [Columns] = []
    /// Whether an SDC is over a limit without any item.
    private var isOverEmpty = false
    /// The sums over unequal items, to be counted again, each with the most that it may be.
    private var sums: [(terms: [Program.Term], most: Double)] = []

    /// - Parameters:
    ///   - active: the rules that count.
    ///   - allowed: the SDCs that are left to each item, where that is not what the rules leave.
    init(
        _ rules: HardRules, active: [Bool], scope: FeasibilityProgram.Scope,
        allowed: AllowedSDCs? = nil
    ) {
        self.rules = rules
        self.active = active
        groups = LikeItems.groups(
            rules, allowed: allowed ?? rules.allowed(active), scope: scope)
        for (key, items) in groups { add(key, count: items.count, scope: scope) }
        for bucket in Set(groups.map(\.key.bucket)).sorted() { addCapacities(bucket) }
        for bucket in Set(groups.map(\.key.bucket)).sorted() { addTransfers(bucket) }
        if scope == .period { addStorage() }
    }

    /// How many nodes the tree may have: a number that depends on the program alone.
    var nodeLimit: Int {
        max(Self.fewestNodes, min(Self.mostNodes, Self.mostTerms / max(1, program.termCount)))
    }

    func solve(_ solver: some Solver) throws(SolverError) -> Answer {
        guard !isOverEmpty else { return .infeasible }
        let solution = try solver.solve(
            program, options: SolverOptions(nodeLimit: nodeLimit, usesCuts: false))
        if solution.status == .infeasible { return .infeasible }
        guard solution.values.count == program.variables.count else { return .undecided }
        let values = solution.values.map { Int($0.rounded()) }
        guard isSolution(values) else { return .undecided }
        return .feasible(
            columns.map { column in
                RoleCounts(
                    primary: column.primary.map { $0.map { values[$0.variable.index] } ?? 0 },
                    secondary: column.secondary.map { $0.map { values[$0.variable.index] } ?? 0 })
            })
    }

    /// Whether whole numbers satisfy all rows, which have whole coefficients but for the sums.
    private func isSolution(_ values: [Int]) -> Bool {
        program.rows.allSatisfy { row in
            guard !row.name.hasPrefix(Self.sum) else { return true }
            let sum = row.terms.reduce(0) {
                $0 + Int($1.coefficient) * values[$1.variable.index]
            }
            return row.lower <= Double(sum) && Double(sum) <= row.upper
        }
            && sums.allSatisfy { sum in
                sum.terms.reduce(0) { $0 + $1.coefficient * Double(values[$1.variable.index]) }
                    <= sum.most
            }
    }

    /// What the names of rows begin with that are sums over unequal items.
    private static var sum: String { "sum/" }

    private mutating func add(
        _ key: LikeItems, count: Int, scope: FeasibilityProgram.Scope
    ) {
        let sdcs = rules.planningCase.sdcs
        let name = "\(key.isObservation ? "observations" : "tiles")/\(key.bucket)"
        let number = columns.count
        func column(_ role: Role, _ mask: UInt64) -> [Program.Term?] {
            let terms = sdcs.indices.map { sdc -> Program.Term? in
                guard mask >> UInt64(sdc) & 1 == 1 else { return nil }
                return Program.Term(
                    1,
                    program.addVariable(
                        "\(role.rawValue)/\(name)/\(number)/\(sdcs[sdc].id)", upper: Double(count),
                        isInteger: true))
            }
            program.addRow(
                "assigned/\(role.rawValue)/\(name)/\(number)", equals: Double(count),
                terms: terms.compactMap(\.self))
            return terms
        }
        let primary = column(.primary, key.primary)
        // Who is secondary matters for the storage and for what is transferred.
        let secondary =
            scope == .period || rules.transferLimits != nil
            ? column(.secondary, key.secondary) : sdcs.map { _ in nil }
        for (sdc, (one, other)) in zip(primary, secondary).enumerated() {
            guard let one, let other else { continue }
            program.addRow(
                "once/\(name)/\(number)/\(sdcs[sdc].id)", upper: Double(count),
                terms: [one, other])
        }
        columns.append((primary, secondary))
    }

    private mutating func addCapacities(_ bucket: Int) {
        for sdc in rules.planningCase.sdcs.indices
        where active[rules.capacityRule(sdc, bucket)] {
            let most = HardLimit.most(rules.capacity[sdc][bucket])
            add(
                "capacity/\(rules.planningCase.sdcs[sdc].id)/\(bucket)", replicas: [.primary], sdc,
                of: \.work, most: most, used: 0
            ) { $0.bucket == bucket }
        }
    }

    private mutating func addStorage() {
        for (place, sdc) in rules.planningCase.sdcs.enumerated()
        where active[rules.storageRule(place)] {
            let most = HardLimit.most(sdc.storage.value)
            add(
                "storage/\(sdc.id)", replicas: Role.allCases, place, of: \.volume, most: most,
                used: sdc.occupied.value
            ) { _ in true }
        }
    }

    /// Adds the rows of one limit of an SDC.
    ///
    /// - Parameters:
    ///   - replicas: the roles in which an item counts.
    ///   - amount: what an item takes of it.
    ///   - most: the limit, with its tolerance.
    ///   - used: what is taken of it without any item.
    ///   - isCounted: whether the items of a group count.
    private mutating func add(
        _ name: String, replicas: [Role], _ sdc: Int, of amount: KeyPath<LikeItems, Double>,
        most limit: Double, used: Double, _ isCounted: (LikeItems) -> Bool
    ) {
        let counted = groups.map(\.key).filter(isCounted)
        let observationAmounts = Set(counted.filter(\.isObservation).map { $0[keyPath: amount] })
        let tileAmounts = Set(counted.filter { !$0.isObservation }.map { $0[keyPath: amount] })
        guard observationAmounts.count < 2, tileAmounts.count < 2 else {
            addSum(name, replicas: replicas, sdc, of: amount, most: limit - used, isCounted)
            return
        }
        let observationAmount = observationAmounts.first ?? 0
        let tileAmount = tileAmounts.first ?? 0
        var observations: [Program.Term] = []
        var tiles: [Program.Term] = []
        var most = (observations: 0, tiles: 0)
        for (group, column) in zip(groups, columns) where isCounted(group.key) {
            let terms = replicas.compactMap { role in
                role == .primary ? column.primary[sdc] : column.secondary[sdc]
            }
            guard !terms.isEmpty else { continue }
            // An item has one replica at most at one SDC.
            if group.key.isObservation {
                observations += terms
                most.observations += group.items.count
            } else {
                tiles += terms
                most.tiles += group.items.count
            }
        }
        guard
            let hull = CountHull(
                observations: most.observations, tiles: most.tiles,
                keeps: { observations, tiles in
                    let sum =
                        observationAmount * Double(observations) + tileAmount * Double(tiles)
                    return used + sum <= limit
                })
        else {
            isOverEmpty = true
            return
        }
        for (number, side) in hull.sides.enumerated() {
            let terms =
                observations.map { Program.Term(Double(side.observations), $0.variable) }
                + tiles.map { Program.Term(Double(side.tiles), $0.variable) }
            program.addRow(
                "\(name)/\(number + 1)", upper: Double(side.limit),
                terms: terms.filter { $0.coefficient != 0 })
        }
    }

    /// Adds a limit of an SDC as the sum of what unequal items take.
    private mutating func addSum(
        _ name: String, replicas: [Role], _ sdc: Int, of amount: KeyPath<LikeItems, Double>,
        most: Double, _ isCounted: (LikeItems) -> Bool
    ) {
        var terms: [Program.Term] = []
        for (group, column) in zip(groups, columns) where isCounted(group.key) {
            let each = group.key[keyPath: amount]
            for role in replicas where each > 0 {
                let term = role == .primary ? column.primary[sdc] : column.secondary[sdc]
                if let term { terms.append(Program.Term(each, term.variable)) }
            }
        }
        addSum(name, terms, most: most)
    }

    /// Adds what may come in and go out in a bucket; copies for MER are left out, as in
    /// `FeasibilityProgram`.
    private mutating func addTransfers(_ bucket: Int) {
        guard let limits = rules.transferLimits else { return }
        let sdcs = rules.planningCase.sdcs
        for sdc in sdcs.indices {
            var inward: [Program.Term] = []
            var outward: [Program.Term] = []
            for (group, column) in zip(groups, columns) where group.key.bucket == bucket {
                let volume = group.key.volume
                if volume > 0, let term = column.primary[sdc] {
                    outward.append(Program.Term(volume, term.variable))
                }
                if volume > 0, let term = column.secondary[sdc] {
                    inward.append(Program.Term(volume, term.variable))
                }
                let external =
                    group.key.isObservation ? 0 : rules.external.rows[group.key.cover][sdc]
                if external > 0, let term = column.primary[sdc] {
                    inward.append(Program.Term(external, term.variable))
                }
            }
            for (direction, terms) in [(TransferDirection.inward, inward), (.outward, outward)] {
                let most = limits[direction][bucket * sdcs.count + sdc]
                guard most.isFinite, active[rules.transferRule(sdc, direction, bucket)] else {
                    continue
                }
                addSum(
                    "transfer/\(direction.rawValue)/\(sdcs[sdc].id)/\(bucket)", terms,
                    most: HardLimit.most(most))
            }
        }
    }

    /// Adds the row of a sum that may be so much at most.
    private mutating func addSum(_ name: String, _ terms: [Program.Term], most: Double) {
        guard most >= 0 else {
            isOverEmpty = true
            return
        }
        guard let largest = terms.map(\.coefficient).max() else { return }
        sums.append((terms, most))
        program.addRow(
            "\(Self.sum)\(name)", upper: most / largest,
            terms: terms.map { Program.Term($0.coefficient / largest, $0.variable) })
    }
}
