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
            Route(
                "/v1/orders/{id}",
                "All that is known of a processing order: its inputs, its life, why it is where it "
                    + "is, what it made and what was copied.",
                [Self.order], result: .document(mediaType: "application/json"),
                problems: [404: Self.noOrder, 503: Self.needsDatabase]
            ) { request in
                let (found, reason) = try await order(request)
                let document = OrderDocument.json(found, reason)
                return Answer(
                    content: .document(document.encoded + "\n", mediaType: "application/json"),
                    caching: .never)
            },
            Route(
                "/v1/order-counts", "How many orders there are, by SDC, state and pipeline.",
                Self.orderFilters, result: .table(OrderCountTable.columns),
                problems: [503: Self.needsDatabase]
            ) { request in
                Answer(
                    content: .table(
                        OrderCountTable.table(try await orderCounts(listing(request)))),
                    caching: .never)
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
        .query("pipeline", .text, "Only those of this pipeline."),
        .query("tile", .text, "Only this tile's."),
        .query("observation", .text, "Only this observation's."),
    ]

    static let order = Parameter.path("id", .text, "Identifier of the order.")
    static let noOrder = "There is no such order."

    /// Orders by week, of the survey that a request names or of all.
    func progress(_ request: RouteRequest) async throws -> [OrderProgress] {
        let survey = try request.text("survey").map { try request.state.survey(named: $0).survey }
        let clock = now()
        return try await sessions.with { connection in
            try await OrderProgress.read(connection, survey: survey, clock: clock)
        }
    }

    /// Which orders a request asks for.
    func listing(_ request: RouteRequest) throws(Problem) -> OrderListing {
        var listing = OrderListing()
        if let survey = request.text("survey") {
            listing.survey = try request.state.survey(named: survey).survey
        }
        listing.sdc = request.text("sdc").map { ID($0) }
        listing.state = request.text("state").flatMap(OrderState.init(rawValue:))
        listing.pipeline = request.text("pipeline")
        listing.week = request.date("week")
        listing.isLate = request.text("late") != nil
        listing.item =
            request.text("tile").map { .tile(ID($0)) }
            ?? request.text("observation").map { .observation(ID($0)) }
        return listing
    }

    /// The orders that a request asks for, and where the following ones begin.
    func orders(
        _ request: RouteRequest, limit: Int
    ) async throws -> (shown: [ListedOrder], next: String?) {
        var place = try listing(request)
        place.after = try request.text("after").map(OrderTable.place)
        let asked = place
        let clock = now()
        let orders = try await sessions.with { connection in
            try await OrderStore(connection).page(asked, limit: limit + 1, clock: clock)
        }
        let shown = Array(orders.prefix(limit))
        return (shown, orders.count > limit ? shown.last.map { OrderTable.cursor($0.place) } : nil)
    }

    /// How many orders of a listing there are.
    func orderCounts(_ listing: OrderListing) async throws -> [OrderCount] {
        let clock = now()
        return try await sessions.with { connection in
            try await OrderStore(connection).counts(listing, clock: clock)
        }
    }

    /// The order that a request names, and why it is where it is.
    func order(_ request: RouteRequest) async throws -> (OrderDetails, OrderReason) {
        let id = ID<ProcessingOrder>(request.required("id"))
        let clock = now()
        let found = try await sessions.with { connection -> (OrderDetails, OrderReason)? in
            do {
                let details = try await OrderStore(connection).details(of: id)
                let runners = try await RunnerRegistry(connection).runners()
                return (details, OrderReason(details, runners: runners, clock: clock))
            } catch let error as CatalogueError where error.code == .unknownItem {
                return nil
            }
        }
        guard let found else { throw Problem.notFound("there is no processing order \(id)") }
        return found
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
