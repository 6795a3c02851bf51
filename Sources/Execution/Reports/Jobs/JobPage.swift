import Foundation
public import GroundSegment
import Markup
import Payloads
import Workflows

/// All that is known of a payload and of its present or last attempt.
public struct JobPage: Sendable, Encodable {
    public let jobId: String
    public let payloadId: Int
    public let run: String
    public let sdc: String
    public let path: String
    /// Name of its program in the pipeline.
    public let executable: String
    public let processingStatus: String
    public let exitStatus: Int
    /// When its run was taken; ISO 8601 in UTC.
    public let created: String
    @OrNull public internal(set) var started: String?
    @OrNull public internal(set) var ended: String?
    /// The host of its last attempt; empty before the first.
    public let pilot: String
    public let attempts: Int
    /// Attempts that failed by themselves, and that were lost to the machine.
    public let failures: Int
    public let losses: Int
    /// Seconds.
    public let walltime: Amount
    /// Processor time of what was requested, percents; the amount of it, seconds.
    @OrNull public internal(set) var cpuPercent: Double?
    @OrNull public internal(set) var cpuSeconds: Double?
    public let cores: Int
    /// MiB: largest resident set, largest address space.
    public let rss: Amount
    public let vms: Amount
    /// MiB that went through read and write calls.
    @OrNull public internal(set) var readMiB: Double?
    @OrNull public internal(set) var writtenMiB: Double?
    @OrNull public internal(set) var exitCode: Int?
    public let message: String
    public let workdir: String
    public let logdir: String
    public let command: String
    public let tags: [String: String]
    public let history: [Attempt]
    /// What the first payloads of its node used, where it is given that.
    @OrNull public internal(set) var learnt: Learnt?

    /// What the payloads of a node are given after its first ones.
    public struct Learnt: Hashable, Sendable, Encodable {
        /// Of which payloads: those of its `node`, or of its `category`.
        public let by: String
        /// Payloads that were measured.
        public let measured: Int
        /// MiB.
        public let memory: Int
        /// Seconds.
        @OrNull public internal(set) var walltime: Double?
    }

    /// What was used of what was requested; `nil` where it is not known or was not limited.
    public struct Amount: Hashable, Sendable, Encodable {
        @OrNull public internal(set) var used: Double?
        @OrNull public internal(set) var requested: Double?
    }

    /// An attempt that has ended.
    public struct Attempt: Hashable, Sendable, Encodable {
        public let number: Int
        public let outcome: String
        public let exitCode: Int
        public let started: String
        public let duration: Double
        public let memory: Int
        public let message: String
    }

    /// - Parameters:
    ///   - facts: read whole.
    ///   - samples: of its present or last attempt.
    init(
        _ facts: RunFacts, _ number: Int, _ samples: [SampleFacts],
        _ command: PayloadCommand?, at now: MJD
    ) {
        let (life, payload) = (facts.life, facts.life[number])
        let path = life.path(number)
        let ended = facts.attempts.filter { $0.payload == number }
        let last = ended.last { $0.number == payload.attempts }
        let request = facts.run.request(number)
        jobId = "\(facts.run.id)/\(path)" + (payload.attempts > 0 ? "#\(payload.attempts)" : "")
        payloadId = number
        run = facts.run.id.text
        sdc = facts.sdc.text
        self.path = path
        executable = life.node(number).executable?.name ?? ""
        processingStatus = payload.state.rawValue
        exitStatus = payload.state.exitStatus
        created = facts.run.taken.exactISO8601
        let begin = last?.started ?? (payload.state == .running ? command?.begin : nil)
        started = begin?.exactISO8601
        self.ended = last?.ended.exactISO8601
        pilot = payload.attempts > 0 ? facts.hosts[number] ?? "local" : ""
        attempts = payload.attempts
        failures = payload.failures
        losses = payload.losses
        let duration = last?.duration ?? begin.map { max(0, (now - $0) * 86400) }
        cores = last?.cores ?? request?.cores ?? 0
        walltime = Amount(used: duration, requested: last?.walltime ?? request?.walltime)
        let cpu = last?.cpuSeconds ?? samples.last?.cpuSeconds
        cpuSeconds = cpu
        cpuPercent =
            if let cpu, let duration, duration > 0, cores > 0 {
                cpu / duration / Double(cores) * 100
            } else { nil }
        rss = Amount(
            used: Self.largest(last?.peakMemory, samples.map(\.residentKiB)),
            requested: (last?.memory ?? request?.memory).map(Double.init))
        vms = Amount(
            used: Self.largest(last?.peakVirtual, samples.map(\.virtualKiB)),
            requested: request?.virtualMemory.map(Double.init))
        readMiB = (last?.readBytes ?? samples.last?.readBytes).map(Words.mebibytes(bytes:))
        writtenMiB = (last?.writtenBytes ?? samples.last?.writtenBytes).map(Words.mebibytes(bytes:))
        exitCode = last?.exitCode
        let scouts = life.isProcess(number) ? facts.run.scouts[life.scoutGroup(of: number)] : nil
        learnt = scouts.flatMap { scouts in
            scouts.memory.map {
                Learnt(
                    by: life.scoutGroup(of: number) == life.label(number) ? "node" : "category",
                    measured: scouts.measured, memory: $0, walltime: scouts.walltime)
            }
        }
        message = payload.message
        workdir = command?.workdir ?? ""
        logdir = command?.logdir ?? ""
        self.command = command?.line ?? ""
        tags = RunPage.named(facts.tags.filter { $0.payload == number })
        history = ended.map {
            Attempt(
                number: $0.number, outcome: $0.outcome.rawValue, exitCode: $0.exitCode,
                started: $0.started.exactISO8601, duration: $0.duration, memory: $0.memory,
                message: $0.message)
        }
    }

