import Catalogue
import GroundSegment
import Markup
import WebService

extension Backend {
    /// Pages for people; not part of the interface's description.
    var pageRoutes: [Route] {
        [
            Route("/style.css", "", result: .document(mediaType: "text/css")) { _ in
                .document(Stylesheet.css + ServiceStyle.css, "text/css; charset=utf-8")
            },
            Route("/progress.js", "", result: .document(mediaType: "text/javascript")) { _ in
                .document(ProgressPage.script, "text/javascript; charset=utf-8")
            },
            page("/", []) {
                StartPage(state: $0.state, time: AskedTime(instant: now(), isAsked: false)).page
            },
            page("/help", []) { request in
                let examples = request.state.snapshot.surveys.first.flatMap {
                    HelpExamples(address: publicAddress, $0, at: now())
                }
                return HelpPage(examples: examples).page
            },
        ] + itemPages + siteRoutes + orderPages + campaignPages + distributionPages
    }

    private var siteRoutes: [Route] {
        [
            page("/sdcs", [.at, .survey]) { request in
                SDCsPage(
                    survey: try request.survey(), request: request,
                    time: request.time(now: now()),
                    runners: try await ifReachable {
                        try await sessions.with { try await RunnerRegistry($0).runners() }
                    }
                ).page
            },
            page("/sdcs/{id}", [Self.sdc, .at, .survey]) { try await sdcPage($0) },
            page("/sdcs/{id}/load", [Self.sdc, .survey]) { request in
                let (survey, id) = try sdc(request)
                return LoadPage(
                    id: id, survey: survey.survey, plans: request.state.plans(of: survey)
                ).page
            },
            page("/sdcs/{id}/only-there", [Self.sdc, .survey] + Self.dependentDates) { request in
                OnlyTherePage(
                    sdc: ID(request.required("id")), request: request,
                    holdings: try await soleHoldings(request)
                ).page
            },
            page("/map", [.at, .survey]) { request in
                let survey = try request.survey()
                let time = request.time(now: now())
                return MapPage(
                    survey: survey, request: request, time: time,
                    map: time.isTooEarly(for: survey)
                        ? nil : await map(of: survey, time, request.state)
                ).page
            },
            page("/actual", [.survey]) { request in
                let fields = FilterForm.Field.survey(
                    request.state, request.text("survey"), none: nil)
                let count = try await actual(request)
                return ActualPage(
                    progress: count.progress,
                    filter: fields.isEmpty
                        ? [] : [FilterForm(action: "/actual", fields: fields).fragment],
                    clock: count.at
                ).page
            },
            page("/progress", Self.orderFilters + [.after]) { request in
                let lines = try await progress(request)
                let orders = try await orders(request, limit: ProgressPage.rows)
                return ProgressPage(
                    request: request, lines: lines, orders: orders.shown, next: orders.next,
                    clock: now()
                ).page
            },
        ]
    }

    private var orderPages: [Route] {
        [
            page("/orders", Self.orderFilters + [.after]) { request in
                let counts = try await orderCounts(listing(request))
                let orders = try await orders(request, limit: OrdersPage.rows)
                return OrdersPage(
                    request: request, counts: counts, orders: orders.shown, next: orders.next
                ).page
            },
            page("/orders/{id}", [Self.order]) { request in
                let (found, reason) = try await order(request)
                return OrderPage(order: found, reason: reason).page
            },
        ]
    }

    private var campaignPages: [Route] {
        [
            page("/campaigns", [.survey]) { request in
                CampaignsPage(request: request, campaigns: try await summaries(request)).page
            },
            page("/campaigns/{name}", [Self.campaign, .survey]) { request in
                CampaignPage(found: try await campaign(request), clock: now()).page
            },
        ]
    }

    private var distributionPages: [Route] {
        [
            page("/distributions", [.after, .survey]) { request in
                let survey = try request.text("survey").map {
                    try request.state.survey(named: $0)
                }
                let fields = FilterForm.Field.survey(
                    request.state, request.text("survey"), none: "all")
                return DistributionsPage(
                    survey?.plans ?? request.state.snapshot.plans, after: request.text("after"),
                    survey: request.text("survey"),
                    filter: fields.isEmpty
                        ? [] : [FilterForm(action: "/distributions", fields: fields).fragment]
                ).page
            },
            page("/distributions/{survey}/{revision}", Self.revision + [Self.against]) { request in
                let plan = try distribution(request)
                return DistributionPage(
                    published: plan, plan: request.state.plans[plan.digest],
                    survey: try request.state.survey(named: plan.survey.text),
                    difference: try await ifReachable { try await difference(of: plan, request) }
                ).page
            },
            page(
                "/changes", [.query("since", .date, "Published at it or later."), .survey, .after]
            ) { request in
                let since = request.date("since") ?? request.state.firstPublication ?? now()
                let (rows, next) = try await changes(
                    request, since: since, limit: ChangesPage.limit)
                return ChangesPage(request: request, since: since, rows: rows, next: next).page
            },
        ]
    }

    private func sdcPage(_ request: RouteRequest) async throws -> Page {
        let (survey, id) = try sdc(request)
        return try await sdcPage(id, of: survey, request)
    }

    func sdcPage(
        _ id: ID<SDC>, of survey: SurveyOwnership, _ request: RouteRequest
    ) async throws -> Page {
        let clock = now()
        let time = request.time(now: clock)
        var listing = OrderListing()
        listing.survey = survey.survey
        listing.sdc = id
        let asked = listing
        let orders = try await ifReachable {
            try await sessions.with { connection in
                (
                    lines: try await OrderProgress.read(
                        connection, survey: survey.survey, clock: clock
                    ).filter { $0.sdc == id },
                    first: try await OrderStore(connection).page(
                        asked, limit: SDCPage.orderRows, clock: clock),
                    runner: try await RunnerRegistry(connection).runners(sdc: id).first
                )
            }
        }
        return SDCPage(
            id: id, survey: survey, plans: request.state.plans(of: survey), time: time,
            orders: orders,
            map: await map(of: survey, time, sdc: id, request.state),
            surveys: request.state.loads(of: id)
        ).page
    }

    /// What the database tells; `nil` where it cannot be asked now.
    func ifReachable<Value: Sendable>(
        _ body: () async throws -> Value
    ) async throws -> Value? {
        do { return try await body() } catch let problem as Problem
            where problem.status == .serviceUnavailable
        {
            return nil
        }
    }

    func page(
        _ path: String, _ parameters: [Parameter],
        _ make: @escaping @Sendable (RouteRequest) async throws -> Page
    ) -> Route {
        Route(
            path, "", parameters, result: .document(mediaType: Page.mediaType),
            failure: Self.failure
        ) { request in
            var page = try await make(request)
            page.navigation =
                SiteHeader(
                    text: request.text("q") ?? "", date: request.date("at")?.date ?? ""
                ).fragment
            return .document(page.text, Page.mediaType)
        }
    }

    /// A problem as a page that leads on.
    static let failure: @Sendable (Problem) -> FailureDocument = { problem in
        var page = Page(
            title: problem.status.reasonPhrase, data: nil, parts: [.remark(problem.detail)])
        page.navigation = SiteHeader().fragment
        return FailureDocument(
            status: problem.status, text: page.text, mediaType: Page.mediaType)
    }
}
