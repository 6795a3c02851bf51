public import GroundSegment

/// An order that was moved to the other SDC of its item, or would be.
public struct Reassignment: Hashable, Sendable {
    public let order: ID<ProcessingOrder>
    public let survey: ID<SurveyPlan>
    public let from: ID<SDC>
    public let to: ID<SDC>
    /// What the order was before: allocated, failed or stopped.
    public let state: OrderState
    /// Why the order will not be taken at once, as far as runners are known: `no runner has served
    /// SDC-DE`; `nil` where a runner is there.
    public let absence: String?

    public init(
        order: ID<ProcessingOrder>, survey: ID<SurveyPlan>, from: ID<SDC>, to: ID<SDC>,
        state: OrderState, absence: String? = nil
    ) {
        self.order = order
        self.survey = survey
        self.from = from
        self.to = to
        self.state = state
        self.absence = absence
    }

    /// The states from which an order can be moved.
    public static let states: [OrderState] = [.allocated, .error, .aborted]
}
