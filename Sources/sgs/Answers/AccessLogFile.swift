import Commands
import Foundation
import GroundSegment
import Synchronization

/// The file of an access log: lines are added at its end, whatever else does so.
final class AccessLogFile: Sendable {
    private let file: Mutex<FileHandle>

    /// - Parameter path: `-` for the standard output.
    /// - Throws: `CommandError` where it cannot be opened for writing.
    init(_ path: String) throws {
        guard path != "-" else {
            file = Mutex(.standardOutput)
            return
        }
        let descriptor = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o640)
        guard descriptor >= 0 else {
            throw CommandError(
                .cannotWrite, "--access-log: \(path): \(String(cString: strerror(errno)))")
        }
        file = Mutex(FileHandle(fileDescriptor: descriptor, closeOnDealloc: true))
    }

    /// Adds a line; one that cannot be written, as on a full disk, is left out.
    func write(_ line: String) {
        file.withLock { try? $0.write(contentsOf: Data((line + "\n").utf8)) }
    }
}
