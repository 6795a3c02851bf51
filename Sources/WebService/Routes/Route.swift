public import Documents
public import HTTPTypes
import Markup
public import Tables

/// One entry of a service's interface: the router and the description are made of these.
///
/// ```swift
/// Route("/v1/tiles/{id}", "A tile.", [.path("id", .text, "Identifier.")], result: .record(columns)) {
///     Answer(content: .record(try tile($0.required("id"), in: $0.state)))
/// }
/// ```
///
/// `State` is what the routes answer from, one and the same for a whole request.
public struct Route<State: Sendable>: Sendable {
    public let method: HTTPRequest.Method
    /// Segments joined by slashes; one in braces is a parameter, `/v1/tiles/{id}/owner`.
    public let path: String
    /// One line that says what is answered.
    public let summary: String
    public let parameters: [Parameter]
    /// Whether parameters' names count in any case and others are ignored, as the IVOA's standards
    /// of data access have it.
    public let isLenient: Bool
    public let result: RouteResult
    /// What it takes as a body, as a Request Body Object of OpenAPI 3.1; `nil` where nothing.
    public let body: JSONValue?
    /// The statuses of its problems beside 400, each with its reason.
    public let problems: [Int: String]
    /// How it tells of a problem where a standard says how; `nil` where it tells as all others.
    let failure: (@Sendable (Problem) -> FailureDocument)?
    let handle: @Sendable (RouteRequest<State>) async throws -> Answer

    /// - `problems`: beside those of the parameters.
    /// - `handle`: throws `Problem` for what is told to who asks; any other error is answered with
    ///   status 500 and logged.
    public init(
        _ path: String, _ summary: String, method: HTTPRequest.Method = .get,
        _ parameters: [Parameter] = [], isLenient: Bool = false, result: RouteResult,
        body: JSONValue? = nil, problems: [Int: String] = [:],
        failure: (@Sendable (Problem) -> FailureDocument)? = nil,
        handle: @escaping @Sendable (RouteRequest<State>) async throws -> Answer
    ) {
        self.method = method
        self.path = path
        self.summary = summary
        self.parameters = parameters + (result.isTable ? [.format] : [])
        self.isLenient = isLenient
        self.result = result
        self.body = body
        self.problems = parameters.reduce(problems) { all, parameter in
            all.merging(parameter.problems) { $0 + " " + $1 }
        }
        self.failure = failure
        self.handle = handle
    }

    /// Whether it answers people, its problems included.
    var isPage: Bool {
        if case .document(Page.mediaType) = result { true } else { false }
    }
}

/// What a route answers when it succeeds.
public enum RouteResult: Sendable {
    /// One flat object in JSON, one row in the other formats.
    case record([Column])
    case table([Column])
    case document(mediaType: String)
    /// A document in one of several forms, by a parameter of the route.
    case documents(mediaTypes: [String])

    /// Whether the format can be chosen.
    var isTable: Bool {
        switch self {
        case .record, .table: true
        case .document, .documents: false
        }
    }

    /// Whether it is one row.
    var isRecord: Bool {
        if case .record = self { true } else { false }
    }
}

extension Parameter {
    /// The format of a table.
    fileprivate static let format = query(
        "format", .choice(TableFormat.allCases.map(\.rawValue)),
        "The format of the answer; goes before the Accept header.")
}
