import Hummingbird
import NIOCore

/// Bodies of answers that go out as fast as their clients read.
enum PacedBody {
    /// How much is written at a time; beyond it, an answer counts against the budget.
    static let partBytes = 64 << 10

    /// A body that is there, in parts, under a lease that ends with it.
    static func of(_ buffer: ByteBuffer, _ lease: ByteBudget.Lease) -> ResponseBody {
        ResponseBody(contentLength: buffer.readableBytes) { writer in
            var rest = buffer
            while rest.readableBytes > 0 {
                let length = min(partBytes, rest.readableBytes)
                guard let part = rest.readSlice(length: length) else { break }
                try await writer.write(part)
            }
            withExtendedLifetime(lease) {}
            try await writer.finish(nil)
        }
    }
}
