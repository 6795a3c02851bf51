import Catalogue
import GroundSegment

/// What is published, and where to ask.
struct StartPage {
    let state: ServedState
    /// Time of ownership.
    let instant: MJD

    var page: Page {
        var page = Page(title: "Distribution of the ground segment", data: "/v1/distributions")
        page.parts.append(form)
        page.parts.append(.heading("Published distributions"))
        page.parts.append(
            .table(
                ["Survey", "Revision", "Plan", "Period", "Published", "By", "Comment"],
                state.snapshot.plans.map(Self.row)))
        for survey in state.snapshot.surveys {
            page.parts.append(.heading("SDCs of \(survey.survey)"))
            page.parts.append(holdings(survey))
        }
        page.parts.append(.heading("For programs"))
        page.parts.append(.link("/openapi.json", "The interface as OpenAPI"))
        return page
    }

    /// Works without script: the answer is the interface's own.
    private var form: Markup {
        let choices = state.snapshot.surveys.map { survey in
            "<option>\(MarkupText.escaped(survey.survey.text))</option>"
        }.joined()
        return Markup(
            html: """
                <form action="/v1/owner">
                <label>RA <input name="ra" inputmode="decimal" required></label>
                <label>Dec <input name="dec" inputmode="decimal" required></label>
                <label>Survey <select name="survey">\(choices)</select></label>
                <button>Who owns this position?</button>
                </form>
                """)
    }

    private static func row(_ plan: PublishedPlan) -> [Markup] {
        [
            .text(plan.survey.text), .link(PageAddress.distribution(plan), "\(plan.revision)"),
            .text(plan.name), .text("\(plan.period.start.date) to \(plan.period.end.date)"),
            .text(plan.publishedAt.iso8601), .text(plan.author), .text(plan.comment ?? ""),
        ]
    }

    private func holdings(_ survey: SurveyOwnership) -> Markup {
        let sdcs = state.sdcs(of: survey)
        let table = SDCTable.table(survey, sdcs: sdcs, at: instant)
        let rows = zip(sdcs, table.rows).map { sdc, row in
            [Markup.link(PageAddress.sdc(sdc, survey.survey), sdc.text)]
                + row.dropFirst().map { .text(JSONValue($0).encoded) }
        }
        return .table(
            [
                "SDC", "Observations as primary", "as secondary", "Tiles as primary",
                "as secondary",
            ], rows)
    }
}
