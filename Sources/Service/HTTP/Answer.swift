import Hummingbird
import Tables

/// What a route answers, before its format is chosen.
struct Answer: Sendable {
    enum Content: Sendable {
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

    let content: Content
    /// Changes whenever the content does; the format is added to it.  `nil` where the answer must
    /// not be kept.
    var tag: String?
    /// How long it may be used without asking again.
    var caching: Caching = .revalidate
    /// The address of the following rows, where a limit cut the table.
    var next: String?

    enum Caching: String, Sendable {
        /// Kept, and asked for again with its tag: a publication may change it at any moment.
        case revalidate = "public, no-cache"
        /// Never changes.
        case immutable = "public, max-age=86400, immutable"
        case never = "no-store"
    }

    static func document(_ text: String, _ mediaType: String, tag: String? = nil) -> Answer {
        Answer(content: .document(text, mediaType: mediaType), tag: tag)
    }
}

/// Rows with their columns, to be written in any of the table formats.
struct AnswerTable: Sendable {
    let name: String
    let description: String
    let columns: [Column]
    let rows: [[TableValue]]

    /// The rows as objects of the columns' names.
    var objects: [JSONValue] {
        rows.map { row in
            .object(
                zip(columns, row).map { JSONValue.Member(name: $0.name, value: JSONValue($1)) })
        }
    }

    func bytes(_ format: TableFormat) -> [UInt8] {
        TableWriter.encode(
            rows, as: format, name: name, columns: columns, description: description)
    }
}

extension JSONValue {
    init(_ value: TableValue) {
        switch value {
        case .text(let text): self = .text(text)
        case .integer(let number): self = .integer(number)
        case .real(let number): self = .real(number)
        case .boolean(let flag): self = .boolean(flag)
        case .missing: self = .null
        }
    }
}
