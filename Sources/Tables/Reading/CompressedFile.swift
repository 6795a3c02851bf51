import CZlib
import Files
import Glibc

/// The bytes of a file in blocks, decompressed where it is gzip (RFC 1952), whatever they are.
///
/// It ends whatever the file is: only regular files are read, of at most `mostBytes`, and no more
/// than that comes out of them.
public final class CompressedFile {
    /// The most bytes of a file, also when decompressed.
    public static let mostBytes = 1 << 33
    /// Beyond this many bytes a file may expand to `mostExpansion` times its size and no further:
    /// tables and XML stay below 50, a file made to fill memory is near DEFLATE's limit of 1032.
    private static let freeBytes = 1 << 26
    private static let mostExpansion = 250

    public let path: String
    private let file: gzFile
    /// Bytes of the file itself.
    private let size: Int
    private var total = 0

    /// Opens a file for reading.
    ///
    /// - Throws: `TableError` where it cannot be read.
    public init(path: String) throws(TableError) {
        let descriptor: Int32
        do throws(FileError) {
            let opened = try RegularFile(path, limit: Self.mostBytes)
            size = opened.size
            // zlib closes its own copy.
            descriptor = dup(opened.descriptor)
        } catch {
            throw TableError(
                .cannotOpen, path: path, found: error.found, expected: error.expected)
        }
        guard descriptor >= 0, let file = gzdopen(descriptor, "rbe") else {
            let reason = String(cString: strerror(errno))
            if descriptor >= 0 { close(descriptor) }
            throw TableError(
                .cannotOpen, path: path, found: reason, expected: "a readable file")
        }
        gzbuffer(file, 1 << 17)
        self.path = path
        self.file = file
    }

    deinit {
        gzclose(file)
    }

    /// Refuses a file that has bytes, is named as compressed and is not.
    public func checkCompression() throws(TableError) {
        guard path.hasSuffix(".gz"), gzdirect(file) == 1, size > 0 else { return }
        throw TableError(
            .cannotRead, path: path, found: "no gzip header", expected: "gzip, as its suffix says")
    }

    /// The next bytes into `target`; 0 at the file's end.
    ///
    /// - Throws: `TableError` where reading or decompressing fails, or more comes out of the
    ///   file than any table or survey has.
    public func read(into target: UnsafeMutableRawBufferPointer) throws(TableError) -> Int {
        errno = 0
        let count = gzread(file, target.baseAddress, UInt32(clamping: target.count))
        if count > 0 {
            total += Int(count)
            try checkSize()
            return Int(count)
        }
        var code: Int32 = Z_OK
        let text = gzerror(file, &code).map { String(cString: $0) } ?? ""
        guard count < 0 || (code != Z_OK && code != Z_STREAM_END) else { return 0 }
        let reason =
            code == Z_ERRNO ? String(cString: strerror(errno)) : "damaged gzip: " + reason(text)
        throw TableError(.cannotRead, path: path, found: reason, expected: "a readable file")
    }

    private func checkSize() throws(TableError) {
        guard total > Self.freeBytes else { return }
        let read = Int(gzoffset(file))
        guard total > Self.mostBytes || total / Self.mostExpansion > read else { return }
        throw TableError(
            .cannotRead, path: path, found: "\(read) bytes that expand to more than \(total)",
            expected: "at most \(Self.mostExpansion) times as many, and \(Self.mostBytes) in all")
    }

    /// zlib's own words without the descriptor's name, which they begin with.
    private func reason(_ text: String) -> String {
        guard text.hasPrefix("<fd:"), let end = text.firstIndex(of: " ") else { return text }
        return String(text[text.index(after: end)...])
    }
}
