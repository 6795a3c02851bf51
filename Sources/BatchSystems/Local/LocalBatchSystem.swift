import Files
import Foundation
import Glibc
import Synchronization

/// Processes of this machine as a batch system: those that find no free core wait.
///
/// It knows its jobs while this process lives; their number counts from 1.
public final class LocalBatchSystem: BatchSystem {
    private struct Task {
        let job: BatchJob
        var status = BatchJobStatus(.waiting, native: "waiting")
        var child: ChildProcess?
        /// Why it was told to end.
        var ending: BatchJobState?
    }

    private struct Content {
        var tasks: [BatchJobID: Task] = [:]
        /// In the order of their submission.
        var waiting: [BatchJobID] = []
        var free: Int
        var next = 1
    }

    private let content: Mutex<Content>
    private let cores: Int
    private let environment: [String: String]
    private let grace: Duration

    /// - Parameters:
    ///   - cores: how many are used at a time; all of the machine where `nil`.
    ///   - grace: between SIGTERM and SIGKILL.
    public init(
        cores: Int? = nil,
        environment: [String: String]? = nil, grace: Duration = .seconds(5)
    ) {
        self.cores = max(1, cores ?? ProcessInfo.processInfo.activeProcessorCount)
        content = Mutex(Content(free: self.cores))
        self.environment = environment ?? ProcessInfo.processInfo.environment
        self.grace = grace
    }

    public func submit(_ job: BatchJob) throws(BatchSystemError) -> [BatchJobID] {
        try job.check()
        guard job.need.cores <= cores else {
            throw BatchSystemError(
                .refused, "job \(job.name): found \(job.need.cores) cores, expected 1 to \(cores)")
        }
        do throws(FilesError) {
            try FileTree.makeFolder(job.folder)
        } catch {
            throw BatchSystemError(.storage, "\(error)")
        }
        let ids = content.withLock { content in
            let base = String(content.next)
            content.next += 1
            let ids =
                job.count == 1
                ? [BatchJobID(base)] : (1...job.count).map { BatchJobID(base, index: $0) }
            for id in ids { content.tasks[id] = Task(job: job) }
            content.waiting += ids
            return ids
        }
        startWaiting()
        return ids
    }

    public func poll(_ ids: [BatchJobID]) -> [BatchJobID: BatchJobStatus] {
        content.withLock { content in
            var statuses: [BatchJobID: BatchJobStatus] = [:]
            for id in ids { statuses[id] = content.tasks[id]?.status }
            return statuses
        }
    }

    public func find(name: String) -> [BatchJobID: BatchJobStatus] {
        content.withLock { $0.tasks.filter { $1.job.name == name }.mapValues(\.status) }
    }

    public func afterEnd(_ ids: [BatchJobID]) -> [BatchJobID: BatchJobStatus] { poll(ids) }

    public func cancel(_ ids: [BatchJobID]) {
        for id in ids { end(id, as: .cancelled) }
    }

    public func limits() -> BatchLimits { BatchLimits(arraySize: BatchJob.mostTasks) }

    // MARK: - Processes

    /// Starts, in order, what there are cores for.
    private func startWaiting() {
        content.withLock { content in
            while let id = content.waiting.first, let task = content.tasks[id],
                task.job.need.cores <= content.free
            {
                content.waiting.removeFirst()
                do throws(BatchSystemError) {
                    let child = try start(task.job, id)
                    content.tasks[id]?.child = child
                    content.tasks[id]?.status = BatchJobStatus(
                        .running, native: "running", host: "localhost", started: Self.now)
                    content.free -= task.job.need.cores
                    follow(id, child, walltime: task.job.need.walltime)
                } catch {
                    content.tasks[id]?.status = BatchJobStatus(
                        .failed, native: "failed", reason: error.message, exit: .code(127))
                }
            }
        }
    }

    private func start(
        _ job: BatchJob, _ id: BatchJobID
    ) throws(BatchSystemError) -> ChildProcess {
        let number = id.index ?? 1
        let path = "\(job.folder)/\(job.name).\(number).out"
        let output = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
        guard output >= 0 else {
            throw BatchSystemError(
                .storage, "cannot write \(path): \(String(cString: strerror(errno)))")
        }
        defer { close(output) }
        var variables = environment
        variables[BatchJob.taskVariable] = String(number)
        return try ChildProcess(
            group: [job.program] + job.arguments, environment: variables, output: output,
            error: output)
    }

    private func follow(_ id: BatchJobID, _ child: ChildProcess, walltime: Int?) {
        Thread.detachNewThread { [self] in
            _ = child.hasEnded(isWaiting: true)
            content.withLock { content in
                let exit = child.exit()
                guard let task = content.tasks[id] else { return }
                content.tasks[id]?.child = nil
                content.free += task.job.need.cores
                let state = task.ending ?? (exit.isSuccess ? .completed : .failed)
                content.tasks[id]?.status = BatchJobStatus(
                    state, native: state.rawValue, exit: exit, host: "localhost",
                    started: task.status.started, ended: Self.now)
            }
            startWaiting()
        }
        if let walltime {
            DispatchQueue.global().asyncAfter(deadline: .now() + .seconds(walltime)) {
                [weak self] in
                self?.end(id, as: .timedOut)
            }
        }
    }

    /// Takes a waiting task out, tells a running one to end and, later, makes it.
    private func end(_ id: BatchJobID, as state: BatchJobState) {
        let isRunning = content.withLock { content in
            guard let task = content.tasks[id], !task.status.state.isEnded else { return false }
            if let child = task.child {
                content.tasks[id]?.ending = task.ending ?? state
                child.signal(SIGTERM)
                return true
            }
            content.waiting.removeAll { $0 == id }
            content.tasks[id]?.status = BatchJobStatus(state, native: state.rawValue)
            return false
        }
        guard isRunning else {
            startWaiting()
            return
        }
        let seconds = Int(grace.components.seconds)
        DispatchQueue.global().asyncAfter(deadline: .now() + .seconds(seconds)) { [weak self] in
            self?.content.withLock { $0.tasks[id]?.child?.signal(SIGKILL) }
        }
    }

    private static var now: Int { Int(time(nil)) }
}
