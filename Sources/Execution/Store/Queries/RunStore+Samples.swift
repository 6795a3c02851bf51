public import Foundation
import GRDB
public import GroundSegment

/// What all processes of an attempt used at one moment, beside what the attempt was given.
struct SampleLine: Hashable, Sendable, Encodable {
    let sdc: String
    let run: String
    /// Path of the payload, its node whatever the iteration, and its program.
    let payload: String
    let node: String
    let executable: String
    let attempt: Int
    /// `nil` where it is not known any more: of an earlier attempt on one of many hosts.
    @OrNull var host: String?
    /// ISO 8601 in UTC.
    let time: String
    /// Processor time until now, s.
    let cpuSeconds: Double
    /// MiB; read and written until now.
    let rss: Double
    let vms: Double
    let read: Double
    let written: Double
    let requested: JobProfile.Request
}

extension RunStore {
    /// Hands over the samples of runs as lines of JSON (NDJSON), run by run, a part at a time: at no
    /// time more than those of a part are in memory, and one run.
    ///
    /// - Parameters:
    ///   - since: only samples from then on.
    ///   - write: called with whole lines.
    /// - Throws: what `write` throws.
    public func exportSamples(
        of sdc: ID<SDC>, _ filter: RunFilter, since: MJD?, at now: MJD,
        to write: (Data) throws -> Void
    ) async throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        // To the microsecond, as instants are written.
        let begin = since.map { ($0.posixSeconds * 1e6).rounded() / 1e6 } ?? -.infinity
        for number in try await numbers(of: filter, at: now) {
            guard var place = try await firstSample(of: number, since: begin),
                let source = try await sampled(number, of: sdc)
            else { continue }
            while true {
                let rows = try await samples(of: number, from: place, since: begin)
                var lines = Data()
                for row in rows {
                    lines += try encoder.encode(source.line(row))
                    lines.append(0x0A)
                }
                if !lines.isEmpty { try write(lines) }
                guard rows.count == Self.samplesOfPart, let last = rows.last else { break }
                place = SamplePlace(
                    payload: last.payload, attempt: last.attempt, time: last.time.nextUp)
            }
        }
    }

    private static let samplesOfPart = 2000

    /// From where the samples of a run are read on.
    private struct SamplePlace: Sendable {
        let payload: Int
        let attempt: Int
        /// Seconds since 1970-01-01 UTC.
        let time: Double
    }

    private func firstSample(of run: Int64, since: Double) async throws -> SamplePlace? {
        let isThere = try await read { database in
            try Bool.fetchOne(
                database, sql: "SELECT EXISTS (SELECT 1 FROM sample WHERE run = ? AND time >= ?)",
                arguments: [run, since]) ?? false
        }
        return isThere ? SamplePlace(payload: 0, attempt: 0, time: -.infinity) : nil
    }

    private func samples(
        of run: Int64, from place: SamplePlace, since: Double
    ) async throws -> [SampleRow] {
        try await read { database in
            try Row.fetchAll(
                database,
                sql: """
                    SELECT * FROM sample
                    WHERE run = ? AND (payload, attempt, time) >= (?, ?, ?) AND time >= ?
                    ORDER BY payload, attempt, time LIMIT \(Self.samplesOfPart)
                    """, arguments: [run, place.payload, place.attempt, place.time, since]
            ).map { row in
                SampleRow(
                    payload: row["payload"], attempt: row["attempt"], time: row["time"],
                    cpuSeconds: row["cpu_seconds"], resident: row["resident_kib"],
                    virtual: row["virtual_kib"], read: row["read_bytes"],
                    written: row["written_bytes"])
            }
        }
    }

    private func sampled(_ number: Int64, of sdc: ID<SDC>) async throws -> SampledRun? {
        guard let run = try await run(named: "\(number)") else { return nil }
        return try await read { database in
            let rows = try Row.fetchAll(
                database,
                sql: """
                    SELECT payload, number, cores, memory_mib, walltime_s FROM attempt WHERE run = ?
                    """, arguments: [number])
            let requests = rows.map { row in
                (
                    SampledRun.Attempt(payload: row[0], number: row[1]),
                    JobProfile.Request(cores: row[2], memory: row[3], walltime: row[4])
                )
            }
            return SampledRun(
                sdc: sdc.text, run: run,
                requests: Dictionary(requests, uniquingKeysWith: { first, _ in first }),
                hosts: try Self.hosts(of: number, database))
        }
    }
}

/// A row of the samples' table; sizes in KiB and bytes.
private struct SampleRow: Sendable {
    let payload: Int
    let attempt: Int
    let time: Double
    let cpuSeconds: Double
    let resident: Int
    let virtual: Int
    let read: Int
    let written: Int
}

/// A run whose samples are told, with what its attempts were given and where the last ones were.
private struct SampledRun: Sendable {
    struct Attempt: Hashable, Sendable {
        let payload: Int
        let number: Int
    }

    let sdc: String
    let run: Run
    let requests: [Attempt: JobProfile.Request]
    let hosts: [Int: String]

    func line(_ row: SampleRow) -> SampleLine {
        let life = run.life
        let isKnown = life.contains(row.payload)
        let executable = isKnown ? life.node(row.payload).executable?.name : nil
        let isLast = isKnown && life[row.payload].attempts == row.attempt
        let host = hosts[row.payload]
        return SampleLine(
            sdc: sdc, run: run.id.text,
            payload: isKnown ? life.path(row.payload) : "\(row.payload)",
            node: isKnown ? life.label(row.payload) : "", executable: executable ?? "",
            attempt: row.attempt, host: host == nil ? "local" : isLast ? host : nil,
            time: MJD(posixSeconds: row.time).exactISO8601, cpuSeconds: row.cpuSeconds,
            rss: Words.mebibytes(kib: row.resident), vms: Words.mebibytes(kib: row.virtual),
            read: Words.mebibytes(bytes: row.read), written: Words.mebibytes(bytes: row.written),
            requested: request(row, isKnown: isKnown))
    }

    /// What the attempt was given; of one that has not ended, what its payload asks for now.
    private func request(_ row: SampleRow, isKnown: Bool) -> JobProfile.Request {
        if let known = requests[Attempt(payload: row.payload, number: row.attempt)] { return known }
        let asked = isKnown ? run.request(row.payload) : nil
        return JobProfile.Request(
            cores: asked?.cores ?? 0, memory: asked?.memory ?? 0, walltime: asked?.walltime ?? 0)
    }
}
