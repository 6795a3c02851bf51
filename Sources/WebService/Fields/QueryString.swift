/// The parameters of a request's query as forms, Python's urlencode and the WHATWG's URL write them
/// (application/x-www-form-urlencoded): `&` separates, a plus is a space and %2B a plus.
public struct QueryString: Sendable {
    public let items: [(name: String, value: String)]

    /// - Throws: `Problem` where it is wrongly encoded.
    public init(_ text: Substring) throws(Problem) {
        var items: [(name: String, value: String)] = []
        for part in text.split(separator: "&") {
            let pair = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard let name = PercentCoding.decodedForm(pair[0]),
                let value = PercentCoding.decodedForm(pair.count > 1 ? pair[1] : "")
            else { throw .badRequest("the query is not percent-encoded UTF-8") }
            items.append((name, value))
        }
        self.items = items
    }
}
