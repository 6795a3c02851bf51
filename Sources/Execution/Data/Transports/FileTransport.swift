import Glibc

/// A storage that is a folder of this machine, or mounted here.
struct FileTransport: StorageTransport {
    /// The folder of the SDC.
    let folder: String
    /// Whose files on their way are told apart.
    let writer: Storage
    let known: KnownFiles
    /// KiB/s for one transfer; unlimited where `nil`.
    var bandwidth: Int?

    func fetch(_ file: String, to path: String) throws {
        let source = "\(folder)/\(file)"
        guard StoredFiles.isFolder(folder) else {
            throw ExecutionError(.storage, "the storage \(folder) is missing")
        }
        guard StoredFiles.size(source) != nil else {
            throw ExecutionError(.inputMissing, "there is no file \(source)")
        }
        try StoredFiles.resume(source, to: path, pace: bandwidth.map(Pace.init))
    }

    func send(_ path: String, to file: String, expecting digest: FileDigest) throws {
        try writer.copy(
            path, to: "\(folder)/\(file)", incoming: "\(folder)/.incoming", expecting: digest,
            known: known, pace: bandwidth.map(Pace.init))
    }
}
