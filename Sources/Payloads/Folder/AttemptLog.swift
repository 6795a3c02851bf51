import CProcess
import Glibc

/// A file that takes what an attempt says on standard output or standard error, held to a size:
/// of what is more the first quarter and the end stay, with a line between them that says how much
/// was cut.
final class AttemptLog {
    /// What the attempt writes to.
    let descriptor: Descriptor
    private let head: Int
    private let tail: Int
    private let limit: Int
    private var cut = 0

    private static let block = 4096
    private static let markLength = 64

    /// - Parameter limit: bytes; at least 16 KiB are kept.
    /// - Throws: `PayloadError` of code `file`.
    init(_ path: String, limit: Int) throws(PayloadError) {
        descriptor = try Descriptor(path, O_WRONLY | O_CREAT | O_TRUNC | O_APPEND)
        self.limit = max(limit, 4 * Self.block)
        head = self.limit / 4 / Self.block * Self.block
        tail = self.limit / 2
    }

    /// Cuts the file where it is larger than its limit.
    ///
    /// What the attempt writes while the end is copied, where the file system cannot take blocks
    /// out of a file, may be lost.
    func trim() {
        var status = stat()
        guard fstat(descriptor.number, &status) == 0, status.st_size > limit,
            let file = try? Descriptor("/proc/self/fd/\(descriptor.number)", O_RDWR)
        else { return }
        let size = Int(status.st_size)
        let blocks = (size - head - tail) / Self.block * Self.block
        if cprocess_collapse(file.number, Int64(head), Int64(blocks)) == 0 {
            cut += blocks
        } else {
            cut += moveEnd(of: file, size: size)
        }
        mark(file)
    }

    /// Copies the end of the file behind its head; tells the bytes that are gone.
    private func moveEnd(of file: Descriptor, size: Int) -> Int {
        var from = size - tail
        var to = head
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = buffer.withUnsafeMutableBytes {
                pread(file.number, $0.baseAddress, $0.count, from)
            }
            guard count > 0 else { break }
            let written = buffer.withUnsafeBytes { pwrite(file.number, $0.baseAddress, count, to) }
            guard written == count else { break }
            from += count
            to += count
        }
        ftruncate(file.number, to)
        return from - to
    }

    /// Says at the end of the head how much was cut in all.
    private func mark(_ file: Descriptor) {
        let text = "\n[... \(cut) bytes cut ...]"
        let padding = [UInt8](repeating: 0x20, count: max(0, Self.markLength - 1 - text.utf8.count))
        let line = Array(text.utf8) + padding + [0x0A]
        _ = line.withUnsafeBytes {
            pwrite(file.number, $0.baseAddress, $0.count, head - Self.markLength)
        }
    }
}
