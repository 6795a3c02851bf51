public import GroundSegment

/// A task of a campaign: jobs of one pipeline, each for its own observation, tile or number.
public struct CampaignTask: Hashable, Sendable {
    /// Unique within its campaign; a task of a campaign within it has that one's name and a dot
    /// before its own.
    public let id: ID<CampaignTask>
    /// What people call it; the identifier where nothing else was said.
    public let title: String
    /// The pipeline that its jobs run.
    public let pipeline: String
    /// The release of the pipelines' software; empty for the one that the catalogue publishes
    /// with.
    public let release: String
    public let unit: JobUnit
    /// How many jobs there are, where the unit is a number.
    public let count: Int
    public let items: ItemSelection
    /// Data sets that jobs read, in the order in which they were named.
    public let inputs: [ID<DataSet>]
    /// Data sets that jobs write.
    public let outputs: [ID<DataSet>]
    /// Larger goes first within the campaign's share.
    public let priority: Int
    public let policy: TaskPolicy
    /// All of them have to happen before it starts.
    public let triggers: [Trigger]
    /// A pipeline that runs once before the jobs are defined.
    public let preparation: String?
    /// A pipeline that runs once when all jobs are over, and joins their outputs.
    public let merging: String?

    public init(
        id: ID<CampaignTask>, title: String? = nil, pipeline: String, release: String = "",
        unit: JobUnit, count: Int = 1, items: ItemSelection = .all, inputs: [ID<DataSet>] = [],
        outputs: [ID<DataSet>] = [], priority: Int = 0, policy: TaskPolicy = TaskPolicy(),
        triggers: [Trigger] = [], preparation: String? = nil, merging: String? = nil
    ) {
        self.id = id
        self.title = title ?? id.text
        self.pipeline = pipeline
        self.release = release
        self.unit = unit
        self.count = count
        self.items = items
        self.inputs = inputs
        self.outputs = outputs
        self.priority = priority
        self.policy = policy
        self.triggers = triggers
        self.preparation = preparation
        self.merging = merging
    }
}
