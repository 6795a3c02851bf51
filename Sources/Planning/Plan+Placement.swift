import GroundSegment

extension Plan {
    /// The plan of a placement, with everything recounted by the checker.
    init(_ problem: Problem, placement: Placement, bound: Terabytes?, search: SearchRecord) {
        let planningCase = problem.planningCase
        let ids = problem.sdcs.map(\.id)
        func pairs(_ primary: [UInt8], _ secondary: [UInt8]) -> [Assignment] {
            zip(primary, secondary).map {
                Assignment(primary: ids[Int($0)], secondary: ids[Int($1)])
            }
        }
        let observations = pairs(placement.observationPrimary, placement.observationSecondary)
        let tiles = pairs(placement.tilePrimary, placement.tileSecondary)
        let checker = Checker(planningCase, overlaps: problem.overlaps)
        let copiesTo = checker.copiesTo(observations: observations, tiles: tiles)
        var overlaps = [[TileOverlap]](repeating: [], count: problem.tiles.count)
        for link in problem.overlaps.links {
            overlaps[link.tile].append(
                TileOverlap(
                    observation: problem.observations[link.observation].id, fraction: link.fraction)
            )
        }
        self.init(
            distribution: Distribution(
                name: planningCase.name, survey: planningCase.survey.id,
                buckets: planningCase.buckets, sdcs: planningCase.sdcs,
                processing: planningCase.processing,
                observations: problem.observations.indices.map {
                    AssignedObservation(
                        observation: problem.observations[$0], arrival: problem.arrival[$0],
                        bucket: problem.observationBucket[$0], assignment: observations[$0],
                        copiesTo: copiesTo[$0])
                },
                tiles: problem.tiles.indices.map {
                    AssignedTile(
                        tile: problem.tiles[$0], ready: problem.ready[$0],
                        bucket: problem.tileBucket[$0], assignment: tiles[$0],
                        overlaps: overlaps[$0])
                }),
            balance: planningCase.balance, weights: planningCase.weights,
            measures: checker.measures(observations: observations, tiles: tiles), bound: bound,
            search: search, rules: PlacementRules(planningCase.rules))
    }
}
