import Catalogue
import GroundSegment
import Markup
import WebService

/// What is published, and where to ask.
struct StartPage {
    let state: ServedState
    let time: AskedTime

    var page: Page {
        var page = Page(title: "Distribution of the ground segment", data: "/v1/distributions")
        page.parts.append(.heading("Published distributions"))
        let newest = state.snapshot.plans.sorted { $0.publishedAt > $1.publishedAt }
        page.parts.append(DistributionsPage.table(newest.prefix(Self.shown)))
        if newest.count > Self.shown {
            page.parts.append(.links([.link("/distributions", "All \(newest.count)")]))
        }
        for survey in state.snapshot.surveys {
            page.parts.append(.heading("SDCs of \(survey.survey)"))
            if let remark = time.remark(of: survey) { page.parts.append(.remark(remark)) }
            page.parts.append(SDCsPage.table(survey, state, time))
        }
        page.parts.append(.heading("For programs"))
        page.parts.append(
            .links([
                .link("/openapi.json", "The interface as OpenAPI"),
                .link("/help", "Examples for curl, Python, TOPCAT and Aladin"),
            ]))
        return page
    }

    /// How many distributions it shows at most.
    private static let shown = 10
}
