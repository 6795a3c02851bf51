import HTTPTypes
import NIOHTTP1

/// What HTTP/1.1 asks of a request's head beyond what the parser checks (RFC 9112).
struct RequestRules {
    /// The head as the routes take it: its target in origin form.
    let head: HTTPRequestHead
    /// Whether the connection ends with its answer.
    let isLast: Bool

    /// - Throws: `Problem` that says what is wrong.
    init(_ head: HTTPRequestHead) throws(Problem) {
        var head = head
        let isOld = head.version.minor == 0
        try Self.checkFields(head.headers)
        try Self.checkHost(head.headers, isOld: isOld)
        try Self.checkFraming(head.headers, isOld: isOld)
        head.uri = try Self.target(head)
        // A client of HTTP/1.0 knows nothing of 100 (RFC 9110 section 10.1.1).
        if isOld { head.headers.remove(name: "expect") }
        self.head = head
        let options = head.headers["connection"].flatMap { HeaderList.elements($0) }
            .map { $0.lowercased() }
        // The parser takes nothing more where another protocol is asked for.
        isLast = isOld || options.contains("close") || head.headers.contains(name: "upgrade")
    }

    private static func checkFields(_ headers: HTTPHeaders) throws(Problem) {
        for (name, value) in headers {
            let isPlain = value.utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7F || $0 == 0x09 }
            guard HeaderList.isToken(name), isPlain else {
                throw .badRequest("a header has a character that none may have")
            }
        }
    }

    private static func checkHost(_ headers: HTTPHeaders, isOld: Bool) throws(Problem) {
        let hosts = headers["host"]
        guard hosts.count <= 1 else {
            throw .badRequest("found \(hosts.count) Host headers, expected one")
        }
        guard let host = hosts.first else {
            if isOld { return }
            throw .badRequest("the Host header is missing")
        }
        guard isAuthority(HeaderList.trimmed(host[...])) else {
            throw .badRequest("the Host header is not a host with or without a port")
        }
    }

    /// `host`, `host:port`, `[::1]:port` (RFC 3986 section 3.2) without a user; may be empty.
    private static func isAuthority(_ text: Substring) -> Bool {
        var rest = text.utf8
        if text.hasPrefix("[") {
            guard let end = rest.firstIndex(of: UInt8(ascii: "]")) else { return false }
            let inside = rest[rest.index(after: rest.startIndex)..<end]
            let isAddress = inside.allSatisfy { isNameByte($0) || $0 == UInt8(ascii: ":") }
            guard !inside.isEmpty, isAddress else { return false }
            rest = rest[rest.index(after: end)...]
        } else {
            let end = rest.firstIndex(of: UInt8(ascii: ":")) ?? rest.endIndex
            guard PercentCoding.decoded(Substring(rest[..<end])) != nil,
                rest[..<end].allSatisfy({ isNameByte($0) || $0 == UInt8(ascii: "%") })
            else { return false }
            rest = rest[end...]
        }
        guard let colon = rest.popFirst() else { return true }
        guard colon == UInt8(ascii: ":"), rest.allSatisfy({ (48...57).contains($0) }) else {
            return false
        }
        return rest.isEmpty || UInt16(Substring(rest)) != nil
    }

    /// The unreserved characters and the sub-delimiters.
    private static func isNameByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        default: "-._~!$&'()*+,;=".utf8.contains(byte)
        }
    }

    /// A body has one length (RFC 9112 section 6): what could be taken for two is refused.
    private static func checkFraming(_ headers: HTTPHeaders, isOld: Bool) throws(Problem) {
        let lengths = headers["content-length"]
        guard lengths.count <= 1, lengths.allSatisfy({ Int($0) != nil && !$0.hasPrefix("+") })
        else { throw .badRequest("Content-Length is not one number") }
        let codings = headers["transfer-encoding"].flatMap { HeaderList.elements($0) }
            .map { $0.lowercased() }
        guard headers.contains(name: "transfer-encoding") else { return }
        guard lengths.isEmpty, !isOld else {
            throw .badRequest("Transfer-Encoding stands beside Content-Length or in HTTP/1.0")
        }
        guard codings.last == "chunked", codings.filter({ $0 == "chunked" }).count == 1 else {
            throw .badRequest("the last Transfer-Encoding is not chunked")
        }
        guard codings.count == 1 else {
            throw Problem(
                status: .notImplemented, detail: "expected no Transfer-Encoding but chunked")
        }
    }

    /// The target in origin form (RFC 9112 section 3.2), or `*` for OPTIONS.
    private static func target(_ head: HTTPRequestHead) throws(Problem) -> String {
        let text = head.uri
        guard head.method != .CONNECT else {
            throw Problem(status: .notImplemented, detail: "this is no proxy")
        }
        let isPlain = text.utf8.allSatisfy { $0 > 0x20 && $0 != 0x7F && $0 != UInt8(ascii: "#") }
        guard isPlain else {
            throw .badRequest("the target has a character that none may have")
        }
        if text.hasPrefix("/") || text == "*" && head.method == .OPTIONS { return text }
        guard let scheme = ["http://", "https://"].first(where: text.lowercased().hasPrefix) else {
            throw .badRequest("expected a target that begins with / or http://")
        }
        let rest = text.dropFirst(scheme.count)
        let authority = rest.prefix { $0 != "/" && $0 != "?" }
        guard !authority.isEmpty, !authority.hasPrefix(":"), isAuthority(authority) else {
            throw .badRequest("the target's host is not a host with or without a port")
        }
        let path = rest.dropFirst(authority.count)
        return path.hasPrefix("/") ? String(path) : "/" + path
    }
}

extension Problem {
    /// What a request that the parser gives up on is answered.
    init(_ error: HTTPParserError, _ line: RequestLine) {
        switch error {
        case .headerOverflow where line.isTooLong:
            self.init(status: .uriTooLong, detail: "the request's first line is too long")
        case .headerOverflow:
            self.init(
                status: .requestHeaderFieldsTooLarge,
                detail: "the headers are too many or too long")
        case .invalidVersion where line.hasVersion:
            self.init(
                status: .httpVersionNotSupported, detail: "expected HTTP/1.1 or HTTP/1.0")
        case .invalidMethod where line.hasMethod:
            self.init(status: .notImplemented, detail: "the method is not known")
        default: self = .malformed
        }
    }
}
