public import HTTPTypes
public import Hummingbird
import Tables

/// What a route answers, before its format is chosen.
public struct Answer: Sendable {
    /// What is sent.
    public enum Content: Sendable {
        /// One row: in JSON one flat object.
        case record(AnswerTable)
        case table(AnswerTable)
        /// A table whose rows are made as they are sent.
        case rows(AnswerRows)
        /// A document that has one format.
        case document(String, mediaType: String)
        case bytes([UInt8], mediaType: String)
        case stream(ResponseBody, mediaType: String)
    }

    /// How long an answer may be used again.
    public enum Caching: String, Sendable {
        /// Kept, and asked for again with its tag: its state may change at any moment.
        case revalidate = "public, no-cache"
        /// Never changes.
        case immutable = "public, max-age=86400, immutable"
        case never = "no-store"
    }

    public let content: Content
    /// Changes whenever the content does; the format is added to it.  `nil` where the answer must
    /// not be kept.
    public let tag: String?
    /// How long it may be used without asking again.
    public let caching: Caching
    /// The address of the following rows, where a limit cut the table.
    public let next: String?
    /// How many rows there are in all; `nil` where they were not counted.
    public let total: Int?
    /// 200, or what else a form is answered with.
    public let status: HTTPResponse.Status
    /// Fields that the response has beside the usual ones.
    public let headers: HTTPFields

    public init(
        content: Content, tag: String? = nil, caching: Caching = .revalidate, next: String? = nil,
        total: Int? = nil, status: HTTPResponse.Status = .ok, headers: HTTPFields = HTTPFields()
    ) {
        self.content = content
        self.tag = tag
        self.caching = caching
        self.next = next
        self.total = total
        self.status = status
        self.headers = headers
    }

    /// Leads a form's sender to a page that tells what came of it (RFC 9110 section 15.4.4).
    public static func seeOther(_ address: String, headers: HTTPFields = HTTPFields()) -> Answer {
        var headers = headers
        headers[.location] = address
        return Answer(
            content: .document("see \(address)\n", mediaType: "text/plain; charset=utf-8"),
            caching: .never, status: .seeOther, headers: headers)
    }

    /// A text in the one format that it has.
    public static func document(_ text: String, _ mediaType: String, tag: String? = nil) -> Answer {
        Answer(content: .document(text, mediaType: mediaType), tag: tag)
    }
}

extension Answer {
    /// How much of what was asked for its table holds; `nil` where it always holds all.
    var extent: TableExtent? {
        next == nil && total == nil ? nil : TableExtent(total: total, next: next)
    }

    /// Whether the format can be chosen.
    var isTable: Bool {
        switch content {
        case .record, .table, .rows: true
        case .document, .bytes, .stream: false
        }
    }
}
