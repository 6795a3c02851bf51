public import GroundSegment

/// How a search stands.
public struct SearchProgress: Sendable {
    public let steps: Int
    public let stepsAsked: Int
    /// Steps that still follow when the search is stopped now.
    public let stepsToSettle: Int
    /// Cost of the best distribution at hand.
    public let cost: Terabytes
    public let bound: Terabytes?
    public let copies: Int

    init(_ series: SearchSeries, stepsAsked: Int, bound: Terabytes?) {
        let state = series.best.state
        steps = series.steps
        self.stepsAsked = stepsAsked
        stepsToSettle = Search.stepsToSettle(items: state.model.itemCount)
        cost = Terabytes(state.cost)
        self.bound = bound
        copies = state.copies
    }

    /// By how much the cost exceeds the bound, as a part of it; `nil` without a bound above 0.
    public var gap: Double? {
        bound.flatMap { $0.value > 0 ? cost.value / $0.value - 1 : nil }
    }

    /// The seconds that the remaining steps take, where those done took `seconds`.
    public func secondsLeft(after seconds: Double) -> Double {
        steps > 0 ? seconds / Double(steps) * Double(max(0, stepsAsked - steps)) : 0
    }

    /// The seconds that settling takes when the search is stopped now.
    public func secondsToSettle(after seconds: Double) -> Double {
        steps > 0 ? seconds / Double(steps) * Double(stepsToSettle) : 0
    }
}
