/// A pipeline processing order (PPO): run this pipeline on this observation or tile at this SDC.
public struct ProcessingOrder: Hashable, Sendable {
    public let id: ID<ProcessingOrder>
    public let survey: ID<SurveyPlan>
    public let item: ItemID
    /// Name of the pipeline: `observation` or `tile`, or what a campaign's task names.
    public let pipeline: String
    /// Release of the pipelines' software that has to be used.
    public let softwareRelease: String
    /// Where it runs: the item's primary SDC.
    public let sdc: ID<SDC>
    /// Where the outputs are replicated to: the item's secondary SDC.
    public let replicaAt: ID<SDC>
    /// What has to be at hand before it runs.
    public let inputs: [OrderInput]
    /// It does not start before: the observation's arrival, or when the tile is ready.
    public let release: MJD
    /// Larger runs first among the orders that may run.
    public let priority: Int
    /// The campaign's task that it is a job of; `nil` for the daily processing.
    public let task: OrderTask?

    public init(
        id: ID<ProcessingOrder>, survey: ID<SurveyPlan>, item: ItemID, pipeline: String,
        softwareRelease: String, sdc: ID<SDC>, replicaAt: ID<SDC>, inputs: [OrderInput],
        release: MJD, priority: Int, task: OrderTask? = nil
    ) {
        self.id = id
        self.survey = survey
        self.item = item
        self.pipeline = pipeline
        self.softwareRelease = softwareRelease
        self.sdc = sdc
        self.replicaAt = replicaAt
        self.inputs = inputs
        self.release = release
        self.priority = priority
        self.task = task
    }
}

/// The products of one observation or tile, as an input of an order.
public struct OrderInput: Hashable, Sendable {
    /// Whose products: for a tile's order, one of its observations.
    public let item: ItemID
    /// The order that makes them; the order with this input waits for it.
    public let producer: ID<ProcessingOrder>
    /// Volume of the data, as planned.
    public let volume: Terabytes

    public init(item: ItemID, producer: ID<ProcessingOrder>, volume: Terabytes) {
        self.item = item
        self.producer = producer
        self.volume = volume
    }
}
