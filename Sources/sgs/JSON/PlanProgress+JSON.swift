import Catalogue
import Documents
import GroundSegment

extension PlanProgress {
    /// The same of one SDC alone.
    func only(_ sdc: ID<SDC>) -> PlanProgress {
        PlanProgress(survey: survey, lines: lines.filter { $0.sdc == sdc })
    }

    /// By SDC the sum until the clock, and all buckets.
    func json(clock: MJD) -> JSONValue {
        [
            "survey": .text(survey.text), "clock": JSONValue(clock),
            "sdcs": .list(sums(before: clock).map(\.json)),
            "buckets": .list(lines.map(\.json)),
        ]
    }
}

extension PlanProgress.Line {
    fileprivate var json: JSONValue {
        [
            "sdc": .text(sdc.text), "start": JSONValue(period.start), "end": JSONValue(period.end),
            "planned": [
                "observations": .integer(planned.observations), "tiles": .integer(planned.tiles),
                "work": .real(planned.work.value), "capacity": .real(planned.capacity.value),
                "volume": .real(planned.volume.value), "copies": .integer(planned.copies),
            ],
            "done": [
                "orders": .integer(done.orders), "received": .integer(done.received),
                "lost": .integer(done.lost), "on_time": .integer(done.onTime),
                "late": .integer(done.late), "overdue": .integer(done.overdue),
                "failed": .integer(done.failed), "occupied": .real(done.occupied.value),
                "busy": .real(done.busy.value), "bytes": .integer(done.stored),
                "copies": .integer(done.copies),
            ],
        ]
    }
}
