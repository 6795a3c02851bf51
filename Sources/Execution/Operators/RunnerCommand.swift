/// What an operator asks of a runner. Runs are named by their identifier or number, payloads by
/// their path in the run or their number.
///
/// As JSON it is an object of one member, the command's name with an object of its arguments:
/// `{"cancel": {"run": "RUN_20261128_140000_000000_tile", "reason": "wrong release"}}`.
public indirect enum RunnerCommand: Hashable, Sendable, Codable {
    /// A run of a graph, as its canonical document (`Graph.document`); the same submission again
    /// is the same run.
    case submit(submission: Submission, graph: String)
    /// Ends what runs and starts nothing more but the final node.
    case cancel(run: String, reason: String)
    /// Starts nothing more of the run, or does not start the payload.
    case hold(run: String, payload: String?, reason: String)
    case release(run: String, payload: String?)
    /// Larger ones first.
    case priority(run: String, payload: String?, value: Int)
    /// Does again what did not complete; with a payload that one and all that follows from it.
    ///
    /// - `resources`: by payload, a JSON object of the resources to correct, such as
    ///   `{"ram_MiB": 4096}`.
    /// - `graph`: the canonical document of a graph of the same shape to go on with.
    /// - `force`: does again, too, what has been done with the same command, inputs and release.
    case restart(
        run: String, payload: String?, resources: [String: String], graph: String?, force: Bool)
    /// A word about a run or one of its payloads; removed where the value is `nil`.
    case tag(run: String, payload: String?, name: String, value: String?)
    /// Gives a held payload up, or takes it as completed.
    case settle(run: String, payload: String, completed: Bool, reason: String)
    /// As `submit`, but the run is held, and may be edited, until it is submitted.
    case create(submission: Submission, graph: String, description: String)
    /// A run that is not submitted, with the pipeline, inputs and configuration of another.
    ///
    /// - `id`: of the new submission.
    case clone(run: String, id: String)
    case edit(run: String, change: DraftChange)
    /// Submits a run that was created.
    case enqueue(run: String)
    /// The run does not begin before the other one has completed.
    case link(run: String, needs: String)
    case unlink(run: String, needs: String)
    /// Nothing stays of it but that it was there: one that never began, or has ended.
    case remove(run: String)
    /// The command, where the run, or the payload that it is about, is still in this state.
    case expecting(state: String, command: RunnerCommand)

    /// The run that it is about; `nil` where it makes one.
    public var run: String? {
        switch self {
        case .submit, .create: nil
        case .cancel(let run, _), .hold(let run, _, _), .release(let run, _),
            .priority(let run, _, _), .restart(let run, _, _, _, _), .tag(let run, _, _, _),
            .settle(let run, _, _, _), .clone(let run, _), .edit(let run, _), .enqueue(let run),
            .link(let run, _), .unlink(let run, _), .remove(let run):
            run
        case .expecting(_, let command): command.run
        }
    }

    /// The command itself, without what it expects.
    var plain: RunnerCommand {
        if case .expecting(_, let command) = self { command.plain } else { self }
    }

    /// The payload that it is about; `nil` where it is about the whole run.
    public var payload: String? {
        switch self {
        case .submit, .cancel, .create, .clone, .edit, .enqueue, .link, .unlink, .remove: nil
        case .hold(_, let payload, _), .release(_, let payload), .priority(_, let payload, _),
            .restart(_, let payload, _, _, _), .tag(_, let payload, _, _):
            payload
        case .settle(_, let payload, _, _): payload
        case .expecting(_, let command): command.payload
        }
    }
}
