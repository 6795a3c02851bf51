import NIOCore

/// Watches the bytes of a connection for the first line of each request, of which the parser behind
/// it tells nothing where it fails.
///
/// Where one read holds the end of a request and the begin of the next, it knows less of that
/// one's line: the answer to a fault is then the more general one.  Only its channel's event loop
/// uses it.
final class RequestLine: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = ByteBuffer
    typealias InboundOut = ByteBuffer

    private let limit: Int
    private var isInLine = true
    /// Whether the line began behind another request in the bytes that are being parsed.
    private var isBehind = false
    private var count = 0
    private var first: [UInt8] = []
    private var last: [UInt8] = []

    /// - Parameter limit: the longest line, in bytes.
    init(limit: Int) {
        self.limit = limit
    }

    /// Whether the line is what is too long, where something is.
    var isTooLong: Bool { isInLine || count > limit }

    /// Whether the line begins as one of HTTP does: a method that is well-formed, known or not.
    var hasMethod: Bool {
        let method = first.prefix { $0 != UInt8(ascii: " ") }
        return !isBehind && !method.isEmpty && method.count < first.count
            && method.allSatisfy(HeaderList.isTokenByte)
    }

    /// Whether the line ends as one of HTTP does: `HTTP/` and a version, known or not.
    var hasVersion: Bool {
        let version = last.filter { $0 != UInt8(ascii: "\r") }.suffix(9)
        let digits = version.dropFirst(6).filter { $0 != UInt8(ascii: ".") }
        return isBehind
            || version.starts(with: " HTTP/".utf8) && digits.count == 2
                && digits.allSatisfy { (48...57).contains($0) }
    }

    /// The head of a request has been read.
    func end() {
        isInLine = false
        isBehind = false
    }

    /// A request has been read to its end: another line follows.
    func begin() {
        isInLine = true
        isBehind = true
        count = 0
        first = []
        last = []
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let bytes = unwrapInboundIn(data).readableBytesView
        if isInLine { watch(bytes) }
        context.fireChannelRead(data)
        guard isBehind else { return }
        // What stands behind the last line's end is the next line's begin.
        isBehind = false
        let end = bytes.lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? bytes.endIndex
        watch(bytes[end...])
    }

    private func watch(_ bytes: ByteBufferView) {
        var rest = bytes[...]
        if count == 0 { rest = rest.drop { $0 == UInt8(ascii: "\r") || $0 == UInt8(ascii: "\n") } }
        let end = rest.firstIndex(of: UInt8(ascii: "\n"))
        let line = rest[rest.startIndex..<(end ?? rest.endIndex)]
        first += line.prefix(max(0, 32 - first.count))
        last = Array((last + line.suffix(16)).suffix(16))
        count += line.count
        if end != nil { isInLine = false }
    }
}
