/// What an operator asks of a runner. Runs are named by their identifier or number, payloads by
/// their path in the run or their number.
///
/// As JSON it is an object of one member, the command's name with an object of its arguments:
/// `{"cancel": {"run": "RUN_20261128_140000_000000_tile", "reason": "wrong release"}}`.
public enum RunnerCommand: Hashable, Sendable, Codable {
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

    /// The run that it is about; `nil` for a submission.
    public var run: String? {
        switch self {
        case .submit: nil
        case .cancel(let run, _), .hold(let run, _, _), .release(let run, _),
            .priority(let run, _, _), .restart(let run, _, _, _, _), .tag(let run, _, _, _),
            .settle(let run, _, _, _):
            run
        }
    }

    /// The payload that it is about; `nil` where it is about the whole run.
    public var payload: String? {
        switch self {
        case .submit, .cancel: nil
        case .hold(_, let payload, _), .release(_, let payload), .priority(_, let payload, _),
            .restart(_, let payload, _, _, _), .tag(_, let payload, _, _):
            payload
        case .settle(_, let payload, _, _): payload
        }
    }
}
