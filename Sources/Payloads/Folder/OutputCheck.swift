import CProcess
import Glibc

/// Looks at declared outputs: what is really there, whatever the paths seem to say.
enum OutputCheck {
    /// - Parameters:
    ///   - path: absolute.
    ///   - workFolder: where the attempt may leave outputs; absolute.
    static func fact(of path: String, below workFolder: String) -> OutputFact {
        let work = workFolder.split(separator: "/").filter { $0 != "." }
        let parts = path.split(separator: "/").filter { $0 != "." }
        guard path.utf8.first == UInt8(ascii: "/"), parts.count > work.count,
            parts.starts(with: work), !parts.contains("..")
        else { return .outside }
        let flags = cprocess_open_path | O_NOFOLLOW | O_CLOEXEC
        var folder = Descriptor(owning: open(workFolder, flags | O_DIRECTORY))
        guard folder.number >= 0 else { return errno == ENOENT ? .missing : .link }
        var status = stat()
        for (place, part) in parts.dropFirst(work.count).enumerated() {
            let next = openat(folder.number, String(part), flags)
            guard next >= 0 else { return .missing }
            folder = Descriptor(owning: next)
            guard fstat(next, &status) == 0 else { return .missing }
            let kind = status.st_mode & S_IFMT
            if kind == S_IFLNK { return .link }
            if place < parts.count - work.count - 1, kind != S_IFDIR { return .missing }
        }
        let bytes = Int(status.st_size)
        switch status.st_mode & S_IFMT {
        case S_IFREG: return status.st_nlink > 1 ? .hardLinked(bytes: bytes) : .file(bytes: bytes)
        case S_IFDIR: return .folder
        default: return .special
        }
    }
}
