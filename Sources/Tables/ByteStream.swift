import CZlib
import Glibc

/// The bytes of a file from its start to its end, decompressed where its name ends in `.gz`.
final class ByteStream {
    let path: String
    private let file: gzFile
    private let buffer: UnsafeMutableBufferPointer<UInt8>
    private var position = 0
    private var limit = 0

    /// Opens a file for reading.
    init(path: String) throws(TableFailure) {
        errno = 0
        guard let file = gzopen(path, "rbe") else {
            throw TableFailure(
                .cannotOpen, path: path, found: String(cString: strerror(errno)),
                expected: "a readable file")
        }
        gzbuffer(file, 1 << 17)
        self.path = path
        self.file = file
        buffer = .allocate(capacity: 1 << 17)
    }

    /// Refuses a file that is named as compressed and is not.
    func checkCompression() throws(TableFailure) {
        guard path.hasSuffix(".gz"), try peek() != nil, gzdirect(file) == 1 else { return }
        throw TableFailure(
            .cannotRead, path: path, found: "no gzip header", expected: "gzip, as its suffix says")
    }

    deinit {
        gzclose(file)
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
        errno = 0
        let count = gzread(file, buffer.baseAddress, UInt32(buffer.count))
        if count > 0 {
            position = 0
            limit = Int(count)
            return true
        }
        var code: Int32 = Z_OK
        let text = gzerror(file, &code).map { String(cString: $0) } ?? ""
        guard count < 0 || (code != Z_OK && code != Z_STREAM_END) else { return false }
        let reason =
            code == Z_ERRNO ? String(cString: strerror(errno)) : "damaged gzip: " + reason(text)
        throw TableFailure(.cannotRead, path: path, found: reason, expected: "a readable file")
    }

    /// zlib's own words without the file's name, which they begin with.
    private func reason(_ text: String) -> String {
        text.hasPrefix(path + ": ") ? String(text.dropFirst(path.count + 2)) : text
    }
}
