import Documents
import Execution
import Foundation
import GroundSegment
import HTTPTypes
import WebService

/// The routes of a runner: its interface under /v1, and the pages for people.
struct Interface: Sendable {
    typealias Request = RouteRequest<ServedRunner>

    static let json = "application/json"

    var routes: [Route<ServedRunner>] {
        let documented =
            statusRoutes + runRoutes + [neighbourRoute] + jobRoutes + logRoutes + wasteRoutes
            + noticeRoutes + steeringRoutes
        return documented + [description(documented)] + pageRoutes
    }

    private func description(_ routes: [Route<ServedRunner>]) -> Route<ServedRunner> {
        Route(
            "/v1/openapi.json", "This description (OpenAPI 3.1).",
            result: .document(mediaType: Self.json)
        ) { request in
            .document(
                OpenAPIDocument(
                    info: [
                        "title": .text("Runner of \(request.state.sdc)"),
                        "description": "Runs and payloads at one SDC, seen and steered.",
                        "version": "1",
                    ], routes: routes
                ).json.encoded + "\n", Self.json)
        }
    }

    /// An answer of JSON.
    static func answer(_ value: some Encodable) throws -> Answer {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return Answer(
            content: .document(
                String(decoding: try encoder.encode(value), as: UTF8.self) + "\n",
                mediaType: json), caching: .never)
    }

    /// Does what a route does; what the engine throws becomes a problem.
    static func reporting<Value>(
        _ work: () async throws -> Value
    ) async throws -> Value {
        do { return try await work() } catch let error as ExecutionError { throw Problem(error) }
    }

    static let run = Parameter.path("run", .text, "The run: its identifier or number.")
    static let job = Parameter.path(
        "path", .text, "The payload: its path in the run, such as correct.iterations.3.flat.")
    static let missing = [404: "There is no such run or payload."]
    static let refused = [
        401: "No token.", 403: "A token that is nobody's, or a page of another site.",
        404: "There is no such run or payload.",
        409: "It is not legal in the state that it is in; the answer says what is.",
        503: "The runner does not answer now.",
    ]

    // MARK: What is there

    private var statusRoutes: [Route<ServedRunner>] {
        [
            Route(
                "/v1/status", "What the runner does now: runs and payloads by state.",
                result: .document(mediaType: Self.json)
            ) { request in
                try await Self.reporting {
                    let page = try await request.state.book.page(at: request.state.now)
                    return try Self.answer(try await Overview(request.state, page))
                }
            },
            Route(
                "/v1/pilots", "The pilots, with the batch system's own states beside ours.",
                result: .document(mediaType: Self.json)
            ) { request in
                try await Self.reporting {
                    try Self.answer(try await request.state.pilots() ?? [])
                }
            },
            Route(
                "/v1/why", "Why payloads wait, one line each.",
                [
                    .query("run", .text, "Only those of this run."),
                    .query("limit", .integer(1...10_000), "The most lines (default: 100)."),
                ], result: .document(mediaType: Self.json)
            ) { request in
                try await Self.reporting {
                    try Self.answer(
                        try await request.state.waits(
                            of: request.text("run"), limit: request.integer("limit") ?? 100))
                }
            },
            Route(
                "/v1/history",
                "What operators did, the newest first: to runs, payloads, pilots and the runner.",
                [.query("limit", .integer(1...10_000), "How many (default: 100).")],
                result: .document(mediaType: Self.json)
            ) { request in
                try await Self.reporting {
                    let state = request.state
                    return try Self.answer(
                        try await state.book.operatorEvents(
                            limit: request.integer("limit") ?? 100, at: state.now))
                }
            },
            Route(
                "/v1/configuration", "What the runner was started with.",
                result: .document(mediaType: Self.json)
            ) { request in
                try Self.answer(ConfigurationReport(request.state.configuration))
            },
            Route(
                "/v1/events",
                "Server-sent events: `change` whenever something at the runner has changed.",
                result: .document(mediaType: ServerSentEvents.mediaType)
            ) { request in
                guard let (now, later) = request.state.changes.follow() else { throw Problem.busy }
                return ServerSentEvents.answer(
                    greeting: "runner of \(request.state.sdc)", from: now, states: later
                ) {
                    let last = LastNumber()
                    return { number in
                        last.isNew(number)
                            ? ServerSentEvents.event(id: number, kind: "change", data: "\(number)")
                            : ""
                    }
                }
            },
        ]
    }

