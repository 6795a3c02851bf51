import NIOCore
import NIOPosix

/// A client that sends bytes as they are.
public enum RawClient {
    /// What the service sends for some bytes until it closes the connection.
    ///
    /// - Parameter ends: whether the client says that it sends nothing more.
    public static func exchange(
        _ port: Int, _ text: String, ends: Bool = false
    ) async throws -> String {
        try await exchange(port, Array(text.utf8), ends: ends)
    }

    /// The same for any bytes.
    public static func exchange(
        _ port: Int, _ bytes: [UInt8], ends: Bool = false
    ) async throws -> String {
        let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .channelOption(.allowRemoteHalfClosure, value: true)
            .connect(host: "127.0.0.1", port: port) { channel in
                channel.eventLoop.makeCompletedFuture {
                    try NIOAsyncChannel<ByteBuffer, ByteBuffer>(
                        wrappingChannelSynchronously: channel,
                        configuration: .init(isOutboundHalfClosureEnabled: true))
                }
            }
        return try await channel.executeThenClose { inbound, outbound in
            if !bytes.isEmpty { try? await outbound.write(ByteBuffer(bytes: bytes)) }
            if ends { outbound.finish() }
            var reply = ""
            do { for try await part in inbound { reply += String(buffer: part) } } catch {}
            return reply
        }
    }

    /// The statuses of the answers in what the service sent.
    public static func statuses(_ reply: String) -> [Int] {
        reply.components(separatedBy: "HTTP/1.").dropFirst().compactMap { answer in
            Int(answer.dropFirst(2).prefix(3))
        }
    }
}
