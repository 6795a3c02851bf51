/// The parameters of a request's query, decoded (RFC 3986 section 3.4; a plus is a plus).
struct QueryString: Sendable {
    let items: [(name: String, value: String)]

    /// - Throws: `Problem` where it is wrongly encoded.
    init(_ text: Substring) throws(Problem) {
        var items: [(name: String, value: String)] = []
        for part in text.split(separator: "&") {
            let pair = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard let name = PercentCoding.decoded(pair[0]),
                let value = PercentCoding.decoded(pair.count > 1 ? pair[1] : "")
            else { throw .badRequest("the query is not percent-encoded UTF-8") }
            items.append((name, value))
        }
        self.items = items
    }
}
