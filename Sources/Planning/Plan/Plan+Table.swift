public import GroundSegment

/// A row of an assignments.csv: an item with its SDCs and the first day of its bucket.
public struct AssignmentRow: Sendable, Hashable {
    public let item: ItemID
    public let assignment: Assignment
    /// Empty where the table does not say.
    public let bucket: String

    public init(item: ItemID, assignment: Assignment, bucket: String = "") {
        self.item = item
        self.assignment = assignment
        self.bucket = bucket
    }
}

extension Plan {
    /// A base of which only the assignments are known: what it was planned from is taken to be
    /// what `problem` has now, but for the buckets that the rows name.
    ///
    /// Items that the problem does not have are left out.
    public init(rows: [AssignmentRow], of problem: Problem) {
        let planningCase = problem.planningCase
        let buckets = planningCase.buckets
        let named = Dictionary(
            (0..<buckets.count).map { (buckets.name($0), $0) }, uniquingKeysWith: { $1 })
        let known = Dictionary(
            rows.map { ($0.item, $0) }, uniquingKeysWith: { first, _ in first })
        let observations = problem.observations.indices.compactMap { index in
            known[.observation(problem.observations[index].id)].map {
                AssignedObservation(
                    observation: problem.observations[index], arrival: problem.arrival[index],
                    bucket: named[$0.bucket] ?? problem.observationBucket[index],
                    assignment: $0.assignment, copiesTo: [])
            }
        }
        var overlaps = [[TileOverlap]](repeating: [], count: problem.tiles.count)
        for link in problem.overlaps.links {
            let id = problem.observations[link.observation].id
            guard known[.observation(id)] != nil else { continue }
            overlaps[link.tile].append(TileOverlap(observation: id, fraction: link.fraction))
        }
        let tiles = problem.tiles.indices.compactMap { index in
            known[.tile(problem.tiles[index].id)].map {
                AssignedTile(
                    tile: problem.tiles[index], ready: problem.ready[index],
                    bucket: named[$0.bucket] ?? problem.tileBucket[index],
                    assignment: $0.assignment, overlaps: overlaps[index])
            }
        }
        self.init(
            distribution: Distribution(
                name: planningCase.name, survey: planningCase.survey.id, buckets: buckets,
                sdcs: planningCase.sdcs, processing: planningCase.processing,
                observations: observations, tiles: tiles),
            balance: planningCase.balance, weights: planningCase.weights,
            measures: Measures(
                observations: observations.count, tiles: tiles.count, overlaps: 0, violations: [],
                outside: [], copies: [:], copyVolume: .zero, externalVolume: .zero,
                movedVolume: .zero, failoverCopies: 0, workExcess: 0, longestGap: 0,
                utilisation: 0, loads: []),
            bound: nil,
            search: SearchRecord(
                effort: planningCase.options.effort.rawValue, seed: planningCase.options.seed,
                stepsAsked: 0, steps: 0, stop: .steps, solver: ""),
            rules: PlacementRules(planningCase.rules))
    }
}
