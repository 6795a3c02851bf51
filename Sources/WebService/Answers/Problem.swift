public import Documents
public import HTTPTypes
import Markup

/// Why a request is not answered, as its sender is told (RFC 9457).
///
/// It says what was asked wrongly and nothing of the inside.
public struct Problem: Error, Hashable, Sendable {
    public let status: HTTPResponse.Status
    /// One sentence: what was found, what was expected.
    public let detail: String
    /// Further members of the problem's object.
    public let facts: [JSONValue.Member]
    /// Fields that the response has beside the usual ones.
    public let headers: HTTPFields
    /// What becomes of a body that is not wanted.
    public let body: UnwantedBody

    /// How far a body has been read that is not wanted.
    public enum UnwantedBody: Hashable, Sendable {
        /// There is none, or it is small.
        case none
        /// Nothing of it has been read.
        case unread
        /// A part of it has been read.
        case begun
    }

    public init(
        status: HTTPResponse.Status, detail: String, facts: [JSONValue.Member] = [],
        headers: HTTPFields = HTTPFields(), body: UnwantedBody = .none
    ) {
        self.status = status
        self.detail = detail
        self.facts = facts
        self.headers = headers
        self.body = body
    }

    /// The object that is sent.
    var json: JSONValue {
        .object(
            [
                .init(name: "type", value: "about:blank"),
                .init(name: "title", value: .text(status.reasonPhrase)),
                .init(name: "status", value: .integer(status.code)),
                .init(name: "detail", value: .text(detail)),
            ] + facts)
    }

    /// The object as it is sent.
    var document: FailureDocument {
        FailureDocument(
            status: status, text: json.encoded + "\n", mediaType: "application/problem+json")
    }

    /// The same for people.
    var page: FailureDocument {
        let page = Page(title: status.reasonPhrase, data: nil, parts: [.remark(detail)])
        return FailureDocument(status: status, text: page.text, mediaType: Page.mediaType)
    }

    /// Something is asked wrongly (status 400).
    public static func badRequest(_ detail: String) -> Problem {
        Problem(status: .badRequest, detail: detail)
    }

    /// Something is not there (status 404).
    public static func notFound(_ detail: String, _ facts: [JSONValue.Member] = []) -> Problem {
        Problem(status: .notFound, detail: detail, facts: facts)
    }

    /// A parameter that is not what it should be.
    public static func parameter(_ name: String, found: String, expected: String) -> Problem {
        let shown = found.count > 80 ? found.prefix(80) + "..." : found[...]
        return badRequest("parameter \(name): found \"\(shown)\", expected \(expected)")
    }

    /// As much is under way as the service has room for.
    public static let busy = Problem(
        status: .serviceUnavailable,
        detail: "the service has as many answers under way as it has room for; try again later",
        headers: [.retryAfter: "10"])
    /// A request that is not framed as HTTP/1.1 has it (RFC 9112).
    static let malformed = badRequest(
        "the request is not well-formed HTTP/1.1: its first line, a header or its body is wrong")
    /// The service has a fault, of which only its log tells.
    static let internalFault = Problem(
        status: .internalServerError, detail: "the service failed; its log has the reason")
}

/// A problem as a standard wants it told.
public struct FailureDocument: Sendable {
    public let status: HTTPResponse.Status
    public let text: String
    public let mediaType: String

    public init(status: HTTPResponse.Status, text: String, mediaType: String) {
        self.status = status
        self.text = text
        self.mediaType = mediaType
    }
}
