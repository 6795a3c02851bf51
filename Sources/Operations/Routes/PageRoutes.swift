import Documents
import Execution
import Foundation
import GroundSegment
import HTTPTypes
import Markup
import WebService

extension Interface {
    /// Pages for people; not part of the interface's description.
    var pageRoutes: [Route<ServedRunner>] {
        [
            Self.file("/style.css", "text/css", Stylesheet.css + ServiceStyle.css + PageFrame.css),
            Self.file("/live.js", "text/javascript", PageFrame.script),
            Self.file("/log.js", "text/javascript", PageFrame.logScript),
            Self.page("/") { request in
                let state = request.state
                var failed = JobQuery()
                failed.states = [.failed]
                failed.limit = 20
                let runs = try await state.book.page(at: state.now)
                let errors = runs.entries.lazy.map(\.row)
                    .filter { $0.state == RunState.error.rawValue }.prefix(10)
                // Where no run has one, none is looked for.
                let hasFailed = runs.openPayloads[PayloadState.failed.rawValue] != nil
                return StartPage(
                    frame: PageFrame(request), overview: try await Overview(state, runs),
                    failed: hasFailed
                        ? try await state.book.jobs(failed, at: state.now, in: runs).jobs : [],
                    errors: Array(errors),
                    waits: try? await state.waits(limit: 20)
                ).page
            },
            Self.page("/runs", RunSelection.parameters) { request in
                let selection = RunSelection(request)
                let page = try await request.state.book.page(at: request.state.now)
                return RunsPage(
                    frame: PageFrame(request), selection: selection, listed: selection.listed(page)
                ).page
            },
            Self.page("/jobs", JobSelection.parameters) { request in
                let query = JobSelection(request).query
                return JobsPage(
                    frame: PageFrame(request), query: query,
                    list: try await request.state.book.jobs(query, at: request.state.now)
                ).page
            },
            Self.page(
                "/runs/{run}",
                [Self.run, .query("node", .text, "The node whose body is drawn."), Self.said]
            ) {
                try await Self.runPage($0)
            },
            Self.page("/runs/{run}/jobs/{path}", [Self.run, Self.job, Self.said]) {
                try await Self.jobPage($0)
            },
            Self.page("/pilots", [Self.said]) { request in
                let state = request.state
                return PilotsPage(
                    frame: PageFrame(request), pilots: try await state.pilots(),
                    now: state.now.posixSeconds, said: request.text("said"),
                    drains: try await state.book.drains(limit: 20)
                ).page
            },
            Self.page("/waste", WasteSelection.parameters) { request in
                let selection = WasteSelection(request)
                return WastePage(
                    frame: PageFrame(request), selection: selection,
                    report: try await selection.report(request.state)
                ).page
            },
            Self.page("/history") { request in
                let state = request.state
                return HistoryPage(
                    frame: PageFrame(request),
                    events: try await state.book.operatorEvents(limit: 500, at: state.now)
                ).page
            },
            Self.page("/configuration") { request in
                ConfigurationPage(
                    frame: PageFrame(request),
                    report: ConfigurationReport(request.state.configuration)
                ).page
            },
            Self.page("/help") { HelpPage(frame: PageFrame($0)).page },
            Self.page("/login", [Self.said]) {
                LoginPage(frame: PageFrame($0), said: $0.text("said")).page
            },
        ] + forms
    }

    private static let said = Parameter.query(
        "said", .text, "What came of a form that was sent.")

    private static func file(_ path: String, _ type: String, _ text: String) -> Route<ServedRunner>
    {
        Route(path, "", result: .document(mediaType: type)) { _ in
            .document(text, "\(type); charset=utf-8")
        }
    }

    private static func page(
        _ path: String, _ parameters: [Parameter] = [],
        _ make: @escaping @Sendable (Request) async throws -> Page
    ) -> Route<ServedRunner> {
        Route(
            path, "", parameters, result: .document(mediaType: Page.mediaType), failure: failure
        ) { request in
            let page = try await reporting { try await make(request) }
            return Answer(
                content: .document(page.text, mediaType: Page.mediaType), caching: .never)
        }
    }

    /// A problem as people are told of it.
    @Sendable static func failure(_ problem: Problem) -> FailureDocument {
        var page = Page(
            title: problem.status.reasonPhrase, data: nil, parts: [.remark(problem.detail)])
        page.home = "Runner"
        page.navigation = .link("/login", "Log in")
        return FailureDocument(status: problem.status, text: page.text, mediaType: Page.mediaType)
    }

