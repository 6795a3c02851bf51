import HTTPTypes
import Hummingbird
import Logging
import NIOHTTP1

/// Finds the route of a request, checks its parameters, and sends what the route answers.
struct RouteTable: HTTPResponder {
    typealias Context = BasicRequestContext

    private let bySize: [Int: [(segments: [Segment], routes: [Route])]]
    private let board: StateBoard
    private let budget: ByteBudget
    private let bodyBytes: Int
    private let metrics: ServiceMetrics
    private let logger: Logger

    /// - Parameters:
    ///   - budget: what answers take while they are sent.
    ///   - bodyBytes: the largest body that any route takes.
    init(
        _ routes: [Route], board: StateBoard, budget: ByteBudget, bodyBytes: Int,
        metrics: ServiceMetrics,
        logger: Logger
    ) {
        var paths: [String] = []
        for route in routes where !paths.contains(route.path) { paths.append(route.path) }
        let entries = paths.map { path in
            (
                segments: path.split(separator: "/").map(Segment.init),
                routes: routes.filter { $0.path == path }
            )
        }
        bySize = Dictionary(grouping: entries) { $0.segments.count }
        self.board = board
        self.budget = budget
        self.bodyBytes = bodyBytes
        self.metrics = metrics
        self.logger = logger
    }

    func respond(to request: Request, context: BasicRequestContext) async throws -> Response {
        let start = ContinuousClock.now
        let target = Target(request.head.path ?? "/")
        let found = match(target)
        let response = await answer(request, target, found)
        metrics.count(
            route: found?.routes.first?.path ?? "none", status: response.status.code,
            duration: start.duration(to: .now))
        return response
    }

    private func answer(
        _ request: Request, _ target: Target, _ found: Match?
    ) async -> Response {
        do {
            try refuseLargeBody(request)
            if request.method != .post { try await passOverBody(request) }
            if request.method == .options, target.text == "*" { return Self.allMethods }
            guard let found else { throw Problem.notFound("there is nothing at this address") }
            guard let route = found.route(for: request.method) else {
                throw Problem(
                    status: .methodNotAllowed, detail: "this address takes \(found.methods)",
                    headers: [.allow: found.methods])
            }
            let values = try found.values(of: route, target: target)
            let answer = try await route.handle(
                RouteRequest(
                    values: values, target: target.text, request: request, state: board.state))
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
        _ problem: Problem, _ request: Request, _ found: Match?
    ) -> Response {
        let response: Response
        if let failure = found?.routes.lazy.compactMap(\.failure).first {
            response = ResponseBuilder.response(problem, as: failure(problem))
        } else {
            let isPage = found?.routes.contains(where: \.isPage) ?? Self.wantsPage(request)
            response = ResponseBuilder.response(problem, as: isPage ? problem.page : nil)
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
    private static let allMethods = Response(
        status: .noContent, headers: [.allow: "GET, HEAD, POST, OPTIONS"])

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

    private func match(_ target: Target) -> Match? {
        for (segments, routes) in bySize[target.segments.count] ?? [] {
            let isMatch = zip(segments, target.segments).allSatisfy { segment, text in
                if case .fixed(let name) = segment { name == text } else { true }
            }
            if isMatch { return Match(segments: segments, routes: routes) }
        }
        return nil
    }
}

/// The path and query of a request, cut but not yet decoded.
private struct Target {
    let text: String
    let segments: [Substring]
    let query: Substring

    init(_ text: String) {
        self.text = text
        let parts = text.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        segments = parts[0].split(separator: "/")
        query = parts.count > 1 ? parts[1] : ""
    }
}

/// A segment of a route's path.
private enum Segment {
    case fixed(Substring)
    case parameter(String)

    init(_ text: Substring) {
        self = text.hasPrefix("{") ? .parameter(String(text.dropFirst().dropLast())) : .fixed(text)
    }
}

/// The routes of the path that a request's path matches.
private struct Match {
    let segments: [Segment]
    let routes: [Route]

    var methods: String {
        let names = routes.map(\.method.rawValue)
        return (names + (names.contains("GET") ? ["HEAD"] : [])).joined(separator: ", ")
    }

    func route(for method: HTTPRequest.Method) -> Route? {
        routes.first { $0.method == (method == .head ? .get : method) }
    }

    func values(of route: Route, target: Target) throws(Problem) -> [String: ParameterValue] {
        var values: [String: ParameterValue] = [:]
        for (segment, text) in zip(segments, target.segments) {
            guard case .parameter(let name) = segment else { continue }
            guard let decoded = PercentCoding.decoded(text) else {
                throw .badRequest("the path is not percent-encoded UTF-8")
            }
            try set(name, decoded, at: .path, of: route, in: &values)
        }
        for (name, text) in try QueryString(target.query).items {
            try set(name, text, at: .query, of: route, in: &values)
        }
        for parameter in route.parameters where parameter.isRequired {
            guard values[parameter.name] != nil else {
                throw .badRequest("parameter \(parameter.name) is missing")
            }
        }
        return values
    }

    private func set(
        _ name: String, _ text: String, at place: Parameter.Place, of route: Route,
        in values: inout [String: ParameterValue]
    ) throws(Problem) {
        let parameter = route.parameters.first { $0.place == place && $0.isNamed(name, in: route) }
        guard let parameter else {
            if route.isLenient { return }
            let known = route.parameters.filter { $0.place == .query }.map(\.name)
            throw .badRequest(
                "an unknown parameter, expected "
                    + (known.isEmpty ? "none" : "only " + known.joined(separator: ", ")))
        }
        guard values.updateValue(try parameter.value(text), forKey: parameter.name) == nil else {
            throw .badRequest("parameter \(parameter.name) is given twice")
        }
    }
}

extension Parameter {
    fileprivate func isNamed(_ text: String, in route: Route) -> Bool {
        route.isLenient ? name.lowercased() == text.lowercased() : name == text
    }
}
