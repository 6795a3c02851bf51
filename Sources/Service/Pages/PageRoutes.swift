import Catalogue
import GroundSegment
import Markup
import SkyGeometry
import WebService

extension Backend {
    /// Pages for people; not part of the interface's description.
    var pageRoutes: [Route] {
        [
            Route("/style.css", "", result: .document(mediaType: "text/css")) { _ in
                .document(Stylesheet.css, "text/css; charset=utf-8")
            },
            page("/", []) {
                StartPage(state: $0.state, time: AskedTime(instant: now(), isAsked: false)).page
            },
            page("/distributions", [.after]) { request in
                DistributionsPage(request.state.snapshot.plans, after: request.text("after")).page
            },
            page("/owner", Self.position + [.at, .survey]) { try ownerPage($0) },
            page("/tiles/{id}", [.item, .at, .survey]) { request in
                try ItemPage(.tile(ID(request.required("id"))), request, now: now()).page
            },
            page("/observations/{id}", [.item, .at, .survey]) { request in
                try ItemPage(.observation(ID(request.required("id"))), request, now: now()).page
            },
            page("/sdcs/{id}", [Self.sdc, .at, .survey]) { request in
                let (survey, id) = try sdc(request)
                return SDCPage(
                    id: id, survey: survey, plans: request.state.plans(of: survey),
                    time: try request.time(survey, now: now())
                ).page
            },
            page("/distributions/{survey}/{revision}", Self.revision) { request in
                let plan = try distribution(request)
                return DistributionPage(published: plan, plan: request.state.plans[plan.digest])
                    .page
            },
        ]
    }

    /// The tile that holds a position.
    private func ownerPage(_ request: RouteRequest) throws(Problem) -> Page {
        let survey = try request.survey()
        let position = SkyPosition(ra: request.requiredReal("ra"), dec: request.requiredReal("dec"))
        if let tile = survey.tile(at: position) {
            return try ItemPage(tile.id, request, now: now()).page
        }
        guard let (tile, separation) = survey.nearestTile(to: position) else {
            throw .notFound("the survey has no tile")
        }
        let distance = (separation * 1000).rounded() / 1000
        throw .notFound(
            "no published tile holds RA \(position.ra), Dec \(position.dec); the nearest is "
                + "\(tile.id.text), whose centre is \(distance) degrees away")
    }

    private func page(
        _ path: String, _ parameters: [Parameter],
        _ make: @escaping @Sendable (RouteRequest) throws -> Page
    ) -> Route {
        Route(path, "", parameters, result: .document(mediaType: Page.mediaType)) { request in
            .document(try make(request).text, Page.mediaType)
        }
    }
}

/// Addresses of pages within the service.
enum PageAddress {
    static func sdc(_ sdc: ID<SDC>, _ survey: ID<SurveyPlan>) -> String {
        "/sdcs/\(PercentCoding.encoded(sdc.text))?survey=" + PercentCoding.encoded(survey.text)
    }

    static func distribution(_ plan: PublishedPlan) -> String {
        "/distributions/\(PercentCoding.encoded(plan.survey.text))/\(plan.revision)"
    }
}
