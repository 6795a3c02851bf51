import Catalogue
import Markup
import WebService

/// The distributions that ever were published, a page at a time.
struct DistributionsPage {
    private let plans: ArraySlice<PublishedPlan>
    private let next: String?
    private let data: String
    private let total: Int
    private let filter: [Fragment]
    private let survey: String?

    /// How many a page shows.
    static let rows = 100

    /// - Parameters:
    ///   - plans: all of them, newest first.
    ///   - place: where the page before ended; `nil` for the first page.
    ///   - survey: the only one whose they are; `nil` where of all.
    ///   - filter: a form that asks for others.
    init(
        _ plans: [PublishedPlan], after place: String?, survey: String? = nil,
        filter: [Fragment] = []
    ) {
        total = plans.count
        self.survey = survey
        self.filter = filter
        let start = plans.firstIndex { DistributionTable.key($0) == place }.map { $0 + 1 } ?? 0
        self.plans = plans.dropFirst(start).prefix(Self.rows)
        let isLast = start + self.plans.count >= plans.count
        next = isLast ? nil : self.plans.last.map(DistributionTable.key)
        data =
            PageAddress.address(
                "/v1/distributions", ["limit": "\(Self.rows)", "survey": survey])
            + (place.map { "&after=" + PercentCoding.encoded($0) } ?? "")
    }

    var page: Page {
        var page = Page(title: "Published distributions", data: data)
        page.parts += filter
        page.parts.append(Fragment("p", .text("\(plans.count) of \(total), newest first")))
        page.parts.append(Self.table(plans))
        if let next {
            page.parts.append(
                .links([
                    .link(
                        PageAddress.next(
                            PageAddress.address("/distributions", ["survey": survey]), after: next),
                        "Earlier ones")
                ]))
        }
        return page
    }

    /// Distributions, one a row.
    static func table(_ plans: ArraySlice<PublishedPlan>) -> Fragment {
        .table(
            ["Survey", "Revision", "Plan", "Period", "Published", "By", "State", "Comment"],
            plans.map { plan in
                [
                    .text(plan.survey.text),
                    .link(PageAddress.distribution(plan), "\(plan.revision)"), .text(plan.name),
                    .text("\(plan.period.start.date) to \(plan.period.end.date)"),
                    .text(plan.publishedAt.iso8601), .text(plan.author),
                    .text(plan.state.rawValue), .prose(plan.comment ?? ""),
                ]
            })
    }
}
