/// What a search weighs the parts of a distribution by at a time, in TB: the state itself keeps
/// penalties at a weight of 1.
struct SearchWeights: BitwiseCopyable {
    /// For a cell outside its tolerance, besides as much for each grain of its excess.
    let penalty: Double
    /// How much the prices of cells count, 0 to 1.
    let price: Double
    /// The most that a change may save for one overlap: a copy and a failover copy.
    let mostSaved: Double
    /// The same of a failover copy alone.
    let mostFailoverSaved: Double

    /// - Parameters:
    ///   - penalty: TB for a cell outside its tolerance.
    ///   - price: how much the prices of cells count, 0 to 1.
    init(_ model: SearchModel, penalty: Double = 1, price: Double = 0) {
        self.penalty = penalty
        self.price = price
        mostFailoverSaved = model.largestCopy * model.failoverWeight
        mostSaved =
            model.areAlike
            ? model.copyCost + model.failoverCost
            : model.largestCopy * (1 + model.failoverWeight)
    }
}
