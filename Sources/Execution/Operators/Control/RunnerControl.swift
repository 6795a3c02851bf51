import Files
import Foundation
import Glibc
import GroundSegment
import Payloads

/// An operator's way to an SDC's runner: through its socket where it runs, into its store where
/// none does.
public struct RunnerControl: Sendable {
    private let configuration: RunnerConfiguration
    private let work = BlockingThreads(most: 1)

    public init(_ configuration: RunnerConfiguration) {
        self.configuration = configuration
    }

    /// Tries while a runner is starting or ending, or another operator is at the store: ten
    /// seconds, and longer where the machine is so busy that few of them get their turn.
    private static let mostTries = 500
    private static let pause = Duration.milliseconds(20)

    /// Has a command applied, once, however often this has to try.
    ///
    /// - Parameter by: who gives it.
    /// - Throws: `ExecutionError` of code `busy` where neither the runner answers nor its store is
    ///   free, of code `unknownItem` where the SDC has no store.
    public func give(_ command: RunnerCommand, by: String) async throws -> CommandAnswer {
        let request = ControlRequest(id: 1, request: UUID().uuidString, by: by, command: command)
        var tries = 0
        while true {
            if let answer = try await tell(request) {
                return answer.answer ?? CommandAnswer(.failure, "the runner gave no answer")
            }
            do {
                return try await UnservedStore(configuration).apply(request)
            } catch let error as ExecutionError where error.code == .busy {
                tries += 1
                guard tries < Self.mostTries else { throw error }
                try await Task.sleep(for: Self.pause)
            }
        }
    }

    /// What the runner says of itself; `nil` where none runs.
    ///
    /// - Parameters:
    ///   - by: who asks, and the reason: kept where it has pilots or the runner end.
    public func ask(
        _ question: RunnerQuestion, by: String = "", reason: String = ""
    ) async throws -> RunnerFacts? {
        let request = ControlRequest(
            id: 1, request: "", by: by, question: question, reason: reason)
        return try await tell(request)?.facts
    }

    /// The runner's answer; `nil` where there is no runner, or it ended meanwhile.
    private func tell(_ request: ControlRequest) async throws -> ControlAnswer? {
        let home = configuration.home
        let question = Array(try Document.data(request)) + [0x0A]
        return try await work.run {
            guard let folder = try? Descriptor(home, O_RDONLY | O_DIRECTORY),
                let socket = try? UnixSocket.connect(ControlSocket.name, in: folder),
                (try? UnixSocket.send(question, to: socket)) != nil
            else { return nil }
            var buffer = LineBuffer()
            guard let line = try? UnixSocket.line(from: socket, &buffer, most: .max) else {
                return nil
            }
            return try Document.value(Data(line), "the runner's answer")
        }
    }
}
