import HTTPTypes
public import Hummingbird
public import Logging
import NIOHTTP1
import OrderedCollections

/// Finds the route of a request, checks its parameters, and sends what the route answers.
public struct RouteTable<State: Sendable>: HTTPResponder {
    public typealias Context = ClientContext

    private let bySize: [Int: [RouteMatch<State>]]
    private let state: @Sendable () -> State
    private let budget: ByteBudget
    private let bodyBytes: Int
    private let metrics: RequestMetrics
    private let logger: Logger
    private let isShared: Bool
    private let nowhere: (@Sendable (Problem) -> FailureDocument)?
    private let onAnswer: (@Sendable (AnsweredRequest) -> Void)?

    /// - `state`: what is answered from now; asked once a request.
    /// - `budget`: what answers take while they are sent.
    /// - `bodyBytes`: the largest body that any route takes.
    /// - `isShared`: whether pages of other sites may read what is answered, as what is for
    ///   everybody.
    /// - `nowhere`: how people are told that there is nothing at an address; `nil` where as of
    ///   any other problem.
    /// - `onAnswer`: told of each answer once it begins; for a log.
    public init(
        _ routes: [Route<State>], state: @escaping @Sendable () -> State, budget: ByteBudget,
        bodyBytes: Int, metrics: RequestMetrics, logger: Logger, isShared: Bool = true,
        nowhere: (@Sendable (Problem) -> FailureDocument)? = nil,
        onAnswer: (@Sendable (AnsweredRequest) -> Void)? = nil
    ) {
        let matches = OrderedDictionary(grouping: routes, by: \.path).map { path, routes in
            RouteMatch(segments: path.split(separator: "/").map(RouteSegment.init), routes: routes)
        }
        bySize = Dictionary(grouping: matches) { $0.segments.count }
        self.state = state
        self.budget = budget
        self.bodyBytes = bodyBytes
        self.metrics = metrics
        self.logger = logger
        self.isShared = isShared
        self.nowhere = nowhere
        self.onAnswer = onAnswer
    }

    /// The answer of the route that the request matches, or the problem with it.
    public func respond(to request: Request, context: ClientContext) async throws -> Response {
        let start = ContinuousClock.now
        let target = RouteTarget(request.head.path ?? "/")
        let found = match(target)
        var response = await answer(request, target, found)
        if !isShared {
            response.headers[.accessControlAllowOrigin] = nil
            response.headers[.accessControlExposeHeaders] = nil
        }
        let duration = start.duration(to: .now)
        metrics.count(
            route: found?.routes.first?.path ?? "none", status: response.status.code,
            duration: duration)
        onAnswer?(AnsweredRequest(request, response, client: context.client, duration))
        return response
    }

    private func answer(
        _ request: Request, _ target: RouteTarget, _ found: RouteMatch<State>?
    ) async -> Response {
        do {
            try refuseLargeBody(request)
            if found?.route(for: request.method)?.body == nil { try await passOverBody(request) }
            if request.method == .options, target.text == "*" { return allMethods }
            guard let found else { throw Problem.notFound("there is nothing at this address") }
            if isShared, let answer = Preflight.answer(request, methods: found.methods) {
                return answer
            }
            guard let route = found.route(for: request.method) else {
                throw Problem(
                    status: .methodNotAllowed, detail: "this address takes \(found.methods)",
                    headers: [.allow: found.methods])
            }
            let values = try found.values(of: route, target: target)
            let answer = try await route.handle(
                RouteRequest(
                    values: values, target: target.text, request: request, state: state()))
            return try ResponseBuilder(request: request, values: values, budget: budget)
                .response(answer)
        } catch let problem as Problem {
            return response(problem, request, found)
        } catch is HTTPParserError {
            return response(.malformed, request, found)
        } catch {
            logger.error("a request failed", metadata: ["error": "\(error)"])
            return response(.internalFault, request, found)
        }
    }

    private func response(
        _ problem: Problem, _ request: Request, _ found: RouteMatch<State>?
    ) -> Response {
        let response: Response
        if let failure = found?.routes.lazy.compactMap(\.failure).first {
            response = ResponseBuilder.response(problem, as: failure(problem))
        } else {
            let isPage = found?.routes.contains(where: \.isPage) ?? Self.wantsPage(request)
            response = ResponseBuilder.response(
                problem, as: isPage ? nowhere?(problem) ?? problem.page : nil)
        }
        switch problem.body {
        case .none: return response
        case .unread: return RefusedBody(request.body).ending(response)
        case .begun: return RefusedBody(nil).ending(response)
        }
    }

    /// Whether who asks names pages among what it accepts, as browsers do.
    private static func wantsPage(_ request: Request) -> Bool {
        let match = Accept(request.headers[.accept]).match("text/html")
        return match.map { $0.precision >= 2 && $0.quality > 0 } ?? false
    }

    /// What `OPTIONS *` is answered (RFC 9110 section 9.3.7).
    private var allMethods: Response {
        Response(status: .noContent, headers: [.allow: "GET, HEAD, POST, OPTIONS"])
    }

    private func refuseLargeBody(_ request: Request) throws(Problem) {
        let length = request.headers[.contentLength].flatMap { Int($0) } ?? 0
        guard length > bodyBytes else { return }
        throw tooLarge(.unread)
    }

    private func tooLarge(_ body: Problem.UnwantedBody) -> Problem {
        Problem(
            status: .contentTooLarge, detail: "expected a body of at most \(bodyBytes) bytes",
            body: body)
    }

    /// Reads a body that no route of the method wants, so that the answer tells of a wrong one.
    private func passOverBody(_ request: Request) async throws {
        let headers = request.headers
        guard headers[.transferEncoding] != nil || (headers[.contentLength] ?? "0") != "0" else {
            return
        }
        var left = bodyBytes
        for try await part in request.body {
            left -= part.readableBytes
            guard left >= 0 else { throw tooLarge(.begun) }
        }
    }

    private func match(_ target: RouteTarget) -> RouteMatch<State>? {
        bySize[target.segments.count]?.first { match in
            zip(match.segments, target.segments).allSatisfy { segment, text in
                if case .fixed(let name) = segment { name == text } else { true }
            }
        }
    }
}
