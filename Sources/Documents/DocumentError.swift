/// Why a text is no document.
public struct DocumentError: Error, Hashable, Sendable {
    public enum Reason: Hashable, Sendable {
        /// Nothing but space and remarks.
        case empty
        /// Names that an object of a YAML document has twice.
        case twice([String])
        /// What a parser of YAML says, in its own words.
        case problem(String)
        /// What is there, and what should be.
        case other(found: String, expected: String)
    }

    public let reason: Reason
    /// `nil` where the parser knows no place.
    public let mark: TextMark?

    init(_ reason: Reason, at mark: TextMark?) {
        self.reason = reason
        self.mark = mark
    }

    init(at mark: TextMark, found: String, expected: String) {
        self.init(.other(found: found, expected: expected), at: mark)
    }

    /// A value that lies too deep in others.
    static func tooDeep(at mark: TextMark) -> DocumentError {
        DocumentError(
            at: mark, found: "values nested deeper than \(DocumentValue.deepest) levels",
            expected: "fewer levels")
    }
}
