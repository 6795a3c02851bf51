public import GroundSegment

/// Data of one kind: what the jobs of a task make together, or what is there from outside.
///
/// A data set consists of parts, one for each unit of the task that makes it.
public struct DataSet: Hashable, Sendable {
    /// Unique within its campaign.
    public let id: ID<DataSet>
    /// What its parts are for.
    public let unit: JobUnit
    /// The task that makes it; `nil` where it comes from outside the campaign.
    public let producer: ID<CampaignTask>?
    /// The tasks that read it, in the campaign's order.
    public let consumers: [ID<CampaignTask>]
    /// Whether it is what the campaign is run for: it was named as a result, or no task reads it.
    public let isResult: Bool
    /// The name of the products that it is made of.
    public let product: String
}

/// Data that a campaign finds in the catalogue and does not make.
public struct OutsideData: Hashable, Sendable {
    public let id: ID<DataSet>
    public let unit: JobUnit
    /// The name of the products that it is made of, as orders name them; its own where nothing
    /// else was said.
    public let product: String

    public init(id: ID<DataSet>, unit: JobUnit, product: String? = nil) {
        self.id = id
        self.unit = unit
        self.product = product ?? id.text
    }
}
