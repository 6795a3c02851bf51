import Files
import Foundation
import Glibc

/// Files of a storage: what is done to them is durable and all or nothing, and what goes wrong is
/// an error of the storage.
enum StoredFiles {
    /// The failure of a system call on `path`, with the system's own words.
    static func failure(_ what: String, _ path: String) -> ExecutionError {
        ExecutionError(.storage, "\(what) \(path): \(String(cString: strerror(errno)))")
    }

    static func makeFolder(_ path: String) throws {
        if mkdir(path, 0o777) == 0 { return }
        try changing { () throws(FilesError) in try FileTree.makeFolder(path) }
    }

    /// Removes a file or a folder with what is in it; nothing happens where there is none.
    static func remove(_ path: String) throws {
        try changing { () throws(FilesError) in try FileTree.remove(path) }
    }

    /// Writes a file that is there with all its bytes, or not at all, also after a power cut.
    static func write(_ data: Data, to path: String) throws {
        try changing { () throws(FilesError) in try DurableFile.write(data, to: path) }
    }

    /// Gives a finished file its name, in place of any other of that name.
    static func move(_ path: String, to target: String) throws {
        try changing { () throws(FilesError) in try DurableFile.move(path, to: target) }
    }

    /// Waits until a file's bytes, or a folder's names, are on the disk.
    static func sync(_ path: String) throws {
        try changing { () throws(FilesError) in try DurableFile.sync(path) }
    }

    private static func changing(_ work: () throws(FilesError) -> Void) throws {
        do { try work() } catch { throw ExecutionError(.storage, error.description) }
    }

    /// Copies the bytes of a regular file to a new one and waits until they are on the disk.
    ///
    /// - Throws: `ExecutionError` of code `storage`, also where the source is a link or a folder.
    static func copy(_ source: String, to target: String, pace: Pace? = nil) throws {
        let input = open(source, O_RDONLY | O_CLOEXEC | O_NOFOLLOW)
        guard input >= 0 else { throw failure("cannot copy", source) }
        defer { close(input) }
        var status = stat()
        guard fstat(input, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            throw ExecutionError(.storage, "cannot copy \(source): it is not a regular file")
        }
        let output = open(target, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o644)
        guard output >= 0 else { throw failure("cannot make", target) }
        defer { close(output) }
        try copyBytes(input, output, target, pace)
        guard fsync(output) == 0 else { throw failure("cannot write", target) }
    }

    /// Goes on with a copy that was cut: what the target has already is not read again.
    ///
    /// Whoever calls it looks at the bytes afterwards.
    static func resume(_ source: String, to target: String, pace: Pace? = nil) throws {
        guard let present = size(target) else { return try copy(source, to: target, pace: pace) }
        let input = open(source, O_RDONLY | O_CLOEXEC | O_NOFOLLOW)
        guard input >= 0 else { throw failure("cannot copy", source) }
        defer { close(input) }
        let output = open(target, O_WRONLY | O_APPEND | O_CLOEXEC)
        guard output >= 0 else { throw failure("cannot write", target) }
        defer { close(output) }
        guard lseek(input, off_t(present), SEEK_SET) >= 0 else {
            throw failure("cannot read", source)
        }
        try copyBytes(input, output, target, pace)
        guard fsync(output) == 0 else { throw failure("cannot write", target) }
    }

    private static func copyBytes(
        _ input: Int32, _ output: Int32, _ target: String, _ pace: Pace?
    ) throws {
        var pace = pace
        var buffer = [UInt8](repeating: 0, count: 1 << 20)
        while true {
            let count = read(input, &buffer, buffer.count)
            if count == 0 { return }
            guard count > 0 else {
                if errno == EINTR { continue }
                throw failure("cannot read for", target)
            }
            var written = 0
            while written < count {
                let more = buffer.withUnsafeBytes {
                    Glibc.write(output, $0.baseAddress?.advanced(by: written), count - written)
                }
                guard more > 0 else {
                    if errno == EINTR { continue }
                    throw failure("cannot write", target)
                }
                written += more
            }
            pace?.wait(after: count)
        }
    }

    /// Why nothing more can be written below a folder: it is on a file system that is full or
    /// read-only, or is not there; `nil` where that is not so.
    static func lack(at folder: String) -> String? {
        var status = statvfs()
        guard statvfs(folder, &status) == 0 else {
            return String(cString: strerror(errno))
        }
        if status.f_flag & UInt(ST_RDONLY) != 0 { return "read-only file system" }
        let free = status.f_bavail.multipliedReportingOverflow(by: status.f_frsize)
        let isFull = !free.overflow && free.partialValue < leastFree
        return isFull || status.f_files > 0 && status.f_favail == 0
            ? "no space left" : nil
    }

    /// Bytes below which a file system is full for us.
    private static let leastFree: UInt = 1 << 18

    /// How many names a file has; 0 where there is none.
    static func linkCount(_ path: String) -> Int {
        var status = stat()
        return lstat(path, &status) == 0 ? Int(status.st_nlink) : 0
    }

    /// A file's size in bytes; `nil` where there is no regular file.
    static func size(_ path: String) -> Int? { FileTree.size(path) }

    static func isFolder(_ path: String) -> Bool { FileTree.isFolder(path) }

    /// The sizes of all files below a folder, bytes; `nil` where there is no folder.
    static func bytes(below folder: String) -> Int? {
        guard isFolder(folder) else { return nil }
        guard let names = FileManager.default.enumerator(atPath: folder) else { return 0 }
        var sum = 0
        while let name = names.nextObject() as? String {
            var status = stat()
            guard lstat("\(folder)/\(name)", &status) == 0, status.st_mode & S_IFMT == S_IFREG
            else { continue }
            sum += Int(status.st_size)
        }
        return sum
    }

    /// The names in a folder; none where there is no folder.
    static func names(in path: String) -> [String] {
        (try? FileTree.names(in: path)) ?? []
    }

    /// The system's own words for an error of Foundation.
    static func reason(_ error: any Error) -> String {
        let error = error as NSError
        let cause = error.userInfo[NSUnderlyingErrorKey] as? NSError ?? error
        guard cause.domain == NSPOSIXErrorDomain else { return cause.localizedDescription }
        return String(cString: strerror(Int32(cause.code)))
    }
}
