import Files
import Foundation
import Glibc

/// What lies at a database's path: itself, its write-ahead log and its rollback journal.
struct DatabaseFiles: Equatable {
    /// The most bytes of each.
    static let mostBytes = 1 << 33

    /// Where SQLite itself looks for the others: symbolic links are followed.
    let path: String
    private let database: Stamp?
    private let log: Stamp?
    private let journal: Stamp?
    /// Whether the database says that it has a log.
    private let usesLog: Bool

    /// By what a change of a file is seen.
    private struct Stamp: Equatable {
        let size: Int
        let inode: UInt
        let seconds: Int
        let nanoseconds: Int
    }

    /// Whether SQLite would have to write beside the database to read it.
    var needsCopy: Bool { usesLog || log != nil || journal != nil }

    /// What follows the database's name in the names of the files that there are.
    var suffixes: [String] {
        [""] + (log == nil ? [] : ["-wal"]) + (journal == nil ? [] : ["-journal"])
    }

    /// Looks at the files.
    ///
    /// - Throws: `SurveyDatabase.Fault` where one cannot be read, is being written, or is a log
    ///   that SQLite would pass over.
    init(_ path: String) throws {
        let (head, size) = try Self.head(path)
        usesLog = head?.usesLog ?? false
        self.path = URL(fileURLWithPath: path).resolvingSymlinksInPath().path
        database = Self.stamp(self.path)
        log = Self.stamp(self.path + "-wal")
        journal = Self.stamp(self.path + "-journal")
        if log != nil { try WriteAheadLog.check(self.path + "-wal") }
        // SQLite takes what is missing of the last page for zeros.
        if log == nil, journal == nil, let least = head?.size, size < least {
            throw SurveyDatabase.Fault(
                found: "a database cut short, of \(size) bytes",
                expected: "the \(least) bytes that it says it has")
        }
    }

    /// The database's first bytes, and its size.
    private static func head(_ path: String) throws -> (head: DatabaseHead?, size: Int) {
        do {
            let file = try RegularFile(path, limit: mostBytes)
            let head = DatabaseHead(file.descriptor)
            guard head?.usesLog == true || !isBeingWritten(file.descriptor) else {
                throw SurveyDatabase.Fault.locked
            }
            return (head, file.size)
        } catch let fault as FileError {
            throw SurveyDatabase.Fault(found: fault.found, expected: fault.expected)
        }
    }

    /// Whether another process holds the lock of a writer: one byte of the database, beside that
    /// of a waiting one (https://sqlite.org/lockingv3.html; a database without a log).
    private static func isBeingWritten(_ descriptor: Int32) -> Bool {
        var lock = flock()
        lock.l_type = Int16(F_RDLCK)
        lock.l_whence = Int16(SEEK_SET)
        lock.l_start = 0x4000_0000
        lock.l_len = 2
        guard fcntl(descriptor, F_GETLK, &lock) == 0 else { return false }
        return lock.l_type != Int16(F_UNLCK)
    }

    /// A file that has bytes; SQLite takes an empty log or journal for none.
    private static func stamp(_ path: String) -> Stamp? {
        var status = stat()
        guard stat(path, &status) == 0, status.st_size > 0 else { return nil }
        return Stamp(
            size: Int(status.st_size), inode: UInt(status.st_ino),
            seconds: status.st_mtim.tv_sec, nanoseconds: status.st_mtim.tv_nsec)
    }
}

/// The first bytes of a database (https://sqlite.org/fileformat.html, section 1.3).
private struct DatabaseHead {
    private let bytes: [UInt8]

    /// Reads them; `nil` where the file does not begin as a database does.
    init?(_ descriptor: Int32) {
        var bytes = [UInt8](repeating: 0, count: 100)
        guard pread(descriptor, &bytes, bytes.count, 0) == bytes.count,
            bytes.starts(with: Array("SQLite format 3\0".utf8))
        else { return nil }
        self.bytes = bytes
    }

    /// Whether the version to read or to write it is that of a write-ahead log (1.3.3).
    var usesLog: Bool { bytes[18] == 2 || bytes[19] == 2 }

    /// Bytes of the whole database; `nil` where it does not say so (1.3.7).
    var size: Int? {
        guard word(24) == word(92), word(28) > 0 else { return nil }
        let size = bytes[16...17].reduce(0) { $0 << 8 | Int($1) }
        return word(28) * (size == 1 ? 65536 : size)
    }

    private func word(_ place: Int) -> Int {
        bytes[place..<place + 4].reduce(0) { $0 << 8 | Int($1) }
    }
}
