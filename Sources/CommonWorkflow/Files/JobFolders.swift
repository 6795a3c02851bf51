import Files
import Foundation
import Glibc
import Synchronization

/// The temporary folders of one run, which are in one that is removed at the end.
final class JobFolders: Sendable {
    /// An absolute path without symbolic links.
    let root: String
    private let count = Mutex(0)

    /// Makes the folder.
    ///
    /// - Parameter parent: where; a temporary folder of the system by default.
    /// - Throws: `CWLError`: `cannotWrite`.
    init(in parent: String) throws {
        var template = Array("\(parent)/cwl-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else {
            throw CWLError(
                .cannotWrite,
                "cannot make a folder in \(parent): \(String(cString: strerror(errno)))"
            )
        }
        let path = String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
        root = Self.real(path) ?? path
    }

    /// A new folder, whose name begins with `prefix`.
    func make(_ prefix: String) throws -> String {
        let number = count.withLock { count in
            count += 1
            return count
        }
        let path = "\(root)/\(prefix)\(number)"
        try Self.makeFolder(path)
        return path
    }

    /// Removes all of them.
    func remove() {
        if (try? FileTree.remove(root)) == nil {
            // A folder that may not be written to keeps what is in it.
            Self.unlock(root)
            try? FileTree.remove(root)
        }
    }

    private static func unlock(_ root: String) {
        chmod(root, 0o700)
        for name in (try? FileTree.names(in: root)) ?? [] {
            var facts = stat()
            let path = "\(root)/\(name)"
            if lstat(path, &facts) == 0, facts.st_mode & S_IFMT == S_IFDIR { unlock(path) }
        }
    }

    /// Makes a folder and those above it.
    static func makeFolder(_ path: String) throws {
        do { try FileTree.makeFolder(path) } catch { throw CWLError(.cannotWrite, "\(error)") }
    }

    /// A path without symbolic links; `nil` where there is nothing.
    static func real(_ path: String) -> String? {
        guard let found = realpath(path, nil) else { return nil }
        defer { free(found) }
        return String(cString: found)
    }
}
