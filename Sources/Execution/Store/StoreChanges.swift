import GroundSegment
import Payloads
import Workflows

/// What one group of events changes in the store: it is written in one transaction before anything
/// outside hears of it, and costs the rows that it changes.
struct StoreChanges: Sendable {
    var runs: [RunChange] = []
    /// The files that a run reads, written together with what lets it go on.
    var inputs: [InputRows] = []
    /// Why runs wait; what they say of themselves when they go on takes its place.
    var waits: [(run: Int64, reason: String)] = []
    var expansions: [ExpansionRow] = []
    /// In order of the changes: a payload may be there more than once.
    var payloads: [PayloadRow] = []
    var attempts: [AttemptRow] = []
    var outputs: [(run: Int64, output: StoredOutput)] = []
    var reports: [ReportRequest] = []
    var samples: [SampleRow] = []
    var answers: [(sequence: Int64, answer: CommandAnswer)] = []
    var tags: [TagRow] = []
    /// What the first payloads of a node, by its label, used.
    var scouts: [(run: Int64, label: String, scouts: Scouts)] = []
    /// Corrected graphs, by their canonical documents.
    var graphs: [(run: Int64, document: String)] = []
    /// Runs whose end has not been told and is not to be told.
    var recalled: [Int64] = []
    /// The largest fencing token that has been given out.
    var token: Int64?
    var drafts: [DraftRow] = []
    /// Runs that were submitted, and when.
    var queued: [(run: Int64, at: MJD)] = []
    var needs: [NeedRow] = []
    /// Attempts that were given to hosts of which there are many.
    var placements: [(key: AttemptKey, host: HostID)] = []
    /// Runs of which nothing is to stay but that they were there.
    var removed: [(run: Int64, at: MJD)] = []
    /// What people are to be told of.
    var notices: [NoticeRow] = []

    var isEmpty: Bool {
        runs.isEmpty && waits.isEmpty && inputs.isEmpty && expansions.isEmpty && payloads.isEmpty
            && attempts.isEmpty
            && outputs.isEmpty && reports.isEmpty && samples.isEmpty && answers.isEmpty
            && tags.isEmpty && scouts.isEmpty && graphs.isEmpty && recalled.isEmpty && token == nil
            && drafts.isEmpty && queued.isEmpty && needs.isEmpty && placements.isEmpty
            && removed.isEmpty && notices.isEmpty
    }

    /// Where a run is now.
    struct RunChange: Sendable {
        let run: Int64
        let record: RunRecord
    }

    struct InputRows: Sendable {
        let run: Int64
        let inputs: [StagedInput]
        let transfers: [Transfer]
    }

    /// What a container turned out to hold.
    struct ExpansionRow: Sendable {
        let run: Int64
        let expansion: Expansion
    }

    struct PayloadRow: Sendable {
        let run: Int64
        let number: Int
        let life: PayloadLife
    }

    /// An attempt that has ended.
    struct AttemptRow: Sendable {
        enum Outcome: String, Sendable { case completed, failed, lost, aborted }

        let run: Int64
        let payload: Int
        let number: Int
        let path: String
        let outcome: Outcome
        let resources: Resources
        let result: AttemptResult
        let message: String
        let contentKey: String?
    }

    /// The end of a run, with what is to be told of it.
    struct ReportRequest: Sendable {
        let run: Int64
        let attempt: Int
        let order: ProcessingOrder?
        let event: OrderState.Event
        let message: String
        let products: [Product]
        let pending: [PendingReplica]
        /// Names of the nodes' programs, by the nodes' labels.
        var programs: [String: String] = [:]
        let ended: MJD
    }

    /// A tag of a payload, or of the run where there is none; removed where it has no value.
    struct TagRow: Sendable {
        let run: Int64
        let payload: Int?
        let name: String
        let value: String?
    }

    /// What a run that is not submitted is to do now.
    struct DraftRow: Sendable {
        let run: Int64
        let origin: RunOrigin
        let description: String
    }

    /// A run that has to complete before another, or has not to any more.
    struct NeedRow: Sendable {
        let run: Int64
        let needed: RunNeed
        let isNeeded: Bool
    }

    struct SampleRow: Sendable {
        let run: Int64
        let payload: Int
        let attempt: Int
        let sample: Sample
    }
}

/// A file that a payload left at an output port.
struct StoredOutput: Hashable, Sendable {
    let payload: Int
    let port: String
    let path: String
    let digest: FileDigest
}
