/// The bytes of a file from its start to its end, decompressed where its name ends in `.gz`.
final class ByteStream {
    let path: String
    private let file: CompressedFile
    private let buffer: UnsafeMutableBufferPointer<UInt8>
    private var position = 0
    private var limit = 0

    /// Opens a file for reading.
    init(path: String) throws(TableFailure) {
        file = try CompressedFile(path: path)
        self.path = path
        buffer = .allocate(capacity: 1 << 17)
    }

    /// Refuses a file that is named as compressed and is not.
    func checkCompression() throws(TableFailure) { try file.checkCompression() }

    deinit {
        buffer.deallocate()
    }

    /// The next byte, which stays in the stream; `nil` at the end.
    @inline(__always)
    func peek() throws(TableFailure) -> UInt8? {
        if position == limit, try !refill() { return nil }
        return buffer[position]
    }

    /// Takes the byte that `peek` has shown.
    @inline(__always)
    func advance() {
        position += 1
    }

    /// Reads the next part of the file; `false` at its end.
    private func refill() throws(TableFailure) -> Bool {
        position = 0
        limit = 0
        limit = try file.read(into: UnsafeMutableRawBufferPointer(buffer))
        return limit > 0
    }
}
