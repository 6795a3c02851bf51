import Files
import Foundation
import Glibc
import Synchronization

/// Runs commands on this machine, as many at a time as there are cores for.
public final class LocalExecutor: CommandExecutor {
    private let cores: CoreShare
    private let total: Int

    /// - Parameter cores: as many as the machine has where `nil`.
    public init(cores: Int? = nil) {
        total = max(1, cores ?? ProcessInfo.processInfo.activeProcessorCount)
        self.cores = CoreShare(total)
    }

    public func run(_ command: ToolCommand) async throws(CWLError) -> CommandEnd {
        // What asks for more than there are gets them all.
        let share = min(max(1, command.cores), total)
        await cores.take(share)
        let end: Result<CommandEnd, CWLError>
        do throws(CWLError) {
            end = .success(try await start(command))
        } catch {
            end = .failure(error)
        }
        await cores.give(share)
        return try end.get()
    }

    private func start(_ command: ToolCommand) async throws(CWLError) -> CommandEnd {
        guard !Task.isCancelled else { throw CWLError(.stopped, "stopped") }
        let group = try RunningGroup(command)
        return await withTaskCancellationHandler {
            let timer = command.timeLimit.map { limit in
                Task {
                    try await Task.sleep(for: limit)
                    group.end(isLate: true)
                }
            }
            defer { timer?.cancel() }
            return await BlockingThreads.shared.run { group.wait() }
        } onCancel: {
            group.end(isLate: false)
        }
    }
}

/// The processes of one command.
private final class RunningGroup: Sendable {
    private struct State {
        var isReaped = false
        var isLate = false
    }

    private let child: ChildProcess
    private let state = Mutex(State())

    /// Starts the command.
    init(_ command: ToolCommand) throws(CWLError) {
        let messages: Int32 = 2
        var opened: [Int32] = []
        func open(_ path: String?, _ flags: Int32) throws(CWLError) -> Int32? {
            guard let path else { return nil }
            let descriptor = Glibc.open(path, flags | O_CLOEXEC, 0o666)
            guard descriptor >= 0 else {
                throw CWLError.failure(
                    "\(command.name): cannot open \(path): \(String(cString: strerror(errno)))")
            }
            opened.append(descriptor)
            return descriptor
        }
        defer { for descriptor in opened { close(descriptor) } }
        let writing = O_WRONLY | O_CREAT | O_TRUNC
        let input = try open(command.input, O_RDONLY)
        let output = try open(command.output, writing)
        let error =
            command.error == command.output && command.error != nil
            ? output : try open(command.error, writing)
        do {
            child = try ChildProcess(
                command.words, environment: command.environment, folder: command.folder,
                input: input, output: output ?? messages, error: error ?? messages, isGroup: true)
        } catch {
            throw CWLError.failure("\(command.name): \(error)")
        }
    }

    /// Ends the group: asked first, killed after a while.
    func end(isLate: Bool) {
        let isRunning = state.withLock { state in
            guard !state.isReaped else { return false }
            state.isLate = state.isLate || isLate
            child.signal(SIGTERM)
            child.signal(SIGCONT)
            return true
        }
        guard isRunning else { return }
        Task {
            try? await Task.sleep(for: .seconds(2))
            state.withLock { if !$0.isReaped { child.signal(SIGKILL) } }
        }
    }

    /// Waits for the end of the command, and ends what it has left running.
    func wait() -> CommandEnd {
        _ = child.hasEnded(isWaiting: true)
        return state.withLock { state in
            child.signal(SIGKILL)
            state.isReaped = true
            let status = child.reap() ?? 1 << 8
            if state.isLate { return .timedOut }
            let signal = status & 0x7f
            return signal == 0 ? .exited(Int(status >> 8) & 0xff) : .killed(signal)
        }
    }
}
