/// How a search divides its steps and cools down; temperatures and penalties in TB, all in
/// proportion to the cost of a copy.
struct SearchSchedule: Sendable {
    /// A temperature and what each cell outside its tolerance costs, which change together.
    struct Level: Sendable {
        let temperature: Double
        let penalty: Double
        /// How much the prices of cells count (see `CellPrice`): where items are unequal, they lead
        /// a warm search to light tiles where external data are, and heavy ones elsewhere, of
        /// which a single change says nothing.  At the end the true objective alone counts.
        var price = 0.0
    }

    /// From one level to another, geometrically; then improvements alone, of the true objective.
    struct Cooling: Sendable {
        let from: Level
        let to: Level

        /// - Parameter progress: 0 at the start; from 1 on the temperature is 0.
        func level(_ progress: Double) -> Level {
            guard progress < 1 else { return Level(temperature: 0, penalty: to.penalty) }
            return Level(
                temperature: from.temperature * power(to.temperature / from.temperature, progress),
                penalty: from.penalty * power(to.penalty / from.penalty, progress),
                price: from.price)
        }
    }

    /// The first annealing, over everything.
    let annealing: Cooling
    /// A round on a bucket, or around an observation.
    let round: Cooling
    /// The last annealing, over everything, which settles the failover.
    let polish: Cooling
    /// Parts of the steps that the first annealing and the rounds take; polishing has the rest.
    let annealingPart: Double
    let roundsPart: Double
    /// Steps of a round for each item of its part.
    let roundStepsPerItem: Int
    /// Items of a period in which most buckets have neighbours on all sides of the sky.  There the
    /// regions of the linear program have to melt first, and find each other only while cells may
    /// still leave their tolerance a little.
    private static let manyItems = 50_000
    /// The full penalty of a cell outside its tolerance, in copies: more than mending one takes,
    /// so that cells come before cost.
    private static let fullPenalty = 22.0
    /// The last part of the polishing, in which only improvements are taken.
    static let descentPart = 0.05

    /// - Parameters:
    ///   - copyCost: TB for a copy, or for a large part of a tile's external data where these are
    ///     more: what a change usually costs.
    ///   - coverage: observations of a tile on average: the more there are, the more copies a
    ///     tile between two regions needs on its way from one to the other, and the warmer the
    ///     search has to be.
    ///   - items: observations and tiles.
    ///   - length: steps of the whole search; where there are few for each item, rounds do not
    ///     pay, and failover has to wait.
    ///   - staysNear: whether to begin cool and with the full penalty, so that the regions that
    ///     the search starts from only change their borders.
    init(
        copyCost: Double, coverage: Double, items: Int, length: Int, staysNear: Bool = false
    ) {
        let isLong = items > Self.manyItems
        let stepsPerItem = length / max(1, items)
        (annealingPart, roundsPart, roundStepsPerItem) =
            switch stepsPerItem {
            case ..<5000: (0.85, 0, 1500)
            case ..<20_000: (0.35, 0.5, 1500)
            case ..<40_000: (0.3, 0.45, 1500)
            default: (isLong ? 0.3 : 0.25, isLong ? 0.47 : 0.5, 3000)
            }
        let warmth = max(1, coverage / SearchModel.usualCoverage).squareRoot()
        let unit = max(copyCost, 1e-6) * warmth
        func cooling(
            _ from: (Double, Double), _ to: (Double, Double), price: Double = 1
        ) -> Cooling {
            Cooling(
                from: Level(
                    temperature: from.0 * unit, penalty: from.1 * unit, price: price),
                to: Level(temperature: to.0 * unit, penalty: to.1 * unit))
        }
        if staysNear {
            annealing = cooling((0.4, Self.fullPenalty), (0.07, Self.fullPenalty))
        } else if isLong {
            annealing = cooling((1.8, 0.15), (0.07, 5))
        } else {
            annealing = cooling((1, 0.3), (0.07, Self.fullPenalty))
        }
        round = cooling(
            (0.6, 2.2), (0.07, isLong ? 4 : Self.fullPenalty), price: 0.5)
        polish = cooling((0.15, Self.fullPenalty), (0.03, Self.fullPenalty), price: 0)
    }

    /// The schedule of a search that revises a base: cool from the start, so that it stays near,
    /// and with the full penalty, so that it mends first.
    ///
    /// - Parameters:
    ///   - copyCost: TB for a copy.
    ///   - newPart: the part of the items that the base does not have; the more there are, the
    ///     warmer it begins.
    init(revisionWithCopyCost copyCost: Double, newPart: Double) {
        (annealingPart, roundsPart, roundStepsPerItem) = (0.85, 0, 1500)
        let unit = max(copyCost, 1e-6)
        func cooling(_ from: Double, _ to: Double) -> Cooling {
            Cooling(
                from: Level(temperature: from * unit, penalty: Self.fullPenalty * unit),
                to: Level(temperature: to * unit, penalty: Self.fullPenalty * unit))
        }
        annealing = cooling(0.3 + 0.7 * newPart, 0.03)
        round = annealing
        polish = cooling(0.06, 0.02)
    }

    /// What the search minimises, in TB: the objective, and cells outside at their full penalty.
    func value(of state: SearchState) -> Double {
        state.objective + state.penalty * polish.to.penalty
    }

    /// What counts how much when all is done: the true objective, at the full penalty.
    var finalWeights: SearchWeights {
        let level = polish.level(1)
        return SearchWeights(penalty: level.penalty)
    }
}
