import GroundSegment
import LinearProgramming

/// The integer program of the hard rules alone: how many whole items of each group of like ones
/// every SDC gets in either role.
///
/// It decides exactly.  Counts suffice (see `RoleCounts`), and what an SDC's capacity in a bucket
/// and its storage allow are pairs of whole numbers, observations and tiles: the rows are the
/// sides of the hull of these pairs, with whole coefficients, so that a limit that is met exactly
/// is met in the solver's arithmetic too, and one that is broken is broken by 1 at least.
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
            rules.items, allowed: allowed ?? rules.allowed(active), scope: scope)
        for (key, items) in groups { add(key, count: items.count, scope: scope) }
        for bucket in Set(groups.map(\.key.bucket)).sorted() { addCapacities(bucket) }
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

    /// Whether whole numbers satisfy all rows, which have whole coefficients.
    private func isSolution(_ values: [Int]) -> Bool {
        program.rows.allSatisfy { row in
            let sum = row.terms.reduce(0) {
                $0 + Int($1.coefficient) * values[$1.variable.index]
            }
            return row.lower <= Double(sum) && Double(sum) <= row.upper
        }
    }

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
        // Who is secondary matters for the storage alone.
        let secondary =
            scope == .period ? column(.secondary, key.secondary) : sdcs.map { _ in nil }
        for (sdc, (one, other)) in zip(primary, secondary).enumerated() {
            guard let one, let other else { continue }
            program.addRow(
                "once/\(name)/\(number)/\(sdcs[sdc].id)", upper: Double(count),
                terms: [one, other])
        }
        columns.append((primary, secondary))
    }

    private mutating func addCapacities(_ bucket: Int) {
        let processing = rules.planningCase.processing
        for sdc in rules.planningCase.sdcs.indices
        where active[rules.capacityRule(sdc, bucket)] {
            let most = HardLimit.most(rules.capacity[sdc][bucket])
            add("capacity/\(rules.planningCase.sdcs[sdc].id)/\(bucket)", replicas: [.primary], sdc)
            { key in
                key.bucket == bucket
            } keeps: { observations, tiles in
                let work =
                    processing.observationWork * Double(observations)
                    + processing.tileWork * Double(tiles)
                return work.value <= most
            }
        }
    }

    private mutating func addStorage() {
        let processing = rules.planningCase.processing
        for (place, sdc) in rules.planningCase.sdcs.enumerated()
        where active[rules.storageRule(place)] {
            let most = HardLimit.most(sdc.storage.value)
            add("storage/\(sdc.id)", replicas: Role.allCases, place) { _ in
                true
            } keeps: { observations, tiles in
                let volume =
                    processing.observationVolume * Double(observations)
                    + processing.tileVolume * Double(tiles)
                return (sdc.used + volume).value <= most
            }
        }
    }

    /// Adds the rows of one limit of an SDC.
    ///
    /// - Parameters:
    ///   - replicas: the roles in which an item counts.
    ///   - isCounted: whether the items of a group count.
    ///   - keeps: whether so many observations and tiles keep the limit.
    private mutating func add(
        _ name: String, replicas: [Role], _ sdc: Int, _ isCounted: (LikeItems) -> Bool,
        keeps: (_ observations: Int, _ tiles: Int) -> Bool
    ) {
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
            let hull = CountHull(observations: most.observations, tiles: most.tiles, keeps: keeps)
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
}
