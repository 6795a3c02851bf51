import Files
import Foundation
import Glibc

/// A database with its log and journal in a folder that nobody else can read, removed with this
/// value.
struct DatabaseCopy: ~Copyable {
    private let folder: String

    var path: String { folder + "/survey.db" }

    private init(folder: String) {
        self.folder = folder
    }

    /// Copies the files.
    ///
    /// - Throws: `SurveyDatabase.Fault` where one cannot be read or there is no room.
    static func make(of files: DatabaseFiles) throws -> DatabaseCopy {
        let copy = DatabaseCopy(folder: try makeFolder())
        for suffix in files.suffixes {
            try Self.copy(files.path + suffix, to: copy.path + suffix)
        }
        return copy
    }

    private static func makeFolder() throws -> String {
        var name = Array((NSTemporaryDirectory() + "/sgs-survey.XXXXXX").utf8CString)
        let isMade = name.withUnsafeMutableBufferPointer { buffer in
            buffer.baseAddress.map { mkdtemp($0) != nil } ?? false
        }
        guard isMade else {
            throw SurveyDatabase.Fault(
                found: "no room for a copy in \(NSTemporaryDirectory())"
                    + " (\(String(cString: strerror(errno))))",
                expected: "a folder that can be written, named by TMPDIR")
        }
        return String(decoding: name.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    deinit {
        try? FileManager.default.removeItem(atPath: folder)
    }

    private static func copy(_ source: String, to target: String) throws {
        do {
            let file = try RegularFile(source, limit: DatabaseFiles.mostBytes)
            let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 20, alignment: 16)
            defer { buffer.deallocate() }
            let descriptor = open(target, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
            guard descriptor >= 0 else { throw noRoom() }
            defer { close(descriptor) }
            while true {
                let count = try file.read(into: buffer)
                guard count > 0 else { return }
                var done = 0
                while done < count {
                    let more = write(
                        descriptor, buffer.baseAddress.map { $0 + done }, count - done)
                    if more < 0, errno == EINTR { continue }
                    guard more > 0 else { throw noRoom() }
                    done += more
                }
            }
        } catch let fault as FileError {
            throw SurveyDatabase.Fault(
                found: "\(fault.found) at \((source as NSString).lastPathComponent)",
                expected: fault.expected)
        }
    }

    private static func noRoom() -> SurveyDatabase.Fault {
        SurveyDatabase.Fault(
            found: "a database with a log or journal, and no room for a copy"
                + " (\(String(cString: strerror(errno))))",
            expected: "a folder with room, named by TMPDIR")
    }
}
