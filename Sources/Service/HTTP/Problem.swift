import HTTPTypes
import Markup

/// Why a request is not answered, as its sender is told (RFC 9457).
///
/// It says what was asked wrongly and nothing of the inside.
struct Problem: Error, Hashable, Sendable {
    let status: HTTPResponse.Status
    /// One sentence: what was found, what was expected.
    let detail: String
    /// Further members of the problem's object.
    var facts: [JSONValue.Member] = []
    var headers = HTTPFields()
    /// What becomes of a body that is not wanted.
    var body = UnwantedBody.none

    enum UnwantedBody: Hashable, Sendable {
        /// There is none, or it is small.
        case none
        /// Nothing of it has been read.
        case unread
        /// A part of it has been read.
        case begun
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

    static func badRequest(_ detail: String) -> Problem {
        Problem(status: .badRequest, detail: detail)
    }

    static func notFound(_ detail: String, _ facts: [JSONValue.Member] = []) -> Problem {
        Problem(status: .notFound, detail: detail, facts: facts)
    }

    /// A parameter that is not what it should be.
    static func parameter(_ name: String, found: String, expected: String) -> Problem {
        let shown = found.count > 80 ? found.prefix(80) + "..." : found[...]
        return badRequest("parameter \(name): found \"\(shown)\", expected \(expected)")
    }

    /// As much is under way as the service has room for.
    static let busy = Problem(
        status: .serviceUnavailable,
        detail: "the service has as many answers under way as it has room for; try again later",
        headers: [.retryAfter: "10"])
    /// A request that is not framed as HTTP/1.1 has it (RFC 9112).
    static let malformed = badRequest(
        "the request is not well-formed HTTP/1.1: its first line, a header or its body is wrong")
    /// The database cannot be asked now.
    static let unavailable = Problem(
        status: .serviceUnavailable, detail: "the catalogue cannot be reached; try again later",
        headers: [.retryAfter: "5"])
    /// The database did not answer in time.
    static let slow = Problem(
        status: .serviceUnavailable,
        detail: "the catalogue did not answer in time; try again later",
        headers: [.retryAfter: "30"])
    /// The service has a fault, of which only its log tells.
    static let internalFault = Problem(
        status: .internalServerError, detail: "the service failed; its log has the reason")
}

/// A problem as a standard wants it told.
struct FailureDocument: Sendable {
    let status: HTTPResponse.Status
    let text: String
    let mediaType: String
}
