public import GroundSegment

/// The tasks of a campaign and the data sets between them: a graph whose nodes are tasks and whose
/// edges are data sets.  It has no cycle, each data set has one producer, and each edge has two
/// ends: data from outside come out of the pseudo-task `entry`, results go into `exit`.
public struct CampaignGraph: Hashable, Sendable {
    /// In the order in which they were given.
    public let tasks: [CampaignTask]
    /// What the campaign finds in the catalogue.
    public let outside: [OutsideData]
    /// Data from outside first, then what tasks make, in their order.
    public let dataSets: [DataSet]
    /// The tasks so that each comes after those whose data it reads, otherwise as they were given.
    public let order: [ID<CampaignTask>]
    private let taskPlaces: [ID<CampaignTask>: Int]
    private let dataPlaces: [ID<DataSet>: Int]

    /// Names that no task may have.
    public static let (entryName, exitName) = ("entry", "exit")

    /// A graph of tasks.
    ///
    /// - Parameter results: data sets that are results though tasks read them.
    /// - Throws: `CampaignGraphError` with all faults at once.
    public init(
        tasks: [CampaignTask], outside: [OutsideData] = [], results: Set<ID<DataSet>> = []
    ) throws(CampaignGraphError) {
        let check = GraphCheck(tasks: tasks, outside: outside, results: results)
        guard check.faults.isEmpty else { throw CampaignGraphError(faults: check.faults) }
        self.tasks = tasks
        self.outside = outside
        dataSets = check.dataSets
        order = check.order
        taskPlaces = Dictionary(uniqueKeysWithValues: tasks.enumerated().map { ($1.id, $0) })
        dataPlaces = Dictionary(
            uniqueKeysWithValues: check.dataSets.enumerated().map { ($1.id, $0) })
    }

    public subscript(task: ID<CampaignTask>) -> CampaignTask? {
        taskPlaces[task].map { tasks[$0] }
    }

    public subscript(data: ID<DataSet>) -> DataSet? { dataPlaces[data].map { dataSets[$0] } }

    /// The results, in the order of `dataSets`.
    public var results: [DataSet] { dataSets.filter(\.isResult) }

    // MARK: - Edges

    /// A node: a task, or one of the two ends of the whole.
    public enum Node: Hashable, Sendable, CustomStringConvertible {
        case entry, exit
        case task(ID<CampaignTask>)

        public var description: String {
            switch self {
            case .entry: entryName
            case .exit: exitName
            case .task(let id): id.text
            }
        }
    }

    /// A data set on its way from one node to another; a data set that several tasks read has as
    /// many edges.
    public struct Edge: Hashable, Sendable {
        public let from: Node
        public let to: Node
        public let data: ID<DataSet>
    }

    /// All edges, by data set.
    public var edges: [Edge] {
        dataSets.flatMap { data in
            let from = data.producer.map { Node.task($0) } ?? .entry
            let readers = data.consumers.map { Edge(from: from, to: .task($0), data: data.id) }
            return data.isResult ? readers + [Edge(from: from, to: .exit, data: data.id)] : readers
        }
    }

    /// The tasks whose data a task reads, each once.
    public func parents(of task: ID<CampaignTask>) -> [ID<CampaignTask>] {
        var seen: Set<ID<CampaignTask>> = []
        return (self[task]?.inputs ?? []).compactMap { self[$0]?.producer }
            .filter { seen.insert($0).inserted }
    }

    /// The tasks that read a task's data, each once.
    public func children(of task: ID<CampaignTask>) -> [ID<CampaignTask>] {
        var seen: Set<ID<CampaignTask>> = []
        return (self[task]?.outputs ?? []).flatMap { self[$0]?.consumers ?? [] }
            .filter { seen.insert($0).inserted }
    }
}
