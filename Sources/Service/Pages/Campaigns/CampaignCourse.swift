import Campaigns
import Catalogue
import GroundSegment
import Markup
import Reporting

/// The progress of a campaign week by week beside what was to be done by then, and its expected end.
struct CampaignCourse {
    let found: FoundCampaign
    let clock: MJD

    var fragment: Fragment {
        guard let first = found.weeks.first else { return .remark("It has no jobs yet.") }
        let points = found.weeks.reduce(
            into: [CourseChart.Point(instant: first.start, due: 0, done: 0)]
        ) { points, week in
            let last = points[points.count - 1]
            points.append(
                CourseChart.Point(
                    instant: week.start + 7, due: last.due + week.released,
                    done: last.done + week.completed))
        }
        return CaptionedFigure(
            drawing: CourseChart(
                title: "Progress of \(found.campaign.campaign.id)", points: points, total: total,
                now: clock,
                end: found.forecast.map {
                    CourseChart.End(
                        expected: $0.end, earliest: $0.earliest, latest: $0.latest)
                }
            ).fragment,
            caption: "The area is the jobs that have completed, the broken line those whose orders"
                + " were released until then, the line across all jobs. From the present on, the"
                + " line leads to the expected end, within the shape that it lies in in nine of ten"
                + " cases.",
            finding: CampaignPage.expectation(found),
            numbers: CaptionedTable(
                caption: "Jobs by week",
                header: [
                    "Week from", "Released", "Completed", "Released until its end",
                    "Completed until then",
                ],
                rows: zip(found.weeks, points.dropFirst()).map { week, point in
                    CaptionedTable.Row([
                        .label(week.start.date), Self.number(week.released),
                        Self.number(week.completed), Self.number(point.due),
                        Self.number(point.done),
                    ])
                })
        ).fragment
    }

    private static func number(_ count: Int) -> CaptionedTable.Row.Cell {
        .number(NumberText.grouped(count))
    }

    /// Jobs that are not lost.
    private var total: Int {
        found.campaign.tasks.reduce(0) { $0 + max(0, $1.vector.jobs.total - $1.vector.jobs.lost) }
    }
}
