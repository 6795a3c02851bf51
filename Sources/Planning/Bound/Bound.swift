import GroundSegment
public import LinearProgramming

/// The lower bound on the cost, and the shares at which the external part reaches it.
struct Bound {
    /// TB; no distribution within the tolerances costs less.  `nil` where the linear program has
    /// no solution, so that every distribution leaves some tolerance.
    let cost: Terabytes?
    /// By bucket; empty where the bucket's program has no solution.
    let shares: [BucketShares?]
    /// By bucket and SDC; empty where there are none to go by.
    let prices: [CellPrice]

    /// Solves each bucket's program (see `ShareProgram` for why the sum is a bound).
    static func solve(
        _ problem: Problem, bands: Bands, solver: some Solver
    ) throws(SolverError) -> Bound {
        var sum = 0.0
        var shares: [BucketShares?] = []
        var prices: [CellPrice] = []
        for program in programs(problem, bands: bands) {
            let solution = try solver.solve(program.program, options: SolverOptions())
            guard solution.status == .optimal else {
                shares.append(nil)
                prices += problem.sdcs.map { _ in CellPrice() }
                continue
            }
            prices += program.prices(solution) ?? problem.sdcs.map { _ in CellPrice() }
            sum += solution.objective
            shares.append(program.shares(solution))
        }
        let complete = shares.allSatisfy { $0 != nil }
        return Bound(
            cost: complete ? Terabytes(sum) : nil, shares: shares,
            prices: prices)
    }

    /// Each bucket's program.
    fileprivate static func programs(_ problem: Problem, bands: Bands) -> [ShareProgram] {
        let items = problem.items
        var tiles = [[ItemIndex]](repeating: [], count: problem.bucketCount)
        for tile in items.tiles { tiles[items.buckets[tile]].append(tile) }
        var observations = [[ItemIndex]](repeating: [], count: problem.bucketCount)
        for item in items.observations { observations[items.buckets[item]].append(item) }
        return (0..<problem.bucketCount).map { bucket in
            ShareProgram(
                problem, bands: bands, bucket: bucket, tiles: tiles[bucket],
                observations: observations[bucket])
        }
    }
}

extension Problem {
    /// The linear programs of the bound, one for each bucket.
    public var linearPrograms: [Program] {
        Bound.programs(self, bands: Bands(self)).map(\.program)
    }
}
