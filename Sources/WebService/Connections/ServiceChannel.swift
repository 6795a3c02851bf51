import HTTPTypes
import HummingbirdCore
import Logging
import NIOCore
import NIOHTTP1
import NIOHTTPTypes
import NIOHTTPTypesHTTP1

/// A connection of the service: parser, guard, and the limits of one client.
struct ServiceChannel: HTTPChannelHandler {
    typealias Value = NIOAsyncChannel<HTTPRequestPart, HTTPResponsePart>

    let responder: HTTPChannelHandler.Responder
    /// How long it may stay without a byte in either direction.
    let idle: TimeAmount

    /// The longest request's first line, or header, in bytes.
    static let lineBytes = 8 << 10
    /// All headers of a request, with its target, in bytes.
    static let headBytes = 16 << 10
    /// The most headers.
    static let headers = 100

    func setup(channel: any Channel, logger: Logger) -> EventLoopFuture<Value> {
        channel.eventLoop.makeCompletedFuture {
            let pipeline = channel.pipeline.syncOperations
            var limits = NIOHTTPDecoderLimitConfiguration()
            limits.maxHeaderFieldSize = Self.lineBytes
            limits.maxHeaderListSize = Self.headBytes
            limits.maxHeaderFieldCount = Self.headers
            let line = RequestLine(limit: Self.lineBytes + "GET  HTTP/1.1\r".utf8.count)
            try pipeline.addHandler(line)
            try pipeline.configureHTTPServerPipeline(
                withPipeliningAssistance: false, withErrorHandling: false,
                withOutboundHeaderValidation: false, withEncoderConfiguration: .init(),
                withDecoderLimitConfiguration: limits)
            try pipeline.addHandlers([
                RequestGuard(line: line), HTTP1ToHTTPServerCodec(secure: false),
                StalledWriteHandler(limit: idle), ContinueHandler(),
                HTTPConnectionStateHandler(idleTimeout: Duration(idle), logger: logger),
            ])
            // Few parts wait for a route that has no room for them yet.
            return try NIOAsyncChannel(
                wrappingChannelSynchronously: channel,
                configuration: .init(
                    backPressureStrategy: .init(lowWatermark: 1, highWatermark: 2),
                    isOutboundHalfClosureEnabled: true))
        }
    }

    func handle(value: Value, logger: Logger) async {
        await handleHTTP(asyncChannel: value, logger: logger)
    }
}
