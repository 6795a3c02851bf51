import GroundSegment
import Markup
import Planning

extension Report {
    /// A window of maintenance as tables tell it.
    struct MaintenanceRow {
        let from: String
        let until: String
        /// The part of the SDC that is available.
        let available: String
        /// Core-hours that the window takes by itself within the period.
        let lost: String
        let summary: String
    }

    /// The windows of an SDC that meet a period.
    static func maintenanceRows(of sdc: SDC, within period: TimeWindow) -> [MaintenanceRow] {
        sdc.maintenance.compactMap { window in
            guard let span = window.window.intersection(period) else { return nil }
            let lost = sdc.cores * sdc.efficiency * span.days * 24 * (1 - window.availability)
            return MaintenanceRow(
                from: window.window.start.iso8601, until: window.window.end.iso8601,
                available: NumberText.percent(window.availability, 0),
                lost: NumberText.grouped(lost), summary: window.summary)
        }
    }

    /// The maintenance within the period, and what work it takes.
    var maintenance: Fragment {
        let period = plan.distribution.buckets.period
        let rows = plan.distribution.sdcs.enumerated().flatMap { place, sdc in
            Self.maintenanceRows(of: sdc, within: period).map {
                CaptionedTable.Row([
                    .coloured(sdc.id.text, colour: colours[place]), .number($0.from),
                    .number($0.until), .number($0.available), .number($0.lost), .text($0.summary),
                ])
            }
        }
        guard !rows.isEmpty else {
            return section("Maintenance", [paragraph("None is announced within the period.")])
        }
        return section(
            "Maintenance",
            [
                CaptionedTable(
                    caption: "Announced maintenance within the period, UTC; core-hours that each"
                        + " window takes by itself within it",
                    header: ["SDC", "From", "Until", "Available", "Core-hours", "Announcement"],
                    rows: rows
                ).fragment
            ])
    }
}
