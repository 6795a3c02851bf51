public import HTTPTypes

/// What a request says of who sends it.
public struct Credentials: Sendable {
    private let headers: HTTPFields
    private let authority: String?

    /// - Parameter authority: what the request is sent to: the host and port of the service as its
    ///   client knows it.
    public init(_ headers: HTTPFields, authority: String?) {
        self.headers = headers
        self.authority = authority
    }

    /// The bearer token (RFC 6750 section 2.1); `nil` where there is none.
    public var bearerToken: String? {
        guard let value = headers[.authorization], value.lowercased().hasPrefix("bearer ") else {
            return nil
        }
        let token = HeaderList.trimmed(value.dropFirst("bearer ".count))
        return token.isEmpty ? nil : String(token)
    }

    /// The value of a cookie (RFC 6265 section 4.2); `nil` where there is none of the name.
    public func cookie(_ name: String) -> String? {
        for field in headers[values: .cookie] {
            for part in field.split(separator: ";") {
                let pair = HeaderList.trimmed(part).split(
                    separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
                if pair.count == 2, pair[0] == name { return String(pair[1]) }
            }
        }
        return nil
    }

    /// Whether a page of another site sends it, as far as a browser says so (W3C Fetch Metadata,
    /// Sec-Fetch-Site; WHATWG Fetch, Origin).
    public var isFromOtherSite: Bool {
        if let site = headers[Self.fetchSite] { return site != "same-origin" && site != "none" }
        guard let origin = headers[.origin] else { return false }
        guard let authority, let host = origin.split(separator: "/").last else { return true }
        return origin.split(separator: "/").count != 2 || host != authority
    }

    private static let fetchSite = HTTPField.Name(checked: "Sec-Fetch-Site")
}
