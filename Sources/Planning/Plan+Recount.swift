import GroundSegment
import SkyGeometry

extension Plan {
    /// The hard rules that the distribution breaks, one line each, recounted from what the plan
    /// itself says (DISTRIBUTION section 2); pins and prohibitions are not part of a plan.
    public var violations: [String] { recounted.violations }

    /// The measures, recounted.
    var recounted: Measures {
        checker.measures(
            observations: distribution.observations.map(\.assignment),
            tiles: distribution.tiles.map(\.assignment))
    }

    /// A checker over the plan's own observations, tiles and overlaps.
    var checker: Checker {
        let planningCase = PlanningCase(
            name: distribution.name,
            survey: SurveyPlan(
                id: distribution.survey, observations: distribution.observations.map(\.observation)),
            sdcs: distribution.sdcs, grid: .mer, buckets: distribution.buckets,
            processing: distribution.processing, balance: balance, weights: weights)
        return Checker(planningCase, overlaps: Overlaps(distribution))
    }
}

extension Overlaps {
    /// The overlaps that a distribution names.
    init(_ distribution: Distribution) {
        let places = Dictionary(
            distribution.observations.enumerated().map { ($1.observation.id, $0) },
            uniquingKeysWith: { first, _ in first })
        tiles = distribution.tiles.map(\.tile)
        links = distribution.tiles.enumerated().flatMap { index, entry in
            entry.overlaps.compactMap { overlap in
                places[overlap.observation].map {
                    Link(observation: $0, tile: index, fraction: overlap.fraction)
                }
            }
        }
        .sorted { ($0.observation, $0.tile) < ($1.observation, $1.tile) }
    }
}
