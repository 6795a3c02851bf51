import Documents
import GroundSegment
import Workflows

/// A command from the inbox with what the runner's state needs for it from elsewhere.
struct GivenCommand: Sendable {
    /// What a submission has become.
    enum Submitted: Sendable {
        case begun(Run)
        /// It was given before.
        case known(Run)
    }

    let sequence: Int64
    let command: Result<RunnerCommand, ExecutionError>
    /// The run that it names, where the runner does not have it in its hands.
    var stored: Run?
    /// Whether the end of that run has been told to its order's source.
    var isTold = false
    var submitted: Submitted?
}

/// Reads the commands that were given, one after the other.
struct Inbox: Sendable {
    let store: RunStore
    /// Why what is submitted cannot be done here; empty where nobody can say.
    let faults: @Sendable (Submission, Graph) -> [Diagnostic]

    /// The next command after `sequence`; a submission's run is in the store then.
    ///
    /// - Parameter isHere: whether the runner has the run of this name in its hands.
    func next(
        after sequence: Int64, at now: MJD, isHere: (String) -> Bool
    ) async throws -> GivenCommand? {
        guard let entry = try await store.nextCommand(after: sequence) else { return nil }
        let command: RunnerCommand
        do {
            command = try Document.value(entry.document, "command \(entry.sequence)")
        } catch let error as ExecutionError {
            return GivenCommand(
                sequence: entry.sequence,
                command: .failure(ExecutionError(.badCommand, error.message)))
        }
        var given = GivenCommand(sequence: entry.sequence, command: .success(command))
        if case .submit(let submission, let document) = command {
            do {
                given.submitted = try await submit(submission, document, at: now)
            } catch let error as ExecutionError where error.code == .badPipeline {
                return GivenCommand(sequence: entry.sequence, command: .failure(error))
            }
        } else if let name = command.run, !isHere(name), let run = try await store.run(named: name)
        {
            given.stored = run
            given.isTold = try await store.isTold(run.number)
        }
        return given
    }

    private func submit(_ submission: Submission, _ document: String, at now: MJD) async throws
        -> GivenCommand.Submitted
    {
        let graph = try Self.graph(document, "the submitted graph")
        let faults = faults(submission, graph)
        guard faults.isEmpty else {
            throw ExecutionError(
                .badPipeline, "\(graph.name): \(faults.count) faults", diagnostics: faults)
        }
        let pipeline = Pipeline(graph: graph, document: graph.document)
        if let run = try await store.begin(.submission(submission), pipeline, at: now) {
            return .begun(run)
        }
        guard let run = try await store.run(ofSubmission: submission.id) else {
            throw ExecutionError(.store, "submission \(submission.id) has no run")
        }
        return .known(run)
    }

    /// - Throws: `ExecutionError` of code `badPipeline`.
    static func graph(_ document: String, _ name: String) throws -> Graph {
        do {
            return try Graph(document: document, file: name)
        } catch {
            throw ExecutionError(.badPipeline, error.message, diagnostics: error.diagnostics)
        }
    }
}
