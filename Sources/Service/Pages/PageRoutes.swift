import Catalogue
import GroundSegment

extension Backend {
    /// Pages for people; not part of the interface's description.
    var pageRoutes: [Route] {
        [
            Route("/style.css", "", result: .document(mediaType: "text/css")) { _ in
                .document(Page.style, "text/css; charset=utf-8")
            },
            page("/", []) { StartPage(state: $0.state, instant: now()).page },
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
                    instant: request.date("at") ?? now()
                ).page
            },
            page("/distributions/{survey}/{revision}", Self.revision) { request in
                let plan = try distribution(request)
                return DistributionPage(published: plan, plan: request.state.plans[plan.digest])
                    .page
            },
        ]
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
