public import GroundSegment

/// A campaign: a graph of tasks over the whole ground segment, which runs for days to months and
/// is steered while it runs. (DEFT calls it a meta-task.)
public struct Campaign: Hashable, Sendable {
    public let id: ID<Campaign>
    /// What it is for, for people; may be empty.
    public let title: String
    /// The survey whose items it is for; `nil` for the catalogue's only one.
    public let survey: ID<SurveyPlan>?
    /// Larger goes first among the tasks of one share.
    public let priority: Int
    /// Its weight against the other campaigns that have work at the same time: of two with 70 and
    /// 30 the first has 70 % of the core-hours. Above 0.
    public let share: Double
    public let graph: CampaignGraph
    /// What is done about failed jobs.
    public let retry: RetryTable

    public init(
        id: ID<Campaign>, title: String = "", survey: ID<SurveyPlan>? = nil, priority: Int = 0,
        share: Double = 1, graph: CampaignGraph, retry: RetryTable = .standard
    ) {
        precondition(share > 0, "a campaign without a share")
        self.id = id
        self.title = title
        self.survey = survey
        self.priority = priority
        self.share = share
        self.graph = graph
        self.retry = retry
    }

    /// The same campaign under another name, to be run once more.
    public func clone(as id: ID<Campaign>) -> Campaign {
        Campaign(
            id: id, title: title, survey: survey, priority: priority, share: share, graph: graph,
            retry: retry)
    }
}
