import WebService
import Catalogue
import GroundSegment
import Markup
import Planning
import Reporting

/// An SDC's planned work, week by week, over all of the plans in force.
struct LoadPage {
    let id: ID<SDC>
    let survey: ID<SurveyPlan>
    let plans: [(published: PublishedPlan, plan: Plan)]

    var page: Page {
        var page = Page(
            title: "Load of \(id) by week, \(survey)",
            data: PageAddress.address("/v1/sdcs/\(id.text.inPath)/load", ["survey": survey.text]))
        page.parts.append(
            Fragment(
                "p",
                [
                    .text("What the plans in force give to "),
                    .link(PageAddress.sdc(id, survey), id.text),
                    .text(
                        " as primary. Observations count in the week of their arrival, tiles in"
                            + " that in which they are ready; the target is its share of all work."),
                ]))
        for entry in plans {
            page.parts.append(
                .heading("\(entry.published.name), revision \(entry.published.revision)"))
            page.parts.append(Self.table(of: entry.plan, id) ?? Self.none)
        }
        if plans.isEmpty { page.parts.append(.remark("No plan of \(survey) is in force.")) }
        return page
    }

    /// What stands in the place of a table.
    static var none: Fragment { .remark("The plan tells no loads of this SDC.") }

    /// The buckets of a plan in a range, one a row; `nil` where it tells nothing of the SDC.
    static func table(of plan: Plan, _ id: ID<SDC>, _ range: Range<Int>? = nil) -> Fragment? {
        guard let load = plan.measures.loads.first(where: { $0.sdc == id }),
            !load.buckets.isEmpty
        else { return nil }
        let site = plan.distribution.sdcs.first { $0.id == id }
        let shown = (range ?? load.buckets.indices).clamped(to: load.buckets.indices)
        return .table(
            [
                "Week from", "Observations", "Tiles", "Work, core-hours", "Target", "Capacity",
                "Available", "Utilisation",
            ],
            shown.map { index in
                let bucket = load.buckets[index]
                let window = plan.distribution.buckets[index]
                return [
                    .text(window.start.date), .count(bucket.observations), .count(bucket.tiles),
                    .grouped(bucket.work.value), .grouped(bucket.target.value),
                    .grouped(bucket.capacity.value),
                    .number(
                        site.map {
                            NumberText.grouped(100 * $0.meanAvailability(over: window)) + "%"
                        } ?? ""),
                    bucket.capacity > .zero
                        ? .meter(min(bucket.work / bucket.capacity, 1e6)) : .text("closed"),
                ]
            })
    }
}
