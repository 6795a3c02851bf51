import DequeModule
import Dispatch
import Foundation
import Synchronization

/// Threads for work that waits: for the disk, a lock, a process.
///
/// Swift's own threads are as many as the machine has cores; one that waits is missing to all
/// other tasks.  These are made as they are needed and end when there has been nothing to do for a
/// while.
public final class BlockingThreads: Sendable {
    private struct Content {
        var jobs: Deque<@Sendable () -> Void> = []
        var threads = 0
        /// How many wait for a job.
        var idle = 0
        /// How many jobs have not been done.
        var unfinished = 0
        /// Who waits until none is left.
        var waiting: [CheckedContinuation<Void, Never>] = []
    }

    private let content = Mutex(Content())
    private let most: Int
    /// Counts the jobs that nobody has been woken for.
    private let work = DispatchSemaphore(value: 0)

    /// How long a thread waits for another job, in seconds.
    private static let patience = 10

    /// Those that are enough for one program.
    public static let shared = BlockingThreads(most: 64)

    /// - Parameter most: how many threads at a time; further work waits for one.
    public init(most: Int) {
        precondition(most > 0)
        self.most = most
    }

    /// Runs `work` on one of the threads and waits for it without taking one of Swift's.
    ///
    /// It runs to its end also where its task is cancelled.  Work that waits for other work of the
    /// same threads may wait for ever.
    ///
    /// - Throws: what `work` throws.
    public func run<Value: Sendable, Failure: Error>(
        _ work: @escaping @Sendable () throws(Failure) -> Value
    ) async throws(Failure) -> Value {
        let result: Result<Value, Failure> = await withCheckedContinuation { continuation in
            start {
                do throws(Failure) {
                    continuation.resume(returning: .success(try work()))
                } catch {
                    continuation.resume(returning: .failure(error))
                }
            }
        }
        return try result.get()
    }

    /// Runs `job` on one of the threads, as soon as one is free; what comes first is begun first.
    public func start(_ job: @escaping @Sendable () -> Void) {
        let isShort = content.withLock { content in
            content.jobs.append(job)
            content.unfinished += 1
            guard content.jobs.count > content.idle, content.threads < most else { return false }
            content.threads += 1
            return true
        }
        if isShort { Thread.detachNewThread { self.serve() } }
        work.signal()
    }

    /// Waits until nothing is left to be done.
    public func finish() async {
        await withCheckedContinuation { continuation in
            let isDone = content.withLock { content in
                if content.unfinished > 0 { content.waiting.append(continuation) }
                return content.unfinished == 0
            }
            if isDone { continuation.resume() }
        }
    }

    private func end() {
        let waiting = content.withLock { content in
            content.unfinished -= 1
            guard content.unfinished == 0 else { return [CheckedContinuation<Void, Never>]() }
            defer { content.waiting = [] }
            return content.waiting
        }
        for continuation in waiting { continuation.resume() }
    }

    private func serve() {
        while true {
            content.withLock { $0.idle += 1 }
            let isWoken = work.wait(timeout: .now() + .seconds(Self.patience)) == .success
            let job = content.withLock { content in
                content.idle -= 1
                let job = content.jobs.popFirst()
                if job == nil, !isWoken { content.threads -= 1 }
                return job
            }
            if let job {
                job()
                end()
            } else if !isWoken {
                return
            }
        }
    }
}
