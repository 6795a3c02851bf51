import CZlib

/// Compresses bytes, as they come, into one member of gzip (RFC 1952).
public final class GzipStream {
    private let stream: UnsafeMutablePointer<z_stream>

    /// How many bytes a stream needs while it is open (zconf.h, "The memory requirements for
    /// deflate").
    public static let memoryBytes = 268 << 10
    /// The compressed bytes that are made at a time.
    private static let partBytes = 1 << 16

    /// An empty member; `nil` where there is no memory for one.
    public init?() {
        stream = .allocate(capacity: 1)
        stream.initialize(to: z_stream())
        // 16 more than the window's bits asks for gzip (zlib.h, deflateInit2).
        let code = deflateInit2_(
            stream, Z_DEFAULT_COMPRESSION, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY,
            ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
        guard code == Z_OK else { return nil }
    }

    deinit {
        deflateEnd(stream)
        stream.deinitialize(count: 1)
        stream.deallocate()
    }

    /// The compressed bytes that are ready once `bytes` are added; perhaps none.
    ///
    /// - Parameter isLast: whether the member ends here; nothing may be added after that.
    public func compress(_ bytes: [UInt8], isLast: Bool) -> [UInt8] {
        var source = bytes
        return source.withUnsafeMutableBufferPointer { source in
            var compressed: [UInt8] = []
            var rest = source[...]
            repeat {
                let part = rest.prefix(1 << 30)
                rest = rest.dropFirst(part.count)
                stream.pointee.next_in = source.baseAddress.map { $0 + part.startIndex }
                stream.pointee.avail_in = UInt32(part.count)
                deflateAll(isLast && rest.isEmpty ? Z_FINISH : Z_NO_FLUSH, into: &compressed)
            } while !rest.isEmpty
            return compressed
        }
    }

    /// Takes all that `next_in` points at.
    private func deflateAll(_ flush: Int32, into compressed: inout [UInt8]) {
        repeat {
            let part = [UInt8](unsafeUninitializedCapacity: Self.partBytes) { buffer, count in
                stream.pointee.next_out = buffer.baseAddress
                stream.pointee.avail_out = UInt32(buffer.count)
                _ = deflate(stream, flush)
                count = buffer.count - Int(stream.pointee.avail_out)
            }
            compressed += part
        } while stream.pointee.avail_out == 0
    }
}
