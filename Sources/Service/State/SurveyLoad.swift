import GroundSegment
import Planning

/// What one survey's plans in force give to an SDC together.
struct SurveyLoad: Hashable, Sendable {
    let survey: ID<SurveyPlan>
    /// From the start of the first plan to the end of the last.
    let period: TimeWindow
    /// Items that it is primary of.
    let observations: Int
    let tiles: Int
    let work: CoreHours
    /// New data, both replicas counted.
    let volume: Terabytes

    /// `nil` where the plans know nothing of the SDC.
    init?(survey: ID<SurveyPlan>, sdc: ID<SDC>, plans: [Plan]) {
        let known = plans.compactMap { plan in
            plan.measures.loads.first { $0.sdc == sdc }.map {
                (period: plan.distribution.buckets.period, load: $0)
            }
        }
        guard let start = known.map(\.period.start).min(),
            let end = known.map(\.period.end).max()
        else { return nil }
        self.survey = survey
        period = TimeWindow(start: start, end: end)
        observations = known.reduce(0) { $0 + $1.load.primaryObservations }
        tiles = known.reduce(0) { $0 + $1.load.primaryTiles }
        work = known.flatMap(\.load.buckets).reduce(.zero) { $0 + $1.work }
        volume = known.reduce(.zero) { $0 + $1.load.newVolume }
    }
}
