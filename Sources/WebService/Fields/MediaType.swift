/// A media type or a range of them, with its parameters (RFC 9110 sections 8.3.1 and 12.5.1).
struct MediaType: Hashable, Sendable {
    /// In lower case; `*` for any.
    let type: String
    /// In lower case; `*` for any.
    let subtype: String
    /// By name in lower case, without quotes; none is named twice.
    let parameters: [String: String]

    /// `type/subtype` in lower case.
    var essence: String { "\(type)/\(subtype)" }

    /// Reads `Text/CSV; Charset="UTF-8"`, or a range as of `Accept`.
    ///
    /// `nil` where it is no media type.  A lone `*`, as some old clients send it, is `*/*`.
    init?(_ text: some StringProtocol) {
        let parts = HeaderList.parts(text, separator: ";")
        let names =
            parts[0] == "*"
            ? ["*", "*"]
            : parts[0].split(separator: "/", omittingEmptySubsequences: false)
                .map { $0.lowercased() }
        guard names.count == 2, names.allSatisfy(HeaderList.isToken),
            names[0] != "*" || names[1] == "*"
        else { return nil }
        var parameters: [String: String] = [:]
        for part in parts.dropFirst() where !part.isEmpty {
            let pair = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard pair.count == 2, HeaderList.isToken(pair[0]),
                let value = HeaderList.value(pair[1]),
                parameters.updateValue(value, forKey: pair[0].lowercased()) == nil
            else { return nil }
        }
        type = names[0]
        subtype = names[1]
        self.parameters = parameters
    }
}
