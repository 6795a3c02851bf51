import Catalogue
import DataDictionary
import GroundSegment
import Tables
import WebService

extension Backend {
    /// How far the processing is: orders by week, one by one, and as it goes on.
    var orderRoutes: [Route] {
        [
            Route(
                "/v1/progress", "How many orders are in which state, by SDC and week of release.",
                [.survey("Only this survey's.")], result: .table(ProgressTable.columns),
                problems: [503: Self.needsDatabase]
            ) { request in
                let lines = try await progress(request)
                return Answer(
                    content: .table(
                        AnswerTable(
                            name: "progress", description: "Processing orders by SDC and week.",
                            columns: ProgressTable.columns,
                            rows: lines.map(ProgressTable.row))), caching: .never)
            },
            Route(
                "/v1/progress/events",
                "How many orders are in which state, as server-sent events of the kind progress, "
                    + "one whenever that changes.",
                result: .document(mediaType: ServerSentEvents.mediaType),
                problems: [503: "As many follow already as the service takes."]
            ) { try progressEvents($0) },
            Route(
                "/v1/orders",
                "The processing orders: failed ones first, then stopped, running, waiting, "
                    + "completed and withdrawn ones, each by time of release.",
                Self.orderFilters + [.limit(limits.rows), .after],
                result: .table(OrderTable.columns),
                problems: [404: "No such page.", 503: Self.needsDatabase]
            ) { request in
                let limit = request.limit(limits.rows)
                let orders = try await orders(request, limit: limit)
                return Answer(
                    content: .table(
                        AnswerTable(
                            name: "orders", description: "Processing orders.",
                            columns: OrderTable.columns,
                            rows: orders.shown.map(OrderTable.row))), caching: .never,
                    next: orders.next.map { request.next(after: $0) })
            },
        ]
    }

    static let orderFilters: [Parameter] = [
        .survey("Only this survey's."),
        .query("sdc", .text, "Only those of this SDC."),
        .query(
            "state", .choice(OrderState.allCases.map(\.rawValue)), "Only those in this state."),
        .query("week", .date, "Only those released in the seven days from it on."),
        .query("late", .choice(["yes"]), "Only those not ended though their week is over."),
        .query("tile", .text, "Only this tile's."),
        .query("observation", .text, "Only this observation's."),
    ]

    /// Orders by week, of the survey that a request names or of all.
    func progress(_ request: RouteRequest) async throws -> [OrderProgress] {
        let survey = try request.text("survey").map { try request.state.survey(named: $0).survey }
        let clock = now()
        return try await sessions.with { connection in
            try await OrderProgress.read(connection, survey: survey, clock: clock)
        }
    }

    /// The orders that a request asks for, and where the following ones begin.
    func orders(
        _ request: RouteRequest, limit: Int
    ) async throws -> (shown: [ListedOrder], next: String?) {
        var listing = OrderListing()
        listing.survey = try request.text("survey").map {
            try request.state.survey(named: $0).survey
        }
        listing.sdc = request.text("sdc").map { ID($0) }
        listing.state = request.text("state").flatMap(OrderState.init(rawValue:))
        listing.week = request.date("week")
        listing.isLate = request.text("late") != nil
        listing.item =
            request.text("tile").map { .tile(ID($0)) }
            ?? request.text("observation").map { .observation(ID($0)) }
        listing.after = try request.text("after").map(OrderTable.place)
        let asked = listing
        let clock = now()
        let orders = try await sessions.with { connection in
            try await OrderStore(connection).page(asked, limit: limit + 1, clock: clock)
        }
        let shown = Array(orders.prefix(limit))
        return (shown, orders.count > limit ? shown.last.map { OrderTable.cursor($0.place) } : nil)
    }

    private func progressEvents(_ request: RouteRequest) throws(Problem) -> Answer {
        guard let states = board.follow(limit: limits.followers) else {
            throw Problem(
                status: .serviceUnavailable,
                detail: "too many follow the progress; try again later",
                headers: [.retryAfter: "60"])
        }
        return ServerSentEvents.answer(
            greeting: "progress", from: request.state, states: states
        ) {
            var log = ProgressLog()
            return { log.events($0) }
        }
    }
}
