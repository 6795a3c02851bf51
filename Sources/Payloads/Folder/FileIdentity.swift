import Glibc

/// What makes a file the same under all its names.
struct FileIdentity: Hashable {
    private let device: dev_t
    private let number: ino_t

    /// `nil` where the descriptor is none.
    init?(_ descriptor: Descriptor) {
        var status = stat()
        guard fstat(descriptor.number, &status) == 0 else { return nil }
        device = status.st_dev
        number = status.st_ino
    }

    private init?(path: String) {
        var status = stat()
        guard stat(path, &status) == 0 else { return nil }
        device = status.st_dev
        number = status.st_ino
    }

    /// The files that a process has open.
    static func open(in process: pid_t) -> Set<FileIdentity> {
        let path = "/proc/\(process)/fd"
        guard let folder = try? Descriptor(path, O_RDONLY | O_DIRECTORY) else { return [] }
        return Set(
            FolderTree.texts(in: folder).compactMap { FileIdentity(path: "\(path)/\($0)") })
    }
}
