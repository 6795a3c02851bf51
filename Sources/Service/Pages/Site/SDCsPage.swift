import WebService
import Catalogue
import GroundSegment
import Markup
import Tables

/// The SDCs of a survey and what each holds.
struct SDCsPage {
    let survey: SurveyOwnership
    let request: RouteRequest
    let time: AskedTime

    var page: Page {
        let at = request.text("at")
        var page = Page(
            title: "SDCs of \(survey.survey)",
            data: time.isTooEarly(for: survey)
                ? nil : PageAddress.address("/v1/sdcs", ["survey": survey.survey.text, "at": at]))
        page.parts.append(
            FilterForm(
                action: "/sdcs",
                fields: FilterForm.Field.survey(request.state, survey.survey.text) + [
                    .date(
                        name: "at", label: "At (UTC)", value: time.isAsked ? time.instant.date : "")
                ]
            ).fragment)
        if let remark = time.remark(of: survey) { page.parts.append(.remark(remark)) }
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

    private static func count(_ value: TableValue) -> Cell {
        if case .integer(let number) = value { .count(number) } else { .text("") }
    }

    /// What each SDC holds, one a row.
    static func table(
        _ survey: SurveyOwnership, _ state: ServedState, _ time: AskedTime
    ) -> Fragment {
        let sdcs = state.sdcs(of: survey)
        let rows = zip(sdcs, SDCTable.table(survey, sdcs: sdcs, at: time).rows).map { sdc, row in
            [Cell.link(PageAddress.sdc(sdc, survey.survey), sdc.text)]
                + row.dropFirst().map(count)
        }
        return .table(
            [
                "SDC", "Observations as primary", "as secondary", "Tiles as primary",
                "as secondary",
            ], rows)
    }
}
