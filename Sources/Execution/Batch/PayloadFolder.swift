import Foundation

/// The folder through which a payload's wrapper and the runner speak, also across a restart.
///
/// `lock` is locked while the wrapper or anything that it started lives; `result.json` appears
/// with all its bytes when the payload has ended; `revoked` tells a wrapper that comes too late
/// not to start.
struct PayloadFolder: Hashable, Sendable {
    let path: String

    var standardError: String { "\(path)/stderr" }
    private var lock: String { "\(path)/lock" }
    private var result: String { "\(path)/result.json" }
    private var revocation: String { "\(path)/revoked" }

    enum Condition: Hashable, Sendable {
        case ended(PayloadResult)
        case running
        /// Nothing runs and nothing was left behind.
        case vanished
    }

    /// What is known of the payload now.
    ///
    /// The lock is looked at before the result, since the result is written under the lock.
    func condition() throws -> Condition {
        let isLocked = FileLock.isHeld(lock)
        if let data = FileManager.default.contents(atPath: result) {
            do {
                return .ended(try JSONDecoder().decode(PayloadResult.self, from: data))
            } catch {
                throw ExecutionError(.store, "\(result) is not a payload's result")
            }
        }
        return isLocked ? .running : .vanished
    }

    /// Sees to it that a wrapper which has not begun yet never does.
    func revoke() throws {
        try FileTree.makeFolder(path)
        try FileTree.write(Data(), to: revocation)
    }

    /// Ends what a wrapper that is gone has left running.
    func endStrays() {
        guard
            let text = FileManager.default.contents(atPath: lock).flatMap({
                String(data: $0, encoding: .utf8)
            }),
            let group = text.split(separator: " ").last.flatMap({ pid_t($0) }), group > 1
        else { return }
        kill(-group, SIGKILL)
    }

    /// The last line that the payload wrote on standard error; empty where it wrote none.
    func lastErrorLine() -> String {
        guard let file = FileHandle(forReadingAtPath: standardError) else { return "" }
        defer { try? file.close() }
        let length = (try? file.seekToEnd()) ?? 0
        try? file.seek(toOffset: length > 4096 ? length - 4096 : 0)
        let tail = String(decoding: (try? file.readToEnd()) ?? Data(), as: UTF8.self)
        return tail.split(whereSeparator: \.isNewline).last.map(String.init) ?? ""
    }
}
