import Campaigns
import GroundSegment
import PostgreSQL

/// An input of a task as the queries look it up: in which lane the orders are that make its parts,
/// and which parts a job needs.
struct JobInput: Hashable {
    /// Data that no order makes: there when their item is released.
    static let raw = -1

    let task: Int
    let data: ID<DataSet>
    /// The producing task's key, 0 for the daily processing, or `raw`.
    let lane: Int
    let mode: Mode
    /// The kind of the items that the parts are for; empty where it makes no difference.
    let kind: String

    enum Mode: String {
        /// The part of the job's own item.
        case same
        /// Those of the observations of the job's tile, or the tiles of its observation.
        case observations, tiles
        /// All that the producer makes.
        case all
        /// All of the items that the campaign has jobs for.
        case siblings
    }

    /// - Parameters:
    ///   - merges: the lanes in which the outputs of tasks are joined, which who reads all of them
    ///     reads instead.
    ///   - made: products that the daily processing makes, which data from outside may be.
    init?(
        _ data: DataSet, of task: CampaignTask, key: Int, keys: [ID<CampaignTask>: Int],
        merges: [ID<CampaignTask>: Int], made: Set<String>
    ) {
        self.task = key
        self.data = data.id
        kind = data.unit.itemKind?.rawValue ?? ""
        if task.readsAll(data) {
            // Data for the whole campaign or its numbers that come from outside are there.
            if data.producer == nil, data.unit.itemKind == nil { return nil }
            mode = data.producer == nil ? .siblings : .all
        } else if data.unit == task.unit {
            mode = .same
        } else {
            mode = data.unit == .observation ? .observations : .tiles
        }
        let merge = data.producer.flatMap { merges[$0] }
        let own = data.producer.flatMap { keys[$0] }
        let outside = made.contains(data.product) ? 0 : Self.raw
        lane = (task.readsAll(data) ? merge : nil) ?? own ?? outside
    }

    /// What a task's jobs read of the step that prepares it.
    init(_ step: CampaignTask, of task: Int, key: Int) {
        self.task = task
        data = ID(step.id.text)
        lane = key
        mode = .all
        kind = ""
    }

    /// The parameters $1 to $5 of the queries of parts.
    static func parameters(_ inputs: [JobInput], clock: MJD) -> [any SQLValue] {
        [
            inputs.map(\.task), inputs.map(\.lane), inputs.map(\.mode.rawValue),
            inputs.map(\.kind), clock.posixSeconds,
        ]
    }
}

/// How the jobs of a task that wait stand with an input from outside.
struct OutsideStanding {
    /// Jobs of which all parts are there, of which some are lost, and of which some are to come.
    let ready: Int
    let lost: Int
    let coming: Int
    let next: MJD?
    let overdue: MJD?

    /// By input.
    static func all(
        _ inputs: [JobInput], clock: MJD, on connection: isolated Connection
    ) throws -> [JobInput: OutsideStanding] {
        guard !inputs.isEmpty else { return [:] }
        var found: [JobInput: OutsideStanding] = [:]
        for row in try connection.query(
            CampaignSQL.outside, parameters: JobInput.parameters(inputs, clock: clock))
        {
            func instant(_ column: String) throws -> MJD? {
                try row.decode(column, as: Double?.self).map { MJD(posixSeconds: $0) }
            }
            found[inputs[try row.decode("place", as: Int.self) - 1]] = OutsideStanding(
                ready: try row.decode("ready"), lost: try row.decode("lost"),
                coming: try row.decode("coming"), next: try instant("next"),
                overdue: try instant("overdue"))
        }
        return found
    }
}
