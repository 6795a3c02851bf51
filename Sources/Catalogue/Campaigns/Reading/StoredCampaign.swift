public import Campaigns
public import GroundSegment

/// A campaign as the catalogue has it: its graph, and where each task is.
public struct StoredCampaign: Sendable {
    public let campaign: Campaign
    public let survey: ID<SurveyPlan>
    /// When its tasks were let begin; `nil` before.
    public let approvedAt: MJD?
    public let author: String
    public let createdAt: MJD
    /// In the campaign's order.
    public let tasks: [Task]

    /// A task with its jobs.
    public struct Task: Hashable, Sendable {
        public let vector: TaskVector
        public let title: String
        public let pipeline: String
        /// When its state changed last.
        public let changedAt: MJD
        /// Its jobs that are processing orders, by state; states without any are missing.
        public let jobs: [OrderState: Int]
        /// Jobs of which no order was made yet; 0 in the daily processing.
        public let undefined: Int
        /// What jobs ask for, as the first of them were measured; `nil` before.
        public let estimate: OrderRequest?
        /// How many jobs that rests on.
        public let measured: Int
        /// What a job takes, as measured; `nil` before.
        public let jobWork: CoreHours?

        public var id: ID<CampaignTask> { vector.key.task }
        public var state: TaskState { vector.state }

        /// Jobs that have neither ended nor been lost.
        public var left: Int {
            let jobs = vector.jobs
            return max(0, jobs.total - jobs.finished - jobs.lost)
        }
    }

    public subscript(task: ID<CampaignTask>) -> Task? { tasks.first { $0.id == task } }

    /// Orders of all tasks by state.
    public var jobs: [OrderState: Int] {
        tasks.reduce(into: [:]) { $0.merge($1.jobs) { $0 + $1 } }
    }

    /// Jobs that have neither ended nor been lost.
    public var left: Int { tasks.reduce(0) { $0 + $1.left } }
}

/// Something that happened to a campaign.
public struct CampaignEvent: Hashable, Sendable {
    /// `nil` where it is about the whole campaign.
    public let task: ID<CampaignTask>?
    /// The data set whose state changed; `nil` where it was the task's.
    public let data: ID<DataSet>?
    /// Name of the rule or command.
    public let name: String
    public let isCommand: Bool
    public let from: String?
    public let to: String?
    public let actor: String
    /// Why; may be empty.
    public let comment: String
    public let instant: MJD
}

/// What a command did to a task, or would do.
public struct TaskChange: Hashable, Sendable {
    public let key: TaskKey
    public let command: TaskCommand
    public let from: TaskState
    public let to: TaskState
    /// Orders that were withdrawn, asked to stop, allocated again and moved to the other SDC.
    public var withdrawn = 0
    public var stopped = 0
    public var retried = 0
    public var moved = 0
}