    private var runRoutes: [Route<ServedRunner>] {
        [
            Route(
                "/v1/runs", "The runs, newest first, with how many are in each state.",
                RunSelection.parameters, result: .document(mediaType: Self.json)
            ) { request in
                try await Self.reporting {
                    let page = try await request.state.book.page(at: request.state.now)
                    return try Self.answer(RunSelection(request).listed(page))
                }
            },
            Route(
                "/v1/runs/{run}",
                "All that is known of a run; of a very wide one without what each attempt left.",
                [Self.run], result: .document(mediaType: Self.json), problems: Self.missing
            ) { request in
                try await Self.reporting {
                    let state = request.state
                    return try Self.answer(
                        try await state.book.run(request.required("run"), at: state.now).page)
                }
            },
            Route(
                "/v1/runs/{run}/graph", "The graph of a run, with its payloads by node and state.",
                [Self.run], result: .document(mediaType: Self.json), problems: Self.missing
            ) { request in
                try await Self.reporting {
                    let facts = try await request.state.book.facts(of: request.required("run"))
                    return try Self.answer(RunGraphView(facts))
                }
            },
            Route(
                "/v1/runs/{run}/history", "What operators did to a run, oldest first.",
                [Self.run], result: .document(mediaType: Self.json), problems: Self.missing
            ) { request in
                try await Self.reporting {
                    let facts = try await request.state.book.facts(of: request.required("run"))
                    return try Self.answer(try await request.state.book.history(of: facts.run.id))
                }
            },
        ]
    }

    private var neighbourRoute: Route<ServedRunner> {
        Route(
            "/v1/runs/{run}/neighbours",
            "The runs that made what a run reads, and those that read what it made.",
            [Self.run], result: .document(mediaType: Self.json), problems: Self.missing
        ) { request in
            try await Self.reporting {
                try Self.answer(
                    try await request.state.book.neighbours(of: request.required("run")))
            }
        }
    }

    private var jobRoutes: [Route<ServedRunner>] {
        [
            Route(
                "/v1/jobs", "The payloads, newest run first, with how many are in each state.",
                JobSelection.parameters, result: .document(mediaType: Self.json),
                problems: Self.missing
            ) { request in
                try await Self.reporting {
                    try Self.answer(
                        try await request.state.book.jobs(
                            JobSelection(request).query, at: request.state.now))
                }
            },
            Route(
                "/v1/runs/{run}/jobs/{path}", "All that is known of a payload.",
                [Self.run, Self.job], result: .document(mediaType: Self.json),
                problems: Self.missing
            ) { request in
                try await Self.reporting {
                    let state = request.state
                    return try Self.answer(
                        try await state.book.job(
                            request.required("path"), of: request.required("run"),
                            library: state.library, at: state.now
                        ).page)
                }
            },
            Route(
                "/v1/runs/{run}/jobs/{path}/profile",
                "What the present or last attempt used as time went on.", [Self.run, Self.job],
                result: .document(mediaType: Self.json), problems: Self.missing
            ) { request in
                try await Self.reporting {
                    try Self.answer(
                        try await request.state.book.profile(
                            request.required("path"), of: request.required("run")))
                }
            },
        ]
    }
}

/// The last number that a follower was told.
private final class LastNumber: @unchecked Sendable {
    private var number: Int?

    /// Called from one task only.
    func isNew(_ next: Int) -> Bool {
        defer { number = next }
        return number != next
    }
}
