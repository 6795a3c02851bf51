import Foundation
import Glibc

/// Folders, and what is in them.
public enum FileTree {
    /// Makes a folder and what is missing above it; one that is there will do.
    ///
    /// - Throws: `FilesError` with the folder that could not be made.
    public static func makeFolder(_ path: String) throws(FilesError) {
        if mkdir(path, 0o777) == 0 { return }
        let failure = errno
        if isFolder(path) { return }
        let parent = (path as NSString).deletingLastPathComponent
        guard failure == ENOENT, !parent.isEmpty, parent != path else {
            throw FilesError("cannot make folder", path, errno: failure)
        }
        try makeFolder(parent)
        guard mkdir(path, 0o777) == 0 || isFolder(path) else {
            throw FilesError("cannot make folder", path, errno: errno)
        }
    }

    /// Removes a file, or a folder with what is in it; nothing happens where there is none.
    ///
    /// - Throws: `FilesError`; a part of a folder may then be gone.
    public static func remove(_ path: String) throws(FilesError) {
        do {
            try FileManager.default.removeItem(atPath: path)
        } catch CocoaError.fileNoSuchFile {
            return
        } catch {
            throw FilesError("cannot remove", path, error)
        }
    }

    /// The names in a folder, in order; none where there is no folder.
    ///
    /// - Throws: `FilesError` where there is one that cannot be read.
    public static func names(in path: String) throws(FilesError) -> [String] {
        do {
            return try FileManager.default.contentsOfDirectory(atPath: path).sorted()
        } catch CocoaError.fileReadNoSuchFile {
            return []
        } catch {
            throw FilesError("cannot read", path, error)
        }
    }

    /// A file's size in bytes; `nil` where there is no regular file.
    public static func size(_ path: String) -> Int? {
        var facts = stat()
        guard stat(path, &facts) == 0, facts.st_mode & S_IFMT == S_IFREG else { return nil }
        return Int(facts.st_size)
    }

    /// Whether there is a folder.
    public static func isFolder(_ path: String) -> Bool {
        var facts = stat()
        return stat(path, &facts) == 0 && facts.st_mode & S_IFMT == S_IFDIR
    }
}
