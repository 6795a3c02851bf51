import Documents
import GroundSegment
import Planning

extension PlanningCase {
    /// What its files hold.
    ///
    /// - Parameter remarks: what is no fault and may be a slip all the same.
    func json(remarks: [String]) -> JSONValue {
        let observations = survey.observations(in: period)
        let tiles = Overlaps(observations: observations, grid: grid).tiles.count
        let work =
            processing.observationWork * Double(observations.count)
            + processing.tileWork * Double(tiles)
        return [
            "case": .text(name), "survey": .text(survey.id.text), "period": JSONValue(period),
            "buckets": ["count": .integer(buckets.count), "days": .real(buckets.length)],
            "observations": .integer(observations.count),
            "observations_of_survey": .integer(survey.observations.count),
            "tiles": .integer(tiles), "work_core_hours": .real(work.value),
            "sdcs": .list(sdcs.map { $0.json(over: period) }),
            "inputs": .list(inputs.map(\.json)), "remarks": .list(remarks),
        ]
    }
}

extension SDC {
    fileprivate func json(over period: TimeWindow) -> JSONValue {
        let windows = maintenance.filter { $0.window.intersection(period) != nil }
        return [
            "sdc": .text(id.text), "name": .text(name), "cores": .real(cores),
            "storage_tb": .real(storage.value), "used_tb": .real(used.value),
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
