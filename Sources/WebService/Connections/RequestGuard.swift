import HTTPTypes
import NIOCore
import NIOHTTP1

/// Stands between a connection's parser and the routes: answers what is no HTTP/1.1, so that no
/// route sees it, and ends connections as HTTP/1.1 has it (RFC 9112).
///
/// Faults are answered behind what was asked before them, and the connection closed.  A fault
/// within a body is the route's to tell, which waits for it.  HTTP/1.0 is answered without chunks
/// and closed.  Only its channel's event loop uses it.
final class RequestGuard: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias InboundOut = HTTPServerRequestPart
    typealias OutboundIn = HTTPServerResponsePart
    typealias OutboundOut = HTTPServerResponsePart

    private struct Asked {
        let isHead: Bool
        let isOld: Bool
        var isLast: Bool
    }

    private let line: RequestLine
    private let patience: TimeAmount
    /// The requests that are not answered, the oldest first.
    private var asked: CircularBuffer<Asked> = []
    private var isReading = true
    private var isInBody = false
    private var isInAnswer = false
    /// Told once everything asked before is answered.
    private var fault: Problem?
    private var closing: Scheduled<Void>?

    /// - Parameter patience: how long a connection whose last answer is sent stays for its client
    ///   to read it.
    init(line: RequestLine, patience: TimeAmount = .seconds(2)) {
        self.line = line
        self.patience = patience
    }

    // MARK: What comes in

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard isReading else { return }
        switch unwrapInboundIn(data) {
        case .head(let head):
            line.end()
            do {
                let rules = try RequestRules(head)
                asked.append(
                    Asked(
                        isHead: head.method == .HEAD, isOld: head.version.minor == 0,
                        isLast: rules.isLast))
                isInBody = true
                context.fireChannelRead(wrapInboundOut(.head(rules.head)))
            } catch {
                refuse(error, context)
            }
        case .body: context.fireChannelRead(data)
        case .end:
            isInBody = false
            line.begin()
            context.fireChannelRead(data)
            if asked.last?.isLast == true { endInput(context) }
        }
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        context.fireChannelReadComplete()
        // What still comes is passed over until the client has gone.
        if closing != nil { context.read() }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        guard let fault = error as? HTTPParserError else {
            context.fireErrorCaught(error)
            return
        }
        guard isReading else { return }
        guard isInBody else {
            refuse(Problem(fault, line), context)
            return
        }
        isReading = false
        if !asked.isEmpty { asked[asked.index(before: asked.endIndex)].isLast = true }
        context.fireErrorCaught(error)
    }

    private func refuse(_ fault: Problem, _ context: ChannelHandlerContext) {
        self.fault = fault
        endInput(context)
    }

    /// Those behind take it that the client has nothing more to ask.
    private func endInput(_ context: ChannelHandlerContext) {
        isReading = false
        context.fireUserInboundEventTriggered(ChannelEvent.inputClosed)
    }

    // MARK: What goes out

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        guard let asked = asked.first else {
            // An answer to nothing: the fault has been told already.
            promise?.succeed()
            return
        }
        switch unwrapOutboundIn(data) {
        case .head(let head) where head.status.code < 200: context.write(data, promise: promise)
        case .head(var head):
            isInAnswer = true
            if asked.isLast { head.headers.replaceOrAdd(name: "connection", value: "close") }
            if asked.isOld { head.version = .http1_0 }
            context.write(wrapOutboundOut(.head(head)), promise: promise)
        case .body where asked.isHead: promise?.succeed()
        case .body: context.write(data, promise: promise)
        case .end:
            isInAnswer = false
            self.asked.removeFirst()
            context.write(data, promise: promise)
        }
    }

    func close(context: ChannelHandlerContext, mode: CloseMode, promise: EventLoopPromise<Void>?) {
        guard mode != .input, closing == nil else {
            context.close(mode: mode, promise: promise)
            return
        }
        let told = fault.map { tell($0, context) } ?? false
        guard told || mode == .output else {
            context.close(mode: mode, promise: promise)
            return
        }
        context.close(mode: .output, promise: nil)
        let channel = context.channel
        closing = context.eventLoop.scheduleTask(in: patience) {
            channel.close(mode: .all, promise: nil)
        }
        if mode == .all, let promise {
            channel.closeFuture.cascade(to: promise)
        } else {
            promise?.succeed()
        }
        context.read()
    }

    /// Whether the fault could be told: nothing else is half said.
    private func tell(_ fault: Problem, _ context: ChannelHandlerContext) -> Bool {
        self.fault = nil
        guard !isInAnswer, context.channel.isActive else { return false }
        let document = fault.document
        let headers = HTTPHeaders([
            ("content-type", document.mediaType), ("content-length", "\(document.text.utf8.count)"),
            ("cache-control", Answer.Caching.never.rawValue), ("connection", "close"),
            ("x-content-type-options", "nosniff"),
        ])
        let status = HTTPResponseStatus(
            statusCode: document.status.code, reasonPhrase: document.status.reasonPhrase)
        let head = HTTPResponseHead(version: .http1_1, status: status, headers: headers)
        context.write(wrapOutboundOut(.head(head)), promise: nil)
        let body = IOData.byteBuffer(context.channel.allocator.buffer(string: document.text))
        context.write(wrapOutboundOut(.body(body)), promise: nil)
        context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
        return true
    }

    func channelInactive(context: ChannelHandlerContext) {
        closing?.cancel()
        context.fireChannelInactive()
    }
}
