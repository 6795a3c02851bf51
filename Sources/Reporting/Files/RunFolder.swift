import Files
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
        do throws(FilesError) {
            try FileTree.makeFolder(path)
            try DurableFile.write(files, in: path)
        } catch {
            throw RunFolderError(path: error.path, reason: error.reason)
        }
        for name in stale { unlink(path + "/" + name) }
    }
}

/// A run's files that could not be written; none of them was.
public struct RunFolderError: Error, Sendable, Hashable, CustomStringConvertible {
    public let path: String
    /// The system's own words.
    public let reason: String

    public var description: String { "cannot write \(path): \(reason)" }
}