    private static func runPage(_ request: Request) async throws -> Page {
        let (state, name) = (request.state, request.required("run"))
        let (page, facts) = try await state.book.run(name, at: state.now)
        var query = JobQuery()
        query.run = page.run.run
        query.limit = 50
        return RunDetailPage(
            frame: PageFrame(request), run: page, graph: RunGraphView(facts),
            jobs: try await state.book.jobs(query, at: state.now),
            neighbours: try await state.book.neighbours(of: page.run.run),
            waits: RunState(rawValue: page.run.state)?.isFinal == true
                ? nil : try? await state.waits(of: page.run.run, limit: 20),
            legal: try facts.legal(), said: request.text("said"),
            node: request.text("node")
        ).page
    }

    private static func jobPage(_ request: Request) async throws -> Page {
        let (state, run, path) = (
            request.state, request.required("run"), request.required("path")
        )
        let (page, facts) = try await state.book.job(
            path, of: run, library: state.library, at: state.now)
        let isOver = PayloadState(rawValue: page.processingStatus)?.isFinal ?? true
        let name = "\(page.run)/\(page.path)"
        let scores =
            page.processingStatus == PayloadState.ready.rawValue
            ? try? await state.control.ask(.score(of: [name], pilot: nil, limit: 10))?.scores : nil
        let waits =
            isOver
            ? nil
            : try WaitReport(facts, payload: path, isServed: true, at: state.now)
        let logs = page.attempts > 0 ? try? await state.book.logs(path, of: run) : nil
        return JobDetailPage(
            frame: PageFrame(request), job: page,
            profile: page.attempts > 0 ? try? await state.book.profile(path, of: run) : nil,
            waits: waits?.rows ?? [],
            scores: scores ?? [], legal: try facts.legal(path),
            logs: logs.map { [("stdout", Self.end($0.output)), ("stderr", Self.end($0.error))] }
                ?? [], said: request.text("said")
        ).page
    }

    /// The last of a log; empty where there is none.
    private static func end(_ path: String) -> String {
        var log = LogReader(path: path, last: 64 << 10)
        var text = Data()
        while let data = log.next(), text.count < 128 << 10 { text += data }
        return String(decoding: LogReader.shown(text), as: UTF8.self)
    }

    // MARK: Forms

    private var forms: [Route<ServedRunner>] {
        [
            Self.form("/runs/{run}", [Self.run]) { request, fields in
                let run = request.required("run")
                return (
                    PageOf.run(run),
                    try await request.steer(run: run, payload: nil, fields: fields).message
                )
            },
            Self.form("/runs/{run}/jobs/{path}", [Self.run, Self.job]) { request, fields in
                let (run, path) = (request.required("run"), request.required("path"))
                return (
                    PageOf.job(run, path),
                    try await request.steer(run: run, payload: path, fields: fields).message
                )
            },
            Self.form("/pilots") { request, fields in
                let ended = try await request.drain(fields["pilot"].map { [$0] })
                return ("/pilots", "told to end: \(ended.joined(separator: ", "))")
            },
            Route(
                "/login", "", method: .post, result: .document(mediaType: Page.mediaType),
                body: Self.anyForm
            ) { request in
                let token = try await request.fields()["token"] ?? ""
                let caller: Caller
                do { caller = try Caller.checked(token, request.state) } catch let problem
                    as Problem
                {
                    return .seeOther(PageAddress.address("/login", ["said": problem.detail]))
                }
                return .seeOther(
                    PageAddress.address("/login", ["said": "welcome, \(caller.name)"]),
                    headers: Self.cookie(token))
            },
            Route(
                "/logout", "", method: .post, result: .document(mediaType: Page.mediaType),
                body: Self.anyForm
            ) { request in
                _ = try await request.fields()
                return .seeOther("/login", headers: Self.cookie(nil))
            },
        ]
    }

    private static let anyForm: JSONValue = ["content": ["application/x-www-form-urlencoded": [:]]]

    /// Kept by the browser until it is closed, and out of scripts' and other sites' reach.
    private static func cookie(_ token: String?) -> HTTPFields {
        var fields = HTTPFields()
        fields[.setCookie] =
            "\(Caller.cookie)=\(token ?? ""); Path=/; HttpOnly; SameSite=Strict"
            + (token == nil ? "; Max-Age=0" : "")
        return fields
    }

    /// What a form does, and the page that tells what came of it; what was refused is told there,
    /// too.
    private static func form(
        _ path: String, _ parameters: [Parameter] = [],
        _ work: @escaping @Sendable (Request, [String: String]) async throws -> (String, String)
    ) -> Route<ServedRunner> {
        Route(
            path, "", method: .post, parameters, result: .document(mediaType: Page.mediaType),
            body: anyForm, failure: failure
        ) { request in
            let fields = try await request.fields()
            do {
                let (page, said) = try await work(request, fields)
                return .seeOther(PageAddress.address(page, ["said": said]))
            } catch let problem as Problem {
                guard problem.status == .conflict else { throw problem }
                let page = request.target.prefix { $0 != "?" }
                return .seeOther(
                    PageAddress.address(String(page), ["said": "Not done: \(problem.detail)"]))
            }
        }
    }
}
