import GroundSegment
import Markup
import Planning

extension Report {
    /// The maintenance within the period, and what work it takes.
    var maintenance: Fragment {
        let period = plan.distribution.buckets.period
        let rows = plan.distribution.sdcs.enumerated().flatMap { place, sdc in
            sdc.maintenance.compactMap { window -> CaptionedTable.Row? in
                guard let span = window.window.intersection(period) else { return nil }
                let lost = sdc.cores * sdc.efficiency * span.days * 24 * (1 - window.availability)
                return CaptionedTable.Row([
                    .coloured(sdc.id.text, colour: colours[place]),
                    .number(window.window.start.iso8601), .number(window.window.end.iso8601),
                    .number(NumberText.percent(window.availability, 0)),
                    .number(NumberText.grouped(lost)), .text(window.summary),
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
