public import GroundSegment

/// What can be wrong with a graph of tasks.
public enum GraphFault: Hashable, Sendable, CustomStringConvertible {
    case noTasks
    /// Two tasks of one name, or one with the name of a pseudo-task; the number is the later one's
    /// place among the tasks.
    case name(ID<CampaignTask>, place: Int)
    /// Two data sets from outside of one name; the number is the later one's place.
    case outsideTwice(ID<DataSet>, place: Int)
    /// A task names a data set twice among its inputs or outputs.
    case namedTwice(ID<DataSet>, task: Int)
    /// Two producers of a data set; the second is a task. `nil` stands for outside.
    case twoProducers(ID<DataSet>, first: ID<CampaignTask>?, second: Int)
    /// A task reads a data set that nobody makes.
    case noProducer(ID<DataSet>, task: Int)
    /// A result that nobody makes.
    case noResult(ID<DataSet>)
    /// Data from outside that no task reads.
    case unread(ID<DataSet>, place: Int)
    /// Jobs of the task cannot tell which parts of the data set they need.
    case unit(ID<DataSet>, of: JobUnit, task: Int)
    /// A data set of so many numbers, read by a task of another count.
    case count(ID<DataSet>, of: Int, task: Int)
    /// Tasks that wait for each other: each reads data of the one before, the first of the last.
    case cycle([ID<CampaignTask>])

    /// What is found and what is expected, in a diagnostic's words.
    var words: (found: String, expected: String) {
        switch self {
        case .noTasks: ("no tasks", "at least one")
        case .name(let id, _):
            CampaignGraph.isPseudo(id)
                ? (
                    "a task named \(id)",
                    "another name: \(id) is that of a pseudo-task"
                )
                : ("a second task named \(id)", "a name of its own")
        case .outsideTwice(let id, _): ("a second data set named \(id)", "a name of its own")
        case .namedTwice(let id, _): ("data set \(id) twice", "each data set once")
        case .twoProducers(let id, let first, _):
            (
                "a second producer of data set \(id), beside "
                    + (first.map { "task \($0)" } ?? "what is there from outside"),
                "one producer of each data set"
            )
        case .noProducer(let id, _):
            ("data set \(id), which nobody makes", "an output of a task, or one of data")
        case .noResult(let id):
            ("data set \(id), which nobody makes", "an output of a task")
        case .unread(let id, _): ("data set \(id), which no task reads", "a reader of it")
        case .unit(let id, let unit, _):
            (
                "data set \(id) with a part for each \(unit.rawValue)",
                "one whose parts the jobs can tell: of their own unit, of items, or of all"
            )
        case .count(let id, let count, _):
            ("data set \(id) of \(count) numbers", "as many as the task has jobs")
        case .cycle(let tasks):
            (
                "a cycle: "
                    + (tasks + tasks.prefix(1)).map(\.text).joined(separator: " -> "),
                "no cycle"
            )
        }
    }

    public var description: String { "found \(words.found), expected \(words.expected)" }
}

extension CampaignGraph {
    /// Whether a name is that of the entry or the exit.
    static func isPseudo(_ id: ID<CampaignTask>) -> Bool {
        id.text == entryName || id.text == exitName
    }
}

/// Everything that is wrong with a graph of tasks.
public struct CampaignGraphError: Error, Hashable, Sendable, CustomStringConvertible {
    /// At least one.
    public let faults: [GraphFault]

    public var description: String { faults.map(\.description).joined(separator: "; ") }
}
