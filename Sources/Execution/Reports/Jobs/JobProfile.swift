import GroundSegment
import Markup

/// What an attempt used as time went on, beside what it was given.
public struct JobProfile: Hashable, Sendable, Encodable {
    /// All processes of the attempt at one moment.
    public struct Row: Hashable, Sendable, Encodable {
        /// ISO 8601 in UTC.
        public let time: String
        /// Processor time until now, s, and what of the requested cores was used since the row
        /// before, percents.
        public let cpuSeconds: Double
        public let cpuPercent: Double
        /// MiB.
        public let rss: Double
        public let vms: Double
        /// MiB that went through read and write calls until now.
        public let read: Double
        public let written: Double
    }

    public struct Figures: Hashable, Sendable, Encodable {
        /// Percents of the requested cores.
        public let cpuPercent: Double
        /// MiB.
        public let rss: Double
        public let vms: Double
    }

    /// What the attempt was given.
    public struct Request: Hashable, Sendable, Encodable {
        public let cores: Int
        /// MiB.
        public let memory: Int
        /// Seconds.
        public let walltime: Double
    }

    public let job: String
    public let requested: Request
    /// The largest of all, with what the attempt's end told.
    public let max: Figures
    /// Over the time from the first sample to the last.
    public let mean: Figures
    public let samples: [Row]

    /// - Parameters:
    ///   - begin: when the attempt began, as far as it is known.
    ///   - end: what is known of the attempt since it has ended.
    init(
        _ job: String, _ samples: [SampleFacts], requested: Request, begin: MJD?,
        end: AttemptFacts?
    ) {
        self.job = job
        self.requested = requested
        var rows: [Row] = []
        var (time, cpu) = (begin ?? samples.first?.time, 0.0)
        for sample in samples {
            let seconds = time.map { (sample.time - $0) * 86400 } ?? 0
            let percent = Self.percent(sample.cpuSeconds - cpu, of: seconds, requested)
            rows.append(
                Row(
                    time: sample.time.exactISO8601, cpuSeconds: sample.cpuSeconds,
                    cpuPercent: percent, rss: Words.mebibytes(kib: sample.residentKiB),
                    vms: Words.mebibytes(kib: sample.virtualKiB),
                    read: Words.mebibytes(bytes: sample.readBytes),
                    written: Words.mebibytes(bytes: sample.writtenBytes)))
            (time, cpu) = (sample.time, sample.cpuSeconds)
        }
        self.samples = rows
        let seconds = end?.duration ?? Self.seconds(from: begin, to: samples.last?.time)
        mean = Figures(
            cpuPercent: Self.percent(end?.cpuSeconds ?? cpu, of: seconds, requested),
            rss: Self.mean(rows.map(\.rss)), vms: Self.mean(rows.map(\.vms)))
        max = Figures(
            cpuPercent: Swift.max(mean.cpuPercent, rows.map(\.cpuPercent).max() ?? 0),
            rss: Swift.max(
                rows.map(\.rss).max() ?? 0, Words.mebibytes(kib: end?.peakMemory ?? 0)),
            vms: Swift.max(
                rows.map(\.vms).max() ?? 0, Words.mebibytes(kib: end?.peakVirtual ?? 0)))
    }

    private static func seconds(from begin: MJD?, to end: MJD?) -> Double {
        guard let begin, let end else { return 0 }
        return (end - begin) * 86400
    }

    private static func percent(_ cpu: Double, of seconds: Double, _ request: Request) -> Double {
        guard seconds > 0, request.cores > 0 else { return 0 }
        return Swift.max(0, cpu / seconds / Double(request.cores) * 100)
    }

    private static func mean(_ values: [Double]) -> Double {
        values.isEmpty ? 0 : values.reduce(0, +) / Double(values.count)
    }

    public var text: String {
        var table = TextTable(
            "TIME", .right("%CPU"), .right("CPU s"), .right("MB RSS"), .right("MB VMS"),
            .right("MB READ"), .right("MB WRITTEN"))
        for row in samples {
            table.add(
                [row.time]
                    + [row.cpuPercent, row.cpuSeconds, row.rss, row.vms, row.read, row.written]
                    .map(Words.tenths))
        }
        table.add(
            "max", Words.tenths(max.cpuPercent), "", Words.tenths(max.rss), Words.tenths(max.vms))
        table.add(
            "mean", Words.tenths(mean.cpuPercent), "", Words.tenths(mean.rss),
            Words.tenths(mean.vms))
        table.add("requested", "\(requested.cores) cores", "", "\(requested.memory)")
        return "\(job)\n" + table.text
    }

    /// The samples as comma-separated values (RFC 4180) with a head.
    public var csv: String {
        let head = "time,cpu_percent,cpu_s,rss_MiB,vms_MiB,read_MiB,written_MiB"
        let lines = samples.map { row in
            ([row.time]
                + [row.cpuPercent, row.cpuSeconds, row.rss, row.vms, row.read, row.written].map {
                    "\($0)"
                }).joined(separator: ",")
        }
        return ([head] + lines).joined(separator: "\n")
    }
}

extension RunStore {
    /// The profile of an attempt; by default of the present or last one.
    ///
    /// - Parameter facts: read whole.
    /// - Throws: `ExecutionError` of code `unknownItem` where there is no such attempt.
    public func profile(of name: JobName, in facts: RunFacts) async throws -> JobProfile {
        let number = try facts.number(name.payload)
        let path = facts.life.path(number)
        let attempt = name.attempt ?? facts.life[number].attempts
        guard attempt > 0, attempt <= facts.life[number].attempts else {
            throw ExecutionError(
                .unknownItem,
                "\(facts.run.id)/\(path) has no attempt"
                    + (name.attempt.map { " \($0)" } ?? ""))
        }
        let samples = try await samples(of: facts.run.number, payload: number, attempt: attempt)
        let end = facts.attempts.first { $0.payload == number && $0.number == attempt }
        let request = facts.life.request(number)
        return JobProfile(
            "\(facts.run.id)/\(path)#\(attempt)", samples,
            requested: JobProfile.Request(
                cores: end?.cores ?? request?.cores ?? 0,
                memory: end?.memory ?? request?.memory ?? 0,
                walltime: end?.walltime ?? request?.walltime ?? 0),
            begin: end?.started, end: end)
    }
}
