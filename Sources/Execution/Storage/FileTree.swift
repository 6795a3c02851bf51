import Foundation

/// The few operations on files that the runner needs to be durable and all or nothing.
enum FileTree {
    /// The failure of a system call on `path`, with the system's own words.
    static func failure(_ what: String, _ path: String) -> ExecutionError {
        ExecutionError(.storage, "\(what) \(path): \(String(cString: strerror(errno)))")
    }

    static func makeFolder(_ path: String) throws {
        do {
            try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        } catch {
            throw ExecutionError(.storage, "cannot make folder \(path): \(reason(error))")
        }
    }

    /// Removes a file or a folder with what is in it; nothing happens where there is none.
    static func remove(_ path: String) throws {
        do {
            try FileManager.default.removeItem(atPath: path)
        } catch CocoaError.fileNoSuchFile {
            return
        } catch {
            throw ExecutionError(.storage, "cannot remove \(path): \(reason(error))")
        }
    }

    /// Writes a file that is there with all its bytes, or not at all, also after a power cut.
    static func write(_ data: Data, to path: String) throws {
        let temporary = path + ".part"
        do {
            try data.write(to: URL(fileURLWithPath: temporary))
        } catch {
            throw ExecutionError(.storage, "cannot write \(temporary): \(reason(error))")
        }
        try sync(temporary)
        try move(temporary, to: path)
    }

    /// Gives a finished file its name, in place of any other of that name.
    static func move(_ path: String, to target: String) throws {
        guard rename(path, target) == 0 else { throw failure("cannot rename \(path) to", target) }
        try sync((target as NSString).deletingLastPathComponent)
    }

    /// Waits until a file's bytes, or a folder's names, are on the disk.
    static func sync(_ path: String) throws {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw failure("cannot open", path) }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else { throw failure("cannot write", path) }
    }

    /// A file's size in bytes; `nil` where there is no regular file.
    static func size(_ path: String) -> Int? {
        var status = stat()
        guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
        return Int(status.st_size)
    }

    /// The names in a folder; none where there is no folder.
    static func names(in path: String) -> [String] {
        ((try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []).sorted()
    }

    /// The system's own words for an error of Foundation.
    static func reason(_ error: any Error) -> String {
        let error = error as NSError
        let cause = error.userInfo[NSUnderlyingErrorKey] as? NSError ?? error
        guard cause.domain == NSPOSIXErrorDomain else { return cause.localizedDescription }
        return String(cString: strerror(Int32(cause.code)))
    }
}
