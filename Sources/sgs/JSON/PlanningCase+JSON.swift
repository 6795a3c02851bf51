import Documents
import GroundSegment
import Planning

extension PlanningCase {
    /// What its files hold.
    ///
    /// - Parameter remarks: what is no fault and may be a slip all the same.
    func json(remarks: [String]) -> JSONValue {
        let observations = survey.observations(in: period)
        let demand = CaseDemand(self)
        return [
            "case": .text(name), "survey": .text(survey.id.text), "period": JSONValue(period),
            "buckets": ["count": .integer(buckets.count), "days": .real(buckets.length)],
            "observations": .integer(observations.count),
            "observations_of_survey": .integer(survey.observations.count),
            "kinds": .list(KindSummary.all(of: self).map(\.json)),
            "tiles": .integer(demand.tiles), "tile_neighbours": .integer(demand.neighbours),
            "work_core_hours": .real(demand.work.value),
            "sdcs": .list(sdcs.map { $0.json(over: period) }),
            "inputs": .list(inputs.map(\.json)), "remarks": .list(remarks),
        ]
    }
}

extension KindSummary {
    fileprivate var json: JSONValue {
        [
            "kind": .text(kind), "observations": .integer(observations),
            "work_core_hours": .real(work.value), "volume_tb": .real(volume.value),
        ]
    }
}

extension SDC {
    fileprivate func json(over period: TimeWindow) -> JSONValue {
        let windows = maintenance.filter { $0.window.intersection(period) != nil }
        return [
            "sdc": .text(id.text), "name": .text(name), "cores": .real(cores),
            "storage_tb": .real(storage.value), "used_tb": .real(used.value),
            "ingress_gbit_s": JSONValue(ingress), "egress_gbit_s": JSONValue(egress),
            "reserved_core_hours": .real(reserved(within: period).value),
            "reserved_tb": .real((occupied - used).value),
            "availability": .real(meanAvailability(over: period)),
            "capacity_core_hours": .real(capacity(over: period).value),
            "maintenance": .list(
                windows.map { window in
                    JSONValue(window.window).with([
                        "availability": .real(window.availability),
                        "summary": .text(window.summary),
                    ])
                }),
        ]
    }
}
