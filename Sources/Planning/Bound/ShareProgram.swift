import LinearProgramming

/// The linear program of one bucket: how many tiles of each cover and how many observations each
/// SDC gets, at the least cost of external data within H2, T1 and T2.
///
/// Tiles of a bucket that are covered alike by external surveys and take the same work are
/// interchangeable here, as are observations that take the same, so the variables are counts of a
/// group at an SDC.  No rule of it ties two buckets, so each bucket is a program of its own.
///
/// Why its optimum is a lower bound on the cost of any distribution within the tolerances: every
/// such distribution gives counts that satisfy all rows, and its external part is the objective
/// of these counts; copies and moves cost nothing less than 0.  That holds for unequal items too:
/// the work of a cell is the sum of its groups' counts times the work of one, whatever the groups
/// are.  The counts are whole, so that the rows may also ask for the sides of each cell's
/// `CountHull` where all observations of the bucket take the same and all its tiles do; elsewhere
/// only the count of observations is rounded to whole numbers.  Both leave out only what no
/// distribution can have.  What the transfers allow (H6) is left out, which makes the bound no
/// larger.
struct ShareProgram {
    /// The tiles of one bucket and cover.
    struct Group {
        /// Row of the external costs.
        let cover: Int
        let tiles: [ItemIndex]
    }

    /// Tiles of one cover that take the same work, or observations that do.
    private struct LikeWork {
        /// The number of the group of tiles that they are in; 0 for observations.
        let group: Int
        let work: Double
        let count: Int
        let counts: [Program.Variable]
    }

    let bucket: Int
    let groups: [Group]
    private(set) var program: Program
    private let tiles: [LikeWork]
    private let observations: [LikeWork]
    private let ordinaryTileWork: Double
    /// The rows of each SDC's work, and of its count of observations.
    private var workRows: [[Int]] = []
    private var countRows: [[Int]] = []

    init(
        _ problem: Problem, bands: Bands, bucket: Int, tiles: [ItemIndex],
        observations: [ItemIndex]
    ) {
        self.bucket = bucket
        ordinaryTileWork = problem.work.tile
        let byCover = Dictionary(grouping: tiles) { problem.external.row(of: $0) }
        groups = byCover.keys.sorted().map { Group(cover: $0, tiles: byCover[$0] ?? []) }
        let sdcs = problem.sdcs
        let name = problem.planningCase.buckets.name(bucket)
        var program = Program()
        let ids = sdcs.map(\.id)
        func like(
            _ items: [ItemIndex], group: Int, named kind: String, costs: [Double]?
        ) -> [LikeWork] {
            let byWork = Dictionary(grouping: items) { problem.work[$0] }
            return byWork.keys.sorted().map { work in
                let count = byWork[work]?.count ?? 0
                let each = byWork.count > 1 ? "/work-\(work)" : ""
                return LikeWork(
                    group: group, work: work, count: count,
                    counts: ids.indices.map { sdc in
                        program.addVariable(
                            "\(kind)\(each)/\(ids[sdc])/\(name)", upper: Double(count),
                            cost: costs?[sdc] ?? 0)
                    })
            }
        }
        self.tiles = groups.enumerated().flatMap { number, group in
            like(
                group.tiles, group: number, named: "tiles/cover-\(group.cover)",
                costs: problem.external.rows[group.cover])
        }
        self.observations =
            observations.isEmpty
            ? [
                LikeWork(
                    group: 0, work: problem.work.observation, count: 0,
                    counts: ids.map {
                        program.addVariable("observations/\($0)/\(name)", upper: 0)
                    })
            ] : like(observations, group: 0, named: "observations", costs: nil)
        for kind in self.tiles {
            program.addRow(
                "assigned/cover-\(groups[kind.group].cover)/\(name)",
                equals: Double(kind.count), terms: kind.counts.map { Program.Term(1, $0) })
        }
        for kind in self.observations {
            program.addRow(
                "assigned/observations/\(name)", equals: Double(kind.count),
                terms: kind.counts.map { Program.Term(1, $0) })
        }
        self.program = program
        for (sdc, centre) in sdcs.enumerated() {
            let cell = bucket * sdcs.count + sdc
            let work = (self.observations + self.tiles).map {
                Program.Term($0.work, $0.counts[sdc])
            }
            let received = self.observations.map { Program.Term(1, $0.counts[sdc]) }
            let first = self.program.rows.count
            self.program.addRow(
                "capacity/\(centre.id)/\(name)", upper: bands.capacity[cell], terms: work)
            self.program.addRow(
                "work/\(centre.id)/\(name)", lower: bands.work[cell].lower,
                upper: bands.work[cell].upper, terms: work)
            self.program.addRow(
                "observations/\(centre.id)/\(name)", lower: bands.observations[cell].lower,
                upper: bands.observations[cell].upper, terms: received)
            addWholeCounts(bands, cell: cell, sdc: sdc, name: "\(centre.id)/\(name)")
            workRows.append([first, first + 1])
            countRows.append(Array(first + 2..<self.program.rows.count))
        }
    }

