import Catalogue
import Documents
import GroundSegment
import Markup

/// The SDCs of a survey and what each holds.
struct SDCsPage {
    let survey: SurveyOwnership
    let request: RouteRequest
    let time: AskedTime

    var page: Page {
        let at = request.text("at")
        var page = Page(
            title: "SDCs of \(survey.survey)",
            data: PageAddress.address("/v1/sdcs", ["survey": survey.survey.text, "at": at]))
        page.parts.append(
            FilterForm(
                action: "/sdcs",
                fields: FilterForm.Field.survey(request.state, survey.survey.text) + [
                    .date(
                        name: "at", label: "At (UTC)", value: time.isAsked ? time.instant.date : "")
                ]
            ).fragment)
        page.parts.append(Self.table(survey, request.state, time))
        page.parts.append(
            .links([
                .link(
                    PageAddress.address("/map", ["survey": survey.survey.text, "at": at]),
                    "The sky by owner"),
                .link(
                    PageAddress.address("/progress", ["survey": survey.survey.text]),
                    "How far they are"),
            ]))
        return page
    }

    /// What each SDC holds, one a row.
    static func table(
        _ survey: SurveyOwnership, _ state: ServedState, _ time: AskedTime
    ) -> Fragment {
        let sdcs = state.sdcs(of: survey)
        let rows = zip(sdcs, SDCTable.table(survey, sdcs: sdcs, at: time).rows).map { sdc, row in
            [Cell.link(PageAddress.sdc(sdc, survey.survey), sdc.text)]
                + row.dropFirst().map { .number(JSONValue($0).encoded) }
        }
        return .table(
            [
                "SDC", "Observations as primary", "as secondary", "Tiles as primary",
                "as secondary",
            ], rows)
    }
}
