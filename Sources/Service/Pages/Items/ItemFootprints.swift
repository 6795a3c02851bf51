import GroundSegment
import Planning
import SkyGeometry

/// The footprints of observations, by the plans in force.
struct ItemFootprints {
    let plans: [Plan]

    /// `nil` where no plan in force has the observation.
    subscript(id: ID<Observation>) -> ConvexPolygon? {
        for plan in plans.reversed() {
            let entry = plan.distribution.observations.first { $0.observation.id == id }
            if let entry { return entry.observation.footprint }
        }
        return nil
    }
}