    /// Adds what follows for a cell from its counts being whole.
    private mutating func addWholeCounts(_ bands: Bands, cell: Int, sdc: Int, name: String) {
        guard isWhole else {
            let slack = Bands.roundingTolerance
            let band = bands.observations[cell]
            let least = (band.lower - slack).rounded(.up)
            let most = (band.upper + slack).rounded(.down)
            guard least <= most else { return }
            program.addRow(
                "whole/\(name)", lower: least, upper: most,
                terms: observations.map { Program.Term(1, $0.counts[sdc]) })
            return
        }
        let hull = CountHull(
            observations: bands.observations[cell], work: bands.work[cell],
            capacity: bands.capacity[cell], observationWork: observations[0].work,
            tileWork: tiles.first?.work ?? ordinaryTileWork,
            tiles: tiles.reduce(0) { $0 + $1.count })
        for (number, side) in (hull?.sides ?? []).enumerated() {
            let terms =
                [Program.Term(Double(side.observations), observations[0].counts[sdc])]
                + tiles.map { Program.Term(Double(side.tiles), $0.counts[sdc]) }
            program.addRow(
                "whole-\(number + 1)/\(name)", upper: Double(side.limit),
                terms: terms.filter { $0.coefficient != 0 })
        }
    }

    /// What a core-hour and an observation more at each SDC would cost, in a solution.
    ///
    /// - Returns: `nil` where the solver does not tell, or whole counts mix both.
    func prices(_ solution: Solution) -> [CellPrice]? {
        guard !solution.rowPrices.isEmpty, !isWhole else { return nil }
        return zip(workRows, countRows).map { work, count in
            CellPrice(
                work: -work.reduce(0) { $0 + solution.rowPrices[$1] },
                observation: -count.reduce(0) { $0 + solution.rowPrices[$1] })
        }
    }

    /// Whether all observations take the same, and all tiles do.
    private var isWhole: Bool { observations.count == 1 && Set(tiles.map(\.work)).count <= 1 }

    /// The shares that a solution of the program stands for.
    func shares(_ solution: Solution) -> BucketShares {
        BucketShares(
            bucket: bucket,
            tiles: groups.enumerated().map { number, group in
                let own = tiles.filter { $0.group == number }
                return (
                    group: group,
                    counts: (own.first?.counts ?? []).indices.map { sdc in
                        own.reduce(0) { $0 + solution[$1.counts[sdc]] }
                    }
                )
            },
            observations: (observations.first?.counts ?? []).indices.map { sdc in
                observations.reduce(0) { $0 + solution[$1.counts[sdc]] }
            })
    }
}

/// What more load of an SDC in a bucket costs where all is shared at the least cost, in TB: the
/// dual values of the linear program, with the sign of a cost.
struct CellPrice: Hashable, Sendable {
    /// For a core-hour.
    var work = 0.0
    /// For an observation received.
    var observation = 0.0
}

/// How much of a bucket each SDC should get.
struct BucketShares {
    let bucket: Int
    /// For each group of like tiles, how many (not rounded) each SDC gets.
    let tiles: [(group: ShareProgram.Group, counts: [Double])]
    /// How many observations (not rounded) each SDC gets.
    let observations: [Double]
}
