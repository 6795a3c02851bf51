/// A product that an owner in force does not hold, because it became the owner after the product
/// was made.
public struct OwedReplica: Hashable, Sendable {
    public let product: Product
    public let survey: ID<SurveyPlan>
    /// The owner that lacks it.
    public let to: ID<SDC>

    public init(product: Product, survey: ID<SurveyPlan>, to: ID<SDC>) {
        self.product = product
        self.survey = survey
        self.to = to
    }
}
