import Catalogue
import GroundSegment
import Planning

/// An SDC's maintenance and planned load as an iCalendar object (RFC 5545).
///
/// An event's UID stays the same as long as the plan says the same of the same time, so that
/// calendar programs update what they have.
struct CalendarDocument {
    let sdc: ID<SDC>
    /// The plans in force.
    let plans: [(published: PublishedPlan, plan: Plan)]

    /// The object: lines end with CRLF and are folded at 75 octets.
    var text: String {
        let lines =
            [
                "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//SGS//distribution//EN",
                "NAME:" + Self.escaped("\(sdc) of the ground segment"),
            ] + events + ["END:VCALENDAR"]
        return lines.map { Self.folded($0) + "\r\n" }.joined()
    }

    private var events: [String] {
        let windows = plans.map { published, plan in
            (published, plan.distribution.sdcs.first { $0.id == sdc }?.maintenance ?? [])
        }
        var names = UniqueNames()
        let maintenance = MaintenanceEvents(sdc: sdc, plans: windows, names: &names)
        return self.maintenance(maintenance.events) + loads(&names)
    }

    private func maintenance(_ events: [MaintenanceEvents.Event]) -> [String] {
        events.flatMap { event in
            let window = event.window
            return self.event(
                uid: event.uid, plan: event.published,
                summary: window.summary.isEmpty ? "Maintenance" : window.summary,
                window: window.window,
                more: ["TRANSP:OPAQUE", "X-SGS-AVAILABILITY:\(window.availability)"])
        }
    }

    /// The loads by bucket; of two plans' buckets with one start the newer publication's.
    private func loads(_ names: inout UniqueNames) -> [String] {
        var buckets: [MJD: (published: PublishedPlan, window: TimeWindow, load: BucketLoad)] = [:]
        for (published, plan) in plans.sorted(by: { $0.published.revision < $1.published.revision })
        {
            let loads = plan.measures.loads.first { $0.sdc == sdc }?.buckets ?? []
            for (index, load) in loads.enumerated() {
                let window = plan.distribution.buckets[index]
                buckets[window.start] = (published, window, load)
            }
        }
        var lines: [String] = []
        for bucket in buckets.values.sorted(by: { $0.window.start < $1.window.start }) {
            let start = bucket.window.start
            let prefix = "load-\(bucket.published.survey)-\(sdc)-"
            let uid = names.name(prefix + start.date, else: prefix + start.basicISO8601)
            lines += load(uid, bucket.published, bucket.window, bucket.load)
        }
        return lines
    }

    private func load(
        _ uid: String, _ plan: PublishedPlan, _ window: TimeWindow, _ load: BucketLoad
    ) -> [String] {
        let percent =
            load.capacity > .zero
            ? Int(saturating: (100 * (load.work / load.capacity)).rounded()) : 0
        return event(
            uid: uid, plan: plan,
            summary: "\(percent)% of capacity: \(load.observations) observations, "
                + "\(load.tiles) tiles",
            window: window,
            more: [
                "DESCRIPTION:"
                    + Self.escaped(
                        "Work \(Int(saturating: load.work.value)) of \(Int(saturating: load.capacity.value)) "
                            + "core-hours, by \(plan.name), revision \(plan.revision)"),
                "TRANSP:TRANSPARENT",
            ])
    }

    private func event(
        uid: String, plan: PublishedPlan, summary: String, window: TimeWindow, more: [String]
    ) -> [String] {
        [
            "BEGIN:VEVENT", "UID:" + Self.escaped(uid),
            "DTSTAMP:\(plan.publishedAt.basicISO8601)", "SEQUENCE:\(plan.revision)",
            "DTSTART:\(window.start.basicISO8601)", "DTEND:\(window.end.basicISO8601)",
            "SUMMARY:" + Self.escaped(summary),
        ] + more + ["END:VEVENT"]
    }

    /// A text value (section 3.3.11).
    private static func escaped(_ text: String) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\\", ";", ",": result += "\\" + String(scalar)
            case "\n": result += "\\n"
            case _ where scalar.value < 0x20 || scalar.value == 0x7F: continue
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }

    /// A content line cut at 75 octets, never within a character (section 3.1).
    private static func folded(_ line: String) -> String {
        var result = ""
        var octets = 0
        for scalar in line.unicodeScalars {
            let width = UTF8.width(scalar)
            if octets + width > 75 {
                result += "\r\n "
                octets = 1
            }
            result.unicodeScalars.append(scalar)
            octets += width
        }
        return result
    }
}
