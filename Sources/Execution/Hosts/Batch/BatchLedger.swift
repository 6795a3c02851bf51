import BatchSystems
import Foundation
import Payloads

/// What a runner has submitted, as its next start finds it: a file for each job, written before
/// the job is submitted and removed when nobody waits for it any more.
struct BatchLedger: Sendable {
    let home: String

    private struct Entry: Codable {
        var folder: String
        var cores: Int
        var memory: Int
        var walltime: Int?
        var gpus: Int
        var tasks: Int
        var base: String?
    }

    /// Writes a job's orders and then its entry.
    ///
    /// - Throws: `ExecutionError` of code `storage`; there is no entry then.
    func add(_ job: HostedJob) throws {
        try StoredFiles.makeFolder(job.folder)
        for (place, task) in job.tasks.enumerated() {
            let path = JobOrders.path(in: job.folder, task: place + 1)
            do {
                // Orders that a power cut takes are of a job which is then not known.
                try Data(JobOrders(task.attempts.map(\.order)).text).write(
                    to: URL(fileURLWithPath: path))
            } catch {
                throw ExecutionError(.storage, "cannot write \(path): \(error)")
            }
        }
        try save(job)
    }

    /// Writes a job's entry anew.
    ///
    /// - Throws: `ExecutionError` of code `storage`; the one before is there still.
    func save(_ job: HostedJob) throws {
        let entry = Entry(
            folder: job.folder, cores: job.need.cores, memory: job.need.memory,
            walltime: job.need.walltime, gpus: job.need.gpus, tasks: job.tasks.count,
            base: job.base)
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        try StoredFiles.makeFolder(home)
        try StoredFiles.write(try encoder.encode(entry), to: path(job.name))
    }

    /// Removes a job's entry and its folder.
    func remove(_ job: HostedJob) throws {
        try StoredFiles.remove(path(job.name))
        try StoredFiles.remove(job.folder)
    }

    /// All jobs that have an entry, in the order of their names.
    ///
    /// - Parameters:
    ///   - life: what a task's life is at its beginning.
    ///   - fault: is told of each that cannot be read, which is left alone.
    func jobs(life: BatchJobLife, fault: (_ name: String, any Error) -> Void) -> [HostedJob] {
        StoredFiles.names(in: home).filter { $0.hasSuffix(Self.suffix) }.sorted().compactMap {
            let name = String($0.dropLast(Self.suffix.count))
            do {
                return try job(name, life)
            } catch {
                fault(name, error)
                return nil
            }
        }
    }

    private func job(_ name: String, _ life: BatchJobLife) throws -> HostedJob {
        let data = try Data(contentsOf: URL(fileURLWithPath: path(name)))
        let entry = try JSONDecoder().decode(Entry.self, from: data)
        let tasks = try (0..<max(0, entry.tasks)).map { place in
            HostedTask(
                attempts: try JobOrders(
                    path: JobOrders.path(in: entry.folder, task: place + 1)
                ).orders.map(HostedAttempt.init),
                life: life)
        }
        return HostedJob(
            name: name, folder: entry.folder,
            need: BatchNeed(
                cores: entry.cores, memory: entry.memory, walltime: entry.walltime,
                gpus: entry.gpus),
            tasks: tasks, base: entry.base, mayBeThere: entry.base == nil)
    }

    private static let suffix = ".json"

    private func path(_ name: String) -> String { "\(home)/\(name)\(Self.suffix)" }
}
