import Glibc

/// Files that are there whole or not at all, also after a loss of power.
enum WholeFile {
    /// Writes a file in place of one that may be there.
    ///
    /// - Throws: `PayloadError` of code `file`.
    static func write(_ bytes: [UInt8], to path: String, mode: UInt32) throws(PayloadError) {
        let part = "\(path).part"
        unlink(part)
        let file = try Descriptor(part, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, mode: mode)
        if let number = file.write(bytes) {
            throw PayloadError(.file, "cannot write \(part)", errno: number)
        }
        guard fdatasync(file.number) == 0 else {
            throw PayloadError(.file, "cannot write \(part)", errno: errno)
        }
        guard rename(part, path) == 0 else {
            throw PayloadError(.file, "cannot make \(path)", errno: errno)
        }
        let end = path.utf8.lastIndex(of: UInt8(ascii: "/"))
        let folder = end.map { String(path[..<$0]) + "/" } ?? "."
        fsync(try Descriptor(folder, O_RDONLY | O_DIRECTORY).number)
    }
}
