public import GroundSegment

extension Plan {
    /// The hard rules that the distribution breaks, one line each, recounted from what the plan
    /// itself says (DISTRIBUTION section 2).
    public var violations: [String] {
        checker.violations(
            observations: distribution.observations.map(\.assignment),
            tiles: distribution.tiles.map(\.assignment))
    }

    /// The measures, recounted.
    var recounted: Measures {
        checker.measures(
            observations: distribution.observations.map(\.assignment),
            tiles: distribution.tiles.map(\.assignment))
    }

    /// A checker over the plan's own observations, tiles and overlaps.
    var checker: Checker { Checker(planningCase, overlaps: Overlaps(distribution)) }

    /// The case that the plan is the answer to, from the plan alone: what earlier periods or a
    /// base bound in it is not known any more.
    public var planningCase: PlanningCase {
        PlanningCase(
            name: distribution.name,
            survey: SurveyPlan(
                id: distribution.survey, observations: distribution.observations.map(\.observation)),
            sdcs: distribution.sdcs, grid: .mer, buckets: distribution.buckets,
            processing: distribution.processing, balance: balance, weights: weights,
            rules: ItemRules(pins: rules.pins, prohibitions: rules.prohibitions))
    }
}
