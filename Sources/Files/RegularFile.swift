public import Foundation
import Glibc

/// A regular file that is open for reading and no larger than its reader can take.
///
/// Opening waits for nothing (a named pipe without a writer is refused at once, open(2),
/// O_NONBLOCK) and reading ends: what is no regular file (a folder, a device, a pipe, a socket)
/// and what has more bytes than the limit is a fault.
public struct RegularFile: ~Copyable {
    public let path: String
    /// Where to read from; closed with this value.
    public let descriptor: Int32
    /// Bytes, as the file system says.
    public let size: Int
    private let limit: Int

    /// Opens a file.
    ///
    /// - Parameter limit: the most bytes that it may have.
    /// - Throws: `FileError` where it is missing, may not be read, is no regular file, or is
    ///   larger.
    public init(_ path: String, limit: Int) throws(FileError) {
        guard !path.utf8.contains(0) else {
            throw FileError(.cannotRead, path: path, found: "a name with a zero byte")
        }
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY)
        guard descriptor >= 0 else { throw Self.fault(errno, path) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else {
            let fault = Self.fault(errno, path)
            close(descriptor)
            throw fault
        }
        let problem =
            Self.kind(status.st_mode).map { FileError(.notRegular, path: path, found: $0) }
            ?? (status.st_size > limit
                ? Self.tooLarge(path, "a file of \(status.st_size) bytes", limit) : nil)
        if let problem {
            close(descriptor)
            throw problem
        }
        self.path = path
        self.descriptor = descriptor
        self.limit = limit
        size = Int(status.st_size)
    }

    deinit {
        close(descriptor)
    }

    /// The next bytes of the file; none at its end.
    ///
    /// - Throws: `FileError` where reading fails.
    public func read(into buffer: UnsafeMutableRawBufferPointer) throws(FileError) -> Int {
        while true {
            let count = Glibc.read(descriptor, buffer.baseAddress, buffer.count)
            if count >= 0 { return count }
            guard errno == EINTR else { throw Self.fault(errno, path) }
        }
    }

    /// All bytes of the file.
    ///
    /// - Throws: `FileError` where reading fails or there are more bytes than the limit, whatever
    ///   the file system said.
    public func contents() throws(FileError) -> Data {
        var data = Data()
        data.reserveCapacity(min(size, limit))
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = Glibc.read(descriptor, &buffer, buffer.count)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw Self.fault(errno, path) }
            guard count > 0 else { return data }
            data.append(contentsOf: buffer[..<count])
            guard data.count <= limit else {
                throw Self.tooLarge(path, "more than \(limit) bytes", limit)
            }
        }
    }

    /// The bytes of a file.
    public static func contents(of path: String, limit: Int) throws(FileError) -> Data {
        try RegularFile(path, limit: limit).contents()
    }

    private static func tooLarge(_ path: String, _ found: String, _ limit: Int) -> FileError {
        FileError(.tooLarge, path: path, found: found, expected: "at most \(limit) bytes")
    }

    private static func fault(_ code: Int32, _ path: String) -> FileError {
        // A socket cannot be opened (open(2)).
        code == ENXIO
            ? FileError(.notRegular, path: path, found: "a socket")
            : FileError(.cannotRead, path: path, found: String(cString: strerror(code)))
    }

    /// What a file is that is no regular one; `nil` for a regular one.
    private static func kind(_ mode: mode_t) -> String? {
        switch mode & S_IFMT {
        case S_IFREG: nil
        case S_IFDIR: "a folder"
        case S_IFIFO: "a named pipe"
        case S_IFSOCK: "a socket"
        case S_IFCHR, S_IFBLK: "a device"
        default: "no regular file"
        }
    }
}
