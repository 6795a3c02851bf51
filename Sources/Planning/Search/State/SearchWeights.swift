/// What a search weighs the parts of a distribution by at a time, in TB: the state itself keeps
/// penalties at a weight of 1.
struct SearchWeights: BitwiseCopyable {
    /// For a cell outside its tolerance, besides as much for each grain of its excess.
    var penalty = 1.0
    /// How much the prices of cells count, 0 to 1.
    var price = 0.0
}
