import GroundSegment
import HTTPTypes
import Hummingbird
import Markup
import Tables

/// One entry of the service's interface: the router and the description are made of these.
struct Route: Sendable {
    let method: HTTPRequest.Method
    /// Segments joined by slashes; one in braces is a parameter, `/v1/tiles/{id}/owner`.
    let path: String
    /// One line that says what is answered.
    let summary: String
    let parameters: [Parameter]
    /// Whether parameters' names count in any case and others are ignored, as the IVOA's standards
    /// of data access have it.
    let isLenient: Bool
    let result: Result
    /// The statuses of its problems beside 400, each with its reason.
    let problems: [Int: String]
    /// How it tells of a problem where a standard says how; `nil` where it tells as all others.
    let failure: (@Sendable (Problem) -> FailureDocument)?
    let handle: @Sendable (RouteRequest) async throws -> Answer

    /// What it answers when it succeeds.
    enum Result: Sendable {
        /// One flat object in JSON, one row in the other formats.
        case record([Column])
        case table([Column])
        case document(mediaType: String)
        /// A document in one of several forms, by a parameter of the route.
        case documents(mediaTypes: [String])
    }

    init(
        _ path: String, _ summary: String, method: HTTPRequest.Method = .get,
        _ parameters: [Parameter] = [], isLenient: Bool = false, result: Result,
        problems: [Int: String] = [:],
        failure: (@Sendable (Problem) -> FailureDocument)? = nil,
        handle: @escaping @Sendable (RouteRequest) async throws -> Answer
    ) {
        self.method = method
        self.path = path
        self.summary = summary
        self.parameters = parameters + (result.isTable ? [Self.format] : [])
        self.isLenient = isLenient
        self.result = result
        let asksSurvey = parameters.contains { $0.name == "survey" }
        self.problems = (asksSurvey ? [404: Self.noSurvey] : [:])
            .merging(problems) { $1 + " " + $0 }
        self.failure = failure
        self.handle = handle
    }

    private static let noSurvey = "No such survey, or several and none is named."
    private static let format = Parameter.query(
        "format", .choice(TableFormat.allCases.map(\.rawValue)),
        "The format of the answer; goes before the Accept header.")
}

extension Route {
    /// Whether it answers people, its problems included.
    var isPage: Bool {
        if case .document(Page.mediaType) = result { true } else { false }
    }
}

extension Route.Result {
    /// Whether the format can be chosen.
    var isTable: Bool {
        switch self {
        case .record, .table: true
        case .document, .documents: false
        }
    }
}

/// A request that matches a route, its parameters checked.
struct RouteRequest: Sendable {
    let values: [String: ParameterValue]
    /// The path and query as they came.
    let target: String
    let request: Request
    /// What is published, one and the same for the whole request.
    let state: ServedState

    func text(_ name: String) -> String? {
        if case .text(let text) = values[name] { text } else { nil }
    }

    func real(_ name: String) -> Double? {
        if case .real(let number) = values[name] { number } else { nil }
    }

    func integer(_ name: String) -> Int? {
        if case .integer(let number) = values[name] { number } else { nil }
    }

    func date(_ name: String) -> MJD? {
        if case .date(let instant) = values[name] { instant } else { nil }
    }

    /// A value that the route declares as required.
    func required(_ name: String) -> String {
        guard let text = text(name) else { preconditionFailure("\(name) is not declared") }
        return text
    }

    func requiredReal(_ name: String) -> Double {
        guard let number = real(name) else { preconditionFailure("\(name) is not declared") }
        return number
    }
}
