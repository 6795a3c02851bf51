import CZlib
import Glibc

/// The bytes of a text from its start to its end: of a file, decompressed where its name ends in
/// `.gz`, or of memory.
///
/// A byte order mark at the start is passed over (RFC 3629 section 6).
final class ByteStream {
    /// The file's path, or what the text is called.
    let path: String
    /// `nil` where the text is in memory, then as a whole in `buffer`.
    private let file: gzFile?
    private let buffer: UnsafeMutableBufferPointer<UInt8>
    private var position = 0
    private var limit = 0

    /// Opens a file for reading.
    ///
    /// - Throws: `TableFailure` where it cannot be read, or holds no UTF-8 (see `TextForm`).
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
        try begin()
    }

    /// Takes a text in memory, which faults call `name`.
    init(bytes: some Collection<UInt8>, name: String) throws(TableFailure) {
        path = name
        file = nil
        buffer = .allocate(capacity: max(1, bytes.count))
        limit = buffer.initialize(fromContentsOf: bytes)
        try begin()
    }

    deinit {
        if let file { gzclose(file) }
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

    /// Passes over a byte order mark that stands here.
    func skipMark() {
        let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
        if buffer[position..<limit].starts(with: mark) { position += mark.count }
    }

    /// Looks at the first bytes.
    private func begin() throws(TableFailure) {
        guard try peek() != nil else { return }
        if let file, path.hasSuffix(".gz"), gzdirect(file) == 1 {
            throw TableFailure(
                .cannotRead, path: path, found: "no gzip header",
                expected: "gzip, as its suffix says")
        }
        if let form = TextForm(start: buffer[position..<min(limit, 4096)]) {
            throw TableFailure(
                .cannotRead, path: path, found: form.description, expected: "UTF-8 text")
        }
        skipMark()
    }

    /// Reads the next part of the file; `false` at its end.
    private func refill() throws(TableFailure) -> Bool {
        guard let file else { return false }
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
