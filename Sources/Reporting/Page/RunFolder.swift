public import Foundation

/// The folder of one run's files, written all or none.
public struct RunFolder: Sendable {
    public let path: String

    public init(path: String) {
        self.path = path
    }

    /// Writes `files` into the folder, which is made where it is missing, and takes away `stale`
    /// files of earlier runs.
    ///
    /// Every file is first written whole under a name of its own and brought to the disk; only
    /// then are all renamed into place, so that a full disk or a crash leaves the old files.
    ///
    /// - Throws: `RunFolderError` with the file and the system's reason.
    public func write(
        _ files: [(name: String, bytes: Data)], removing stale: [String] = []
    ) throws(RunFolderError) {
        try makeFolder(path)
        let mark = ".partial-\(ProcessInfo.processInfo.processIdentifier)"
        var written: [String] = []
        do throws(RunFolderError) {
            for file in files {
                written.append(path + "/" + file.name + mark)
                try writeThrough(file.bytes, to: path + "/" + file.name + mark)
            }
            for file in files where isFolder(path + "/" + file.name) {
                throw RunFolderError(path: path + "/" + file.name, reason: "Is a directory")
            }
            for file in files {
                guard rename(path + "/" + file.name + mark, path + "/" + file.name) == 0 else {
                    throw RunFolderError(path: path + "/" + file.name, reason: Self.lastReason())
                }
            }
        } catch {
            for file in written { unlink(file) }
            throw error
        }
        for name in stale { unlink(path + "/" + name) }
    }

    /// Makes a folder and what is missing above it.
    private func makeFolder(_ path: String) throws(RunFolderError) {
        if mkdir(path, 0o777) == 0 || isFolder(path) { return }
        let parent = (path as NSString).deletingLastPathComponent
        guard errno == ENOENT, parent != "", parent != path else {
            throw RunFolderError(path: path, reason: Self.lastReason())
        }
        try makeFolder(parent)
        guard mkdir(path, 0o777) == 0 || isFolder(path) else {
            throw RunFolderError(path: path, reason: Self.lastReason())
        }
    }

    /// Whether a folder is there; keeps `errno`.
    private func isFolder(_ path: String) -> Bool {
        let before = errno
        defer { errno = before }
        var facts = stat()
        return stat(path, &facts) == 0 && facts.st_mode & S_IFMT == S_IFDIR
    }

    private func writeThrough(_ bytes: Data, to file: String) throws(RunFolderError) {
        let descriptor = open(file, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else { throw RunFolderError(path: file, reason: Self.lastReason()) }
        defer { close(descriptor) }
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes {
                Foundation.write(descriptor, $0.baseAddress, $0.count)
            }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw RunFolderError(path: file, reason: Self.lastReason()) }
            rest = rest.dropFirst(count)
        }
        guard fsync(descriptor) == 0 else {
            throw RunFolderError(path: file, reason: Self.lastReason())
        }
    }

    private static func lastReason() -> String { String(cString: strerror(errno)) }
}

/// A run's files that could not be written; none of them was.
public struct RunFolderError: Error, Sendable, Hashable, CustomStringConvertible {
    public let path: String
    /// The system's own words.
    public let reason: String

    public var description: String { "cannot write \(path): \(reason)" }
}
