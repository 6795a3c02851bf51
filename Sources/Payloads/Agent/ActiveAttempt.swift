import Glibc

/// An attempt that has its room at the agent, until its result is written.
final class ActiveAttempt {
    let order: AttemptOrder
    let claim: Room.Claim
    let folder: AttemptFolder
    /// Locked; the attempt's processes have it too.
    let lock: Descriptor
    var life: AttemptLife
    var logs: [AttemptLog] = []
    /// Its main process; 0 before the start.
    var process: pid_t = 0
    /// What the main process reads and writes.
    var transfers: Descriptor?
    /// When it was started, by either of the host's clocks.
    var (startTime, start): (Double, Double)
    /// Where its memory is limited.
    var group: ControlGroup?
    /// When its temporary folder is looked at next.
    var nextLook = 0.0
    var exit: AttemptResult.Exit?
    var usage = Usage()
    var evidence: AttemptResult.MemoryEvidence?
    var message = ""
    /// What outlived the main process and was killed.
    var strays: Set<pid_t> = []
    /// Its result, while it cannot be written.
    var unwrittenResult: AttemptResult?
    /// How many subjobs it has asked for.
    var subjobs = 0

    init(order: AttemptOrder, claim: Room.Claim, lock: Descriptor, at now: Double) {
        self.order = order
        self.claim = claim
        self.lock = lock
        folder = AttemptFolder(path: order.folder)
        life = AttemptLife(limits: order.limits, at: now)
        startTime = AgentClock.time
        start = now
    }

    /// Whether something that it started could not be ended.
    var hasRemains: Bool { exit != nil && !message.isEmpty }

    /// Its result, when all about it is known.
    func result(at now: Double) -> AttemptResult {
        AttemptResult(
            id: order.id, token: order.token, start: startTime,
            end: startTime + max(0, now - start),
            exit: exit ?? .notStarted(message.isEmpty ? "ended before its start" : message),
            outOfMemory: evidence, ended: life.cause, usage: usage,
            outputs: order.outputs.mapValues {
                OutputCheck.fact(of: $0, below: order.workFolder)
            }, strays: strays.count, message: printable(message.utf8))
    }

    /// Notes how the main process ended (wait4(2)).
    func note(status: Int32, usage: rusage, transferred: (read: Int, written: Int)) {
        let signal = status & 0x7F
        exit = signal == 0 ? .code(Int(status >> 8) & 0xFF) : .signal(Int(signal))
        self.usage.userSeconds = Self.seconds(usage.ru_utime)
        self.usage.systemSeconds = Self.seconds(usage.ru_stime)
        self.usage.peakMemory = max(0, usage.ru_maxrss)
        self.usage.readBytes = max(self.usage.readBytes, transferred.read)
        self.usage.writtenBytes = max(self.usage.writtenBytes, transferred.written)
    }

    private static func seconds(_ time: timeval) -> Double {
        Double(time.tv_sec) + Double(time.tv_usec) / 1e6
    }
}
