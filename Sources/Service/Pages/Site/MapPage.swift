import WebService
import Catalogue
import GroundSegment
import Markup

/// The sky by owner at a time.
struct MapPage {
    let survey: SurveyOwnership
    let request: RouteRequest
    let time: AskedTime
    /// `nil` where no tile has an owner.
    let map: Fragment?

    var page: Page {
        let at = request.text("at")
        let isTooEarly = time.isTooEarly(for: survey)
        var page = Page(
            title: "Owners of the sky by \(survey.survey), "
                + (time.isAsked ? time.instant.brief : time.instant.date),
            data: isTooEarly
                ? nil
                : PageAddress.address("/v1/tiles", ["survey": survey.survey.text, "at": at]))
        page.parts.append(
            FilterForm(
                action: "/map",
                fields: FilterForm.Field.survey(request.state, survey.survey.text) + [
                    .date(
                        name: "at", label: "At (UTC)", value: time.isAsked ? time.instant.date : "")
                ]
            ).fragment)
        if let remark = time.remark(of: survey) { page.parts.append(.remark(remark)) }
        guard !isTooEarly else { return page }
        let sdcs = request.state.sdcs(of: survey)
        page.parts.append(map ?? .remark("no tile has an owner at this time"))
        page.parts.append(
            .links(
                sdcs.map { sdc in
                    .link(
                        PageAddress.address(
                            "/v1/sdcs/\(sdc.text.inPath)/moc",
                            ["survey": survey.survey.text, "at": at, "format": "fits"]),
                        "MOC of \(sdc)")
                }))
        return page
    }
}
