import LinearProgramming

/// The linear program of one bucket: how many tiles of each cover and how many observations each
/// SDC gets, at the least cost of external data within H2, T1 and T2.
///
/// Tiles of a bucket that are covered alike by external surveys are interchangeable here, so the
/// variables are counts of a group at an SDC.  No rule of it ties two buckets, so each bucket is
/// a program of its own.
///
/// Why its optimum is a lower bound on the cost of any distribution within the tolerances: every
/// such distribution gives counts that satisfy all rows, and its external part is the objective
/// of these counts; copies and moves cost nothing less than 0.  The counts are whole, so that the
/// rows may also ask for the sides of each cell's `CountHull`: they leave out only what no
/// distribution can have.
struct ShareProgram {
    /// The tiles of one bucket and cover.
    struct Group {
        /// Row of the external costs.
        let cover: Int
        let tiles: [ItemIndex]
    }

    let bucket: Int
    let groups: [Group]
    let program: Program
    private let tileCounts: [[Program.Variable]]
    private let observationCounts: [Program.Variable]

    init(_ problem: Problem, bands: Bands, bucket: Int, tiles: [ItemIndex], observations: Int) {
        self.bucket = bucket
        let byCover = Dictionary(grouping: tiles) { problem.external.row(of: $0) }
        groups = byCover.keys.sorted().map { Group(cover: $0, tiles: byCover[$0] ?? []) }
        let sdcs = problem.sdcs
        let name = problem.planningCase.buckets.name(bucket)
        var program = Program()
        tileCounts = groups.map { group in
            sdcs.indices.map { sdc in
                program.addVariable(
                    "tiles/cover-\(group.cover)/\(sdcs[sdc].id)/\(name)",
                    upper: Double(group.tiles.count), cost: problem.external.rows[group.cover][sdc])
            }
        }
        observationCounts = sdcs.map {
            program.addVariable("observations/\($0.id)/\(name)", upper: Double(observations))
        }
        for (group, counts) in zip(groups, tileCounts) {
            program.addRow(
                "assigned/cover-\(group.cover)/\(name)", equals: Double(group.tiles.count),
                terms: counts.map { Program.Term(1, $0) })
        }
        program.addRow(
            "assigned/observations/\(name)", equals: Double(observations),
            terms: observationCounts.map { Program.Term(1, $0) })
        for (sdc, centre) in sdcs.enumerated() {
            let cell = bucket * sdcs.count + sdc
            let work =
                [Program.Term(problem.processing.observationWork.value, observationCounts[sdc])]
                + tileCounts.map { Program.Term(problem.processing.tileWork.value, $0[sdc]) }
            program.addRow(
                "capacity/\(centre.id)/\(name)", upper: bands.capacity[cell], terms: work)
            program.addRow(
                "work/\(centre.id)/\(name)", lower: bands.work[cell].lower,
                upper: bands.work[cell].upper, terms: work)
            program.addRow(
                "observations/\(centre.id)/\(name)", lower: bands.observations[cell].lower,
                upper: bands.observations[cell].upper,
                terms: [Program.Term(1, observationCounts[sdc])])
            let hull = CountHull(
                observations: bands.observations[cell], work: bands.work[cell],
                capacity: bands.capacity[cell], processing: problem.processing, tiles: tiles.count)
            for (number, side) in (hull?.sides ?? []).enumerated() {
                let counts =
                    [Program.Term(Double(side.observations), observationCounts[sdc])]
                    + tileCounts.map { Program.Term(Double(side.tiles), $0[sdc]) }
                program.addRow(
                    "whole-\(number + 1)/\(centre.id)/\(name)", upper: Double(side.limit),
                    terms: counts.filter { $0.coefficient != 0 })
            }
        }
        self.program = program
    }

    /// The shares that a solution of the program stands for.
    func shares(_ solution: Solution) -> BucketShares {
        BucketShares(
            bucket: bucket,
            tiles: zip(groups, tileCounts).map { group, counts in
                (group: group, counts: counts.map { solution[$0] })
            },
            observations: observationCounts.map { solution[$0] })
    }
}

/// How much of a bucket each SDC should get.
struct BucketShares {
    let bucket: Int
    /// For each group of like tiles, how many (not rounded) each SDC gets.
    let tiles: [(group: ShareProgram.Group, counts: [Double])]
    /// How many observations (not rounded) each SDC gets.
    let observations: [Double]
}
