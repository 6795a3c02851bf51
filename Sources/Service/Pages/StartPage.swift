import Catalogue
import GroundSegment

/// What is published, and where to ask.
struct StartPage {
    let state: ServedState
    let time: AskedTime

    var page: Page {
        var page = Page(title: "Distribution of the ground segment", data: "/v1/distributions")
        page.parts.append(form)
        page.parts.append(.heading("Published distributions"))
        let newest = state.snapshot.plans.sorted { $0.publishedAt > $1.publishedAt }
        page.parts.append(DistributionsPage.table(newest.prefix(Self.shown)))
        if newest.count > Self.shown {
            page.parts.append(.links([.link("/distributions", "All \(newest.count)")]))
        }
        for survey in state.snapshot.surveys {
            page.parts.append(.heading("SDCs of \(survey.survey)"))
            page.parts.append(holdings(survey))
        }
        page.parts.append(.heading("For programs"))
        page.parts.append(.link("/openapi.json", "The interface as OpenAPI"))
        return page
    }

    /// How many distributions it shows at most.
    private static let shown = 10

    /// Works without script.
    private var form: Markup {
        let choices = state.snapshot.surveys.map { survey in
            // Without a value, a browser sends the text with its spaces collapsed.
            let name = MarkupText.escaped(survey.survey.text)
            return "<option value=\"\(name)\">\(name)</option>"
        }.joined()
        return Markup(
            html: """
                <form action="/owner">
                <label>RA <input name="ra" inputmode="decimal" required></label>
                <label>Dec <input name="dec" inputmode="decimal" required></label>
                <label>Survey <select name="survey">\(choices)</select></label>
                <button>Who owns this position?</button>
                </form>
                """)
    }

    private func holdings(_ survey: SurveyOwnership) -> Markup {
        let sdcs = state.sdcs(of: survey)
        let table = SDCTable.table(survey, sdcs: sdcs, at: time)
        let rows = zip(sdcs, table.rows).map { sdc, row in
            [Markup.link(PageAddress.sdc(sdc, survey.survey), sdc.text)]
                + row.dropFirst().map { Markup(html: JSONValue($0).encoded, style: .number) }
        }
        return .table(
            [
                "SDC", "Observations as primary", "as secondary", "Tiles as primary",
                "as secondary",
            ], rows)
    }
}
