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
        page.parts.append(form)
        page.parts.append(.heading("Published distributions"))
        let newest = state.snapshot.plans.sorted { $0.publishedAt > $1.publishedAt }
        page.parts.append(DistributionsPage.table(newest.prefix(Self.shown)))
        if newest.count > Self.shown {
            page.parts.append(.links([.link("/distributions", "All \(newest.count)")]))
        }
        for survey in state.snapshot.surveys {
            page.parts.append(.heading("SDCs of \(survey.survey)"))
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

    /// Works without script.
    private var form: Fragment {
        let choices = state.snapshot.surveys.map { survey in
            // Without a value, a browser sends the text with its spaces collapsed.
            Fragment("option", ["value": survey.survey.text], .text(survey.survey.text))
        }
        func coordinate(_ label: String, _ name: String) -> Fragment {
            Fragment(
                "label",
                [
                    .text(label + " "),
                    Fragment("input", ["name": name, "inputmode": "decimal", "required": ""]),
                ])
        }
        return Fragment(
            "form", ["action": "/owner"],
            [
                coordinate("RA", "ra"), coordinate("Dec", "dec"),
                Fragment(
                    "label", [.text("Survey "), Fragment("select", ["name": "survey"], choices)]),
                Fragment("button", .text("Who owns this position?")),
            ])
    }
}
