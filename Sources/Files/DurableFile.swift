public import Foundation
import Glibc

/// Files that are there with all their bytes or not at all, also after a power cut.
///
/// A file is written under a name of its own beside its place, brought to the disk, and then
/// renamed, which the file system does as a whole (rename(2)); last its folder is brought to the
/// disk, which holds the name.
public enum DurableFile {
    /// Writes a file, in place of any other of that name.
    ///
    /// - Throws: `FilesError`; what was there before is then still there.
    public static func write(_ bytes: Data, to path: String) throws(FilesError) {
        try write([(path, bytes)])
    }

    /// Writes files of one folder, all or none, but for a failure of the disk between two renames.
    ///
    /// - Parameters:
    ///   - files: names within the folder, each once.
    ///   - folder: must be there.
    /// - Throws: `FilesError` with the file that could not be written; what was there before is
    ///   then still there.
    public static func write(
        _ files: [(name: String, bytes: Data)], in folder: String
    ) throws(FilesError) {
        try write(files.map { ("\(folder)/\($0.name)", $0.bytes) })
    }

    /// Gives a finished file its name, in place of any other of that name.
    ///
    /// - Throws: `FilesError`; where only the folder could not be brought to the disk, the file
    ///   has its name.
    public static func move(_ path: String, to target: String) throws(FilesError) {
        guard rename(path, target) == 0 else {
            throw FilesError("cannot rename \(path) to", target, errno: errno)
        }
        try sync(folder(of: target))
    }

    /// Waits until a file's bytes, or a folder's names, are on the disk (fsync(2)).
    ///
    /// - Throws: `FilesError` where there is none or the disk fails.
    public static func sync(_ path: String) throws(FilesError) {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw FilesError("cannot open", path, errno: errno) }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else { throw FilesError("cannot write", path, errno: errno) }
    }

    /// What a file's name ends in until it is whole: other processes that write the same file are
    /// not in its way.
    private static let mark = ".partial-\(getpid())"

    private static func write(_ files: [(path: String, bytes: Data)]) throws(FilesError) {
        var partial: [String] = []
        do throws(FilesError) {
            for file in files {
                partial.append(file.path + mark)
                try writeThrough(file.bytes, to: file.path + mark)
            }
            for file in files where FileTree.isFolder(file.path) {
                throw FilesError("cannot write", file.path, errno: EISDIR)
            }
            for file in files {
                guard rename(file.path + mark, file.path) == 0 else {
                    throw FilesError("cannot write", file.path, errno: errno)
                }
            }
        } catch {
            for path in partial { unlink(path) }
            throw error
        }
        for folder in Set(files.map { folder(of: $0.path) }) { try sync(folder) }
    }

    private static func writeThrough(_ bytes: Data, to path: String) throws(FilesError) {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else { throw FilesError("cannot write", path, errno: errno) }
        defer { close(descriptor) }
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw FilesError("cannot write", path, errno: errno) }
            rest = rest.dropFirst(count)
        }
        guard fsync(descriptor) == 0 else { throw FilesError("cannot write", path, errno: errno) }
    }

    private static func folder(of path: String) -> String {
        let folder = (path as NSString).deletingLastPathComponent
        return folder.isEmpty ? "." : folder
    }
}
