/// A batch system that is used through its commands, as data: what a job's script looks like,
/// which commands there are, how their output is read, what its words mean.
///
/// Those of some systems come with the program (`builtIn`); a site may have its own file.
public struct BatchSystemDescription: Hashable, Sendable {
    /// The word of an SDC's key `batch`.
    public var name: String
    /// As people write it.
    public var title: String
    /// Whether jobs have been run through it on the system itself or a stand-in of it.
    public var isTried: Bool
    /// What is set in the environment of its commands, beside what is there.
    public var environment: [String: String]
    var forms: IDForms
    var quoting: Quoting
    /// What the name of a job's script ends in.
    var suffix: String
    var script: String
    var submit: Submission
    var poll: BatchQuery
    /// Asked one after the other for what no earlier one knows.
    var find: [BatchQuery]
    /// Asked one after the other for what no earlier one knows to have ended.
    var after: [BatchQuery]
    var cancel: [String]
    var limits: [LimitQuery]
    /// A system's word, or `word/detail`, which counts first.
    var states: [String: StateMeaning]
    /// Words of a command that has failed for now only.
    var temporary: [String]
    /// Words of a command that has failed because there is no such job.
    var unknown: [String]
    /// Words of a command that has failed because the system keeps no accounts.
    var absent: [String]

    /// How the submission is made, and the job's number read from its answer.
    struct Submission: Hashable, Sendable {
        var words: [String]
        /// A regular expression whose first group is the number.
        var id: String
    }

    struct LimitQuery: Hashable, Sendable {
        var words: [String]
        /// Regular expressions whose first group is the number, or a time as H:MM:SS.
        var arraySize: String?
        var remembered: String?
        /// Added to the array's number: some systems name the highest number plus one.
        var arrayOffset: Int
    }

    /// How ids are written in commands: `{base}`, and of a task `{index}`, or `{index0}` from 0.
    struct IDForms: Hashable, Sendable {
        var job: String
        /// An array as a whole.
        var array: String
        var task: String
    }
}

/// What a word for a state means.
enum StateMeaning: Hashable, Sendable {
    case state(BatchJobState)
    /// It has ended: completed or failed as its exit says.
    case byExit

    init?(_ word: String) {
        if word == "by-exit" {
            self = .byExit
        } else if let state = BatchJobState(rawValue: word) {
            self = .state(state)
        } else {
            return nil
        }
    }

    static let words = BatchJobState.allCases.map(\.rawValue) + ["by-exit"]
}

/// A command that tells of jobs.
struct BatchQuery: Hashable, Sendable {
    var words: [String]
    var format: OutputFormat
    /// Of the format `columns`.
    var columns: [OutputColumn]
    var separator: String
    /// Whether it is asked for one job (or array) after the other.
    var isForEach: Bool
}

extension BatchSystemDescription {
    /// What a system's word for a state means.
    ///
    /// - Parameter detail: a reason or number beside it.
    func state(of native: String, detail: String, exit: BatchJobExit?) -> BatchJobState {
        guard let meaning = states["\(native)/\(detail)"] ?? states[native] else { return .unknown }
        switch meaning {
        case .state(let state): return state
        case .byExit: return exit.map(\.isSuccess) ?? false ? .completed : .failed
        }
    }
}
