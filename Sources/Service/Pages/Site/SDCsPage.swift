import Catalogue
import GroundSegment
import Markup
import Tables
import WebService

/// The SDCs of a survey and what each holds.
struct SDCsPage {
    let survey: SurveyOwnership
    let request: RouteRequest
    let time: AskedTime
    /// Those that are registered; `nil` where the database cannot be reached.
    let runners: [RegisteredRunner]?

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
        page.parts += runnerParts
        page.parts.append(
            .links([
                .link(
                    PageAddress.address("/map", ["survey": survey.survey.text, "at": at]),
                    "The sky by owner"),
                .link(
                    PageAddress.address("/progress", ["survey": survey.survey.text]),
                    "How far they are"),
                .link("/v1/runners", "Their runners as data"),
            ]))
        return page
    }

    /// Who serves each SDC; a runner that is silent stands out.
    private var runnerParts: [Fragment] {
        guard let runners else {
            return [.remark("The catalogue cannot be reached now: the runners are missing.")]
        }
        let known = Dictionary(runners.map { ($0.sdc, $0) }) { first, _ in first }
        return [
            .heading("Runners"),
            .table(
                ["SDC", "Runner", "Host", "Last sign (UTC)"],
                request.state.sdcs(of: survey).map { sdc in
                    let runner = known[sdc]
                    return [
                        .link(PageAddress.sdc(sdc, survey.survey), sdc.text),
                        Cell(Self.text(of: runner)), .text(runner?.host ?? ""),
                        .text(runner?.lastSign.iso8601 ?? ""),
                    ]
                }),
            Fragment(
                "p",
                """
                A runner tells of itself every few seconds; "no sign" stands where it has not for \
                longer than its lease, usually a minute.
                """),
        ]
    }

    /// Whether a runner is there, in a few words.
    static func text(of runner: RegisteredRunner?) -> Fragment {
        guard let runner else { return "none" }
        guard case .gone = runner.presence else { return .text(runner.text) }
        return Fragment("span", ["class": "is-late"], .text(runner.text))
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
