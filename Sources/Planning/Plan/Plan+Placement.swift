import GroundSegment

extension Plan {
    /// The plan of a placement, with everything recounted by the checker.
    init(_ problem: Problem, placement: Placement, bound: Terabytes?, search: SearchRecord) {
        let planningCase = problem.planningCase
        let ids = problem.sdcs.map(\.id)
        let items = problem.items
        let assignments = items.indices.map { item in
            let pair = placement[item]
            return Assignment(primary: ids[pair.primary], secondary: ids[pair.secondary])
        }
        let observations = Array(assignments[items.observations])
        let tiles = Array(assignments[items.tiles])
        let checker = Checker(
            planningCase, overlaps: problem.overlaps, precedent: problem.precedent)
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
                observations: items.observations.map {
                    AssignedObservation(
                        observation: problem.observations[$0], arrival: items.instants[$0],
                        bucket: items.buckets[$0], assignment: assignments[$0],
                        copiesTo: copiesTo[$0])
                },
                tiles: zip(items.tiles, zip(problem.tiles, overlaps)).map {
                    AssignedTile(
                        tile: $1.0, ready: items.instants[$0], bucket: items.buckets[$0],
                        assignment: assignments[$0], overlaps: $1.1)
                }),
            balance: planningCase.balance, weights: planningCase.weights,
            measures: checker.measures(observations: observations, tiles: tiles), bound: bound,
            search: search, rules: PlacementRules(planningCase.rules),
            base: problem.precedent.digest,
            reservesPublished: planningCase.reserved == .published)
        if let base = problem.revision?.baseline { self = explained(against: base) }
    }

    /// The same plan with the cause of each difference from `base`.
    private func explained(against base: Baseline) -> Plan {
        let difference = ChangeCauses(from: base, to: self)
        let causes = difference.causes
        let old = base.assignments
        let free = zip(assignments, difference.changes.earlier).enumerated().reduce(0) {
            sum, entry in
            let (assignment, earlier) = entry.element
            guard causes[entry.offset] == .free, let earlier else { return sum }
            return sum + Role.allCases.count { assignment[$0] != old[earlier][$0] }
        }
        var measures = measures
        measures.freeAssignments = free
        let count = distribution.observations.count
        return Plan(
            distribution: Distribution(
                name: distribution.name, survey: distribution.survey,
                buckets: distribution.buckets, sdcs: distribution.sdcs,
                processing: distribution.processing,
                observations: zip(distribution.observations, causes.prefix(count)).map {
                    $0.with(cause: $1)
                },
                tiles: zip(distribution.tiles, causes.dropFirst(count)).map { $0.with(cause: $1) }),
            balance: balance, weights: weights, measures: measures, bound: bound, search: search,
            rules: rules, base: self.base, reservesPublished: reservesPublished)
    }
}

extension AssignedObservation {
    fileprivate func with(cause: ChangeCause?) -> AssignedObservation {
        AssignedObservation(
            observation: observation, arrival: arrival, bucket: bucket, assignment: assignment,
            copiesTo: copiesTo, cause: cause)
    }
}

extension AssignedTile {
    fileprivate func with(cause: ChangeCause?) -> AssignedTile {
        AssignedTile(
            tile: tile, ready: ready, bucket: bucket, assignment: assignment, overlaps: overlaps,
            cause: cause)
    }
}
