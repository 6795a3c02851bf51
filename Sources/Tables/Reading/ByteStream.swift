/// The bytes of a text from its start to its end: of a file, decompressed where its name ends in
/// `.gz`, or of memory.
///
/// A byte order mark at the start is passed over (RFC 3629 section 6).
final class ByteStream {
    /// The file's path, or what the text is called.
    let path: String
    /// `nil` where the text is in memory, then as a whole in `buffer`.
    private let file: CompressedFile?
    private let buffer: UnsafeMutableBufferPointer<UInt8>
    private var position = 0
    private var limit = 0

    /// Opens a file for reading.
    ///
    /// - Throws: `TableError` where it cannot be read, or holds no UTF-8 (see `TextForm`).
    init(path: String) throws(TableError) {
        file = try CompressedFile(path: path)
        self.path = path
        buffer = .allocate(capacity: 1 << 17)
        try begin()
    }

    /// Takes a text in memory, which faults call `name`.
    init(bytes: some Collection<UInt8>, name: String) throws(TableError) {
        path = name
        file = nil
        buffer = .allocate(capacity: max(1, bytes.count))
        limit = buffer.initialize(fromContentsOf: bytes)
        try begin()
    }

    deinit {
        buffer.deallocate()
    }

    /// The next byte, which stays in the stream; `nil` at the end.
    @inline(__always)
    func peek() throws(TableError) -> UInt8? {
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
    private func begin() throws(TableError) {
        guard try peek() != nil else { return }
        try file?.checkCompression()
        if let form = TextForm(start: buffer[position..<min(limit, 4096)]) {
            throw TableError(
                .cannotRead, path: path, found: form.description, expected: "UTF-8 text")
        }
        skipMark()
    }

    /// Reads the next part of the file; `false` at its end.
    private func refill() throws(TableError) -> Bool {
        guard let file else { return false }
        position = 0
        limit = 0
        limit = try file.read(into: UnsafeMutableRawBufferPointer(buffer))
        return limit > 0
    }
}
