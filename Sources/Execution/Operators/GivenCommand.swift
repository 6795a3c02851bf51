import Documents
import GroundSegment
import Payloads
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
    /// Whether anything of that run has still to be told; asked only for a removal.
    var isOpen = false
    /// What is known of a link that is asked for.
    var link: RunStore.Link?
    /// When the run that it names was removed, where that was.
    var removed: MJD?
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
        do {
            given.submitted = try await submit(command, by: entry.by, at: now)
        } catch let error as ExecutionError
            where [.badPipeline, .badCommand, .illegalTransition].contains(error.code)
        {
            return GivenCommand(sequence: entry.sequence, command: .failure(error))
        }
        guard given.submitted == nil, let name = command.run else { return given }
        if !isHere(name) {
            given.stored = try await store.run(named: name)
            if let run = given.stored {
                given.isTold = try await store.isTold(run.number)
                if case .remove = command.plain {
                    given.isOpen = try await store.isOpen(run.number)
                }
            } else {
                given.removed = try await store.removal(of: name)
            }
        }
        if case .link(let run, let needed) = command.plain {
            given.link = try await store.link(run, needs: needed)
        }
        return given
    }

    /// The run of a command that makes one; `nil` of another.
    private func submit(
        _ command: RunnerCommand, by user: String, at now: MJD
    ) async throws -> GivenCommand.Submitted? {
        switch command.plain {
        case .submit(let submission, let document):
            return try await begin(submission, document, at: now)
        case .create(let submission, let document, let description):
            try RunnerState.check(description: description)
            return try await begin(
                submission, document, at: now, draft: printable(description.utf8, limit: .max))
        case .clone(let name, let id):
            guard let run = try await store.run(named: name) else { return nil }
            return try await begin(
                try run.cloned(id: id, by: user), run.life.graph.document, at: now,
                draft: run.description)
        default: return nil
        }
    }

    private func begin(
        _ submission: Submission, _ document: String, at now: MJD, draft: String? = nil
    ) async throws -> GivenCommand.Submitted {
        let graph = try Self.graph(document, "the submitted graph")
        let faults = faults(submission, graph)
        guard faults.isEmpty else {
            throw ExecutionError(
                .badPipeline, "\(graph.name): \(faults.count) faults", diagnostics: faults)
        }
        if draft != nil { try submission.check(against: graph, isWhole: false) }
        let pipeline = Pipeline(graph: graph, document: graph.document)
        let begun = try await store.begin(
            .submission(submission), pipeline, at: now, draft: draft)
        if let run = begun {
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