    /// The largest of some amounts of KiB, MiB.
    private static func largest(_ peak: Int?, _ samples: [Int]) -> Double? {
        (samples + [peak].compactMap { $0 }).max().flatMap {
            $0 > 0 ? Words.mebibytes(kib: $0) : nil
        }
    }
}

extension PayloadCommand {
    /// When its agent took the attempt up; `nil` before.
    fileprivate var begin: MJD? {
        let attributes = try? FileManager.default.attributesOfItem(atPath: "\(logdir)/lock")
        return (attributes?[.modificationDate] as? Date).map {
            MJD(posixSeconds: $0.timeIntervalSince1970)
        }
    }
}

extension RunStore {
    /// The page of a payload.
    ///
    /// - Parameter facts: read whole.
    /// - Throws: `ExecutionError` of code `unknownItem` where the run has no such payload.
    public func page(
        of payload: String, in facts: RunFacts, _ configuration: RunnerConfiguration,
        library: PipelineLibrary?, at now: MJD
    ) async throws -> JobPage {
        let number = try facts.number(payload)
        let samples = try await samples(
            of: facts.run.number, payload: number, attempt: facts.life[number].attempts)
        let command =
            facts.life.isProcess(number)
            ? try PayloadCommand(facts, payload: payload, configuration, library: library) : nil
        return JobPage(facts, number, samples, command, at: now)
    }
}

extension JobPage {
    /// The page for people to read.
    public var text: String {
        var table = TextTable("", "")
        let fields: [(String, String)] = [
            ("Job Id", jobId), ("Payload Id", "\(payloadId)"),
            ("Processing Status", processingStatus),
            ("Created", created), ("Started", started ?? ""), ("Ended", ended ?? ""),
            ("Pilot", pilot),
            ("Retry", "\(attempts) attempts, \(failures) failed, \(losses) lost"),
            (
                "Walltime used/requested",
                "\(Self.number(walltime.used)) / \(Self.number(walltime.requested)) s"
            ),
            ("%CPU of \(cores) cores", Self.number(cpuPercent)),
            ("MB RSS max/requested", "\(Self.number(rss.used)) / \(Self.number(rss.requested))"),
            ("MB VMS max", Self.number(vms.used)),
            ("MB I/O read/write", "\(Self.number(readMiB)) / \(Self.number(writtenMiB))"),
            ("Exit Code", exitCode.map { "\($0)" } ?? ""), ("Message", message),
            ("Workdir", workdir), ("Logdir", logdir), ("Command", command),
        ]
        for field in fields { table.add(field.0, field.1) }
        if let learnt {
            table.add(
                "Learnt",
                "\(learnt.memory) MiB, \(Self.number(learnt.walltime)) s, "
                    + "of \(learnt.measured) payloads of its \(learnt.by)")
        }
        for (name, value) in tags.sorted(by: { $0.key < $1.key }) {
            table.add("Tag \(name)", value)
        }
        var lines = Array(table.lines.dropFirst())
        if !history.isEmpty {
            var attempts = TextTable(
                .right("ATTEMPT"), "OUTCOME", .right("EXIT"), "STARTED", .right("DURATION"),
                .right("MiB"), "MESSAGE")
            for attempt in history {
                attempts.add(
                    "\(attempt.number)", attempt.outcome, "\(attempt.exitCode)",
                    attempt.started, Words.time(attempt.duration), "\(attempt.memory)",
                    attempt.message)
            }
            lines += [""] + attempts.lines
        }
        return lines.joined(separator: "\n")
    }

    private static func number(_ value: Double?) -> String { value.map(Words.tenths) ?? "-" }
}
