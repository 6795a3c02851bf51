import Catalogue
import GroundSegment
import Planning

/// An SDC's maintenance and planned load as an iCalendar object (RFC 5545).
///
/// An event's UID stays the same as long as the plan says the same of the same time, so that
/// calendar programs update what they have.
struct CalendarDocument {
    let sdc: ID<SDC>
    let plans: [(published: PublishedPlan, plan: Plan)]

    /// The object: lines end with CRLF and are folded at 75 octets.
    var text: String {
        let lines =
            [
                "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//SGS//distribution//EN",
                "NAME:" + Self.escaped("\(sdc) of the ground segment"),
            ] + plans.flatMap(events) + ["END:VCALENDAR"]
        return lines.map { Self.folded($0) + "\r\n" }.joined()
    }

    private func events(_ published: PublishedPlan, _ plan: Plan) -> [String] {
        let site = plan.distribution.sdcs.first { $0.id == sdc }
        let windows = site?.maintenance ?? []
        let maintenance = windows.flatMap { window in
            self.maintenance(
                published, window, recurs: windows.count { $0.uid == window.uid } > 1)
        }
        let loads = plan.measures.loads.first { $0.sdc == sdc }?.buckets ?? []
        let buckets = plan.distribution.buckets
        return maintenance
            + loads.enumerated().flatMap { load(published, buckets[$0], $1) }
    }

    /// A window that its calendar announces by itself keeps the UID from there, also when it is
    /// moved; of a series, and where it has none, its start makes it one.
    private func maintenance(
        _ plan: PublishedPlan, _ window: MaintenanceWindow, recurs: Bool
    ) -> [String] {
        let start = Self.stamp(window.window.start)
        let source = window.uid.isEmpty ? "maintenance-\(sdc)" : window.uid
        let uid = recurs || window.uid.isEmpty ? "\(source)/\(start)" : source
        let summary = window.summary.isEmpty ? "Maintenance" : window.summary
        return event(
            uid: uid, plan: plan, summary: summary,
            times: ["DTSTART:\(start)", "DTEND:\(Self.stamp(window.window.end))"],
            more: ["TRANSP:OPAQUE", "X-SGS-AVAILABILITY:\(window.availability)"])
    }

    private func load(_ plan: PublishedPlan, _ window: TimeWindow, _ load: BucketLoad) -> [String] {
        let percent =
            load.capacity > .zero
            ? Int(saturating: (100 * (load.work / load.capacity)).rounded()) : 0
        return event(
            uid: "load-\(plan.survey)-\(sdc)-\(window.start.date)", plan: plan,
            summary: "\(percent)% of capacity: \(load.observations) observations, "
                + "\(load.tiles) tiles",
            times: [
                "DTSTART:\(Self.stamp(window.start))", "DTEND:\(Self.stamp(window.end))",
            ],
            more: [
                "DESCRIPTION:"
                    + Self.escaped(
                        "Work \(Int(saturating: load.work.value)) of"
                            + " \(Int(saturating: load.capacity.value)) core-hours, "
                            + "by \(plan.name), revision \(plan.revision)"), "TRANSP:TRANSPARENT",
            ])
    }

    private func event(
        uid: String, plan: PublishedPlan, summary: String, times: [String], more: [String]
    ) -> [String] {
        [
            "BEGIN:VEVENT", "UID:" + Self.escaped(uid), "DTSTAMP:\(Self.stamp(plan.publishedAt))",
            "SEQUENCE:\(plan.revision)",
        ] + times + ["SUMMARY:" + Self.escaped(summary)] + more + ["END:VEVENT"]
    }

    /// Form 2 of RFC 5545 section 3.3.5: `20270119T060000Z`.
    private static func stamp(_ instant: MJD) -> String {
        instant.iso8601.filter { $0 != "-" && $0 != ":" }
    }

    /// A text value (section 3.3.11).
    private static func escaped(_ text: String) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\\", ";", ",": result += "\\" + String(scalar)
            case "\n": result += "\\n"
            case _ where scalar.value < 0x20: continue
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
