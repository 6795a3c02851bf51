import GroundSegment

/// Something at an SDC that people are to know of at once: numbered, and kept until they have been
/// told.
public struct Notice: Hashable, Sendable, Encodable {
    public enum Kind: String, Hashable, Sendable, Codable, CaseIterable {
        case runFailed = "run_failed"
        case runHeld = "run_held"
        case jobFailed = "job_failed"
        case jobHeld = "job_held"
        /// A storage is full or cannot be used otherwise; what needs it waits.
        case storage

        fileprivate var words: String {
            switch self {
            case .runFailed: "failed"
            case .runHeld: "is held"
            case .jobFailed: "failed"
            case .jobHeld: "is held"
            case .storage: "waits for storage"
            }
        }
    }

    /// Grows with each; what is told again has the number that it had.
    public let number: Int64
    public let sdc: String
    /// ISO 8601 in UTC.
    public let at: String
    public let kind: Kind
    /// Identifier and number of the run; `nil` where it is of none.
    @OrNull public internal(set) var run: String?
    @OrNull public internal(set) var runNumber: Int64?
    @OrNull public internal(set) var pipeline: String?
    /// Path of the payload; `nil` where it is of the whole run.
    @OrNull public internal(set) var job: String?
    /// One line.
    public let message: String

    /// One line for people: `Run 17 of night: stack failed`.
    public var title: String {
        guard let runNumber else { return "The runner of \(sdc) \(kind.words)" }
        let run = "Run \(runNumber)" + (pipeline.map { " of \($0)" } ?? "")
        return job.map { "\(run): \($0) \(kind.words)" } ?? "\(run) \(kind.words)"
    }
}

/// What a notice says, as the store keeps it.
struct NoticeContent: Hashable, Sendable, Codable {
    var run: String?
    var pipeline: String?
    var job: String?
    var message: String
}

extension StoreChanges {
    /// What people are to be told of.
    struct NoticeRow: Sendable {
        let at: MJD
        let kind: Notice.Kind
        /// Its number; `nil` where it is of none.
        let run: Int64?
        /// The same again is no other: it is told once.
        let key: String
        let content: NoticeContent
    }
}
