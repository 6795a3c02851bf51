import Glibc

/// The folder through which an agent and its runner speak of one attempt, also after the end of
/// either.
///
/// `lock` is locked (flock(2)) while the agent or anything that the attempt started lives;
/// `result.json` appears, whole, under the lock when the attempt has ended; `revoked` is made by
/// whoever takes over, and what is revoked never begins.  `stdout` and `stderr` hold what the
/// attempt said, `subjobs` what it asked its runner for, `samples` what it used where its agent has
/// no runner to tell.  A folder that has a result or is revoked
/// is never used again.
public struct AttemptFolder: Hashable, Sendable {
    public let path: String

    public init(path: String) {
        self.path = path
    }

    public enum Condition: Hashable, Sendable {
        case ended(AttemptResult)
        /// The agent, or something that the attempt started, lives.
        case running
        /// Nothing lives and no result was left behind; one that cannot be read, as after a loss
        /// of power, is none.
        case vanished
    }

    public var standardOutput: String { "\(path)/stdout" }
    public var standardError: String { "\(path)/stderr" }
    public var resultFile: String { "\(path)/result.json" }
    private var lockFile: String { "\(path)/lock" }
    private var revocation: String { "\(path)/revoked" }
    private var subjobFile: String { "\(path)/subjobs" }
    private var sampleFile: String { "\(path)/samples" }

    /// What is known of the attempt now.
    ///
    /// The lock is looked at before the result, since the result is written under the lock.
    public func condition() -> Condition {
        let isLocked = isLocked()
        if let bytes = contents(of: resultFile, limit: mostBytesOfMessage),
            let result = try? AttemptResult(json: bytes)
        {
            return .ended(result)
        }
        return isLocked ? .running : .vanished
    }

    /// Sees to it that an agent which has not begun the attempt yet never does.
    ///
    /// - Throws: `PayloadError` of code `file`.
    public func revoke() throws(PayloadError) {
        try FolderTree.make(path)
        _ = try Descriptor(revocation, O_WRONLY | O_CREAT)
    }

    /// The last line with anything in it that the attempt wrote on standard error, printable;
    /// empty where there is none.
    public func lastErrorLine() -> String {
        guard let file = try? Descriptor(standardError, O_RDONLY | O_NONBLOCK) else { return "" }
        let size = lseek(file.number, 0, SEEK_END)
        lseek(file.number, max(0, size - 8192), SEEK_SET)
        let lines = file.contents(limit: 8192).split { $0 == 0x0A || $0 == 0x0D }
        let last = lines.last { line in line.contains { $0 > 0x20 && $0 != 0x7F } }
        return printable(last ?? [])
    }

    /// What the attempt asked its runner for, in order.
    public func subjobs() -> [String] {
        guard let bytes = contents(of: subjobFile, limit: mostBytesOfMessage) else { return [] }
        return bytes.split(separator: 0x0A).map { printable($0, limit: mostBytesOfMessage) }
    }

    /// Whether an agent which has not begun the attempt yet never does.
    public var isRevoked: Bool { access(revocation, F_OK) == 0 }

    /// Takes the revocation of an attempt back that had begun before it.
    public func reinstate() {
        unlink(revocation)
    }

    /// Whether an agent has come to the attempt, if only to find it revoked.
    public var hasBegun: Bool { access(lockFile, F_OK) == 0 }

    /// What it used, as an agent without a runner has left it.
    public func samples() -> [Sample] {
        guard let bytes = contents(of: sampleFile, limit: mostBytesOfMessage) else { return [] }
        return bytes.split(separator: 0x0A).compactMap { line in
            guard case .sample(let sample) = try? AgentMessage(line: Array(line)) else {
                return nil
            }
            return sample
        }
    }

    func isLocked() -> Bool {
        guard let file = try? Descriptor(lockFile, O_RDWR) else { return false }
        return flock(file.number, LOCK_SH | LOCK_NB) != 0
    }
}

/// The agent's side.
extension AttemptFolder {
    /// Takes the folder for the attempt that is to begin.
    ///
    /// - Throws: `PayloadError` of code `busy` where it is locked, revoked or has a result, of code
    ///   `file` where it cannot be made.
    func claim() throws(PayloadError) -> Descriptor {
        let lock = try made(lockFile, O_RDWR | O_CREAT)
        // Someone who looks whether it is locked holds it for an instant.
        var tries = 20
        while flock(lock.number, LOCK_EX | LOCK_NB) != 0 {
            tries -= 1
            guard tries > 0 else { throw PayloadError(.busy, "\(path) is locked") }
            usleep(1000)
        }
        if isRevoked { throw PayloadError(.busy, "\(path) is revoked") }
        if access(resultFile, F_OK) == 0 { throw PayloadError(.busy, "\(path) has a result") }
        return lock
    }

    /// Writes the result; it has its name only when all its bytes are in the file.
    func write(_ result: AttemptResult) throws(PayloadError) {
        let part = "\(path)/result.part"
        let file = try made(part, O_WRONLY | O_CREAT | O_TRUNC)
        if let number = file.write(result.json) {
            throw PayloadError(.file, "cannot write \(part)", errno: number)
        }
        guard rename(part, resultFile) == 0 else {
            throw PayloadError(.file, "cannot make \(resultFile)", errno: errno)
        }
    }

    /// Opens a file of the folder, which is made where it is missing.
    private func made(_ file: String, _ flags: Int32) throws(PayloadError) -> Descriptor {
        if let opened = try? Descriptor(file, flags) { return opened }
        try FolderTree.make(path)
        return try Descriptor(file, flags)
    }

    /// Notes what it uses; where that cannot be written it is left out.
    func append(_ sample: Sample) {
        let flags = O_WRONLY | O_CREAT | O_APPEND
        guard let file = try? Descriptor(sampleFile, flags) else { return }
        _ = file.write(AgentMessage.sample(sample).encoded())
    }

    func append(subjob text: String) throws(PayloadError) {
        let file = try Descriptor(subjobFile, O_WRONLY | O_CREAT | O_APPEND)
        if let number = file.write(Array(text.utf8) + [0x0A]) {
            throw PayloadError(.file, "cannot write \(subjobFile)", errno: number)
        }
    }
}
