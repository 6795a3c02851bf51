/// How a search divides its steps and cools down; temperatures and penalties in TB, all in
/// proportion to the cost of a copy.
struct SearchSchedule: Sendable {
    /// Temperatures of the first annealing, over everything.
    let start: Double
    let end: Double
    /// The first temperature of a round on one bucket.
    let roundStart: Double
    /// Temperatures of the last annealing, over everything, which settles the failover.
    let polishStart: Double
    let polishEnd: Double
    /// For each cell outside its tolerance: at the start of the first annealing, and at its end
    /// and later.
    let firstPenalty: Double
    let lastPenalty: Double
    /// Parts of the steps that the first annealing and the rounds take; polishing has the rest.
    let annealingPart: Double
    let roundsPart: Double
    /// Steps of a round for each item of its bucket.
    let roundStepsPerItem = 1500
    /// The last part of each cooling, in which only improvements are taken.
    let descentPart = 0.05

    /// - Parameters:
    ///   - copyCost: TB for a copy.
    ///   - stepsPerItem: steps of the whole search for each observation and tile; where they are
    ///     few, rounds do not pay.
    init(copyCost: Double, stepsPerItem: Double) {
        (annealingPart, roundsPart) = stepsPerItem < 12000 ? (0.85, 0) : (0.3, 0.45)
        let unit = max(copyCost, 1e-6)
        start = unit
        end = 0.07 * unit
        roundStart = 0.6 * unit
        polishStart = 0.15 * unit
        polishEnd = 0.03 * unit
        firstPenalty = 0.3 * unit
        lastPenalty = 22 * unit
    }

    /// The schedule of a search that revises a base: cool from the start, so that it stays near,
    /// and with the full penalty, so that it mends first.
    ///
    /// - Parameters:
    ///   - copyCost: TB for a copy.
    ///   - newPart: the part of the items that the base does not have; the more there are, the
    ///     warmer it begins.
    init(revisionWithCopyCost copyCost: Double, newPart: Double) {
        (annealingPart, roundsPart) = (0.85, 0)
        let unit = max(copyCost, 1e-6)
        start = (0.3 + 0.7 * newPart) * unit
        end = 0.03 * unit
        roundStart = start
        polishStart = 0.06 * unit
        polishEnd = 0.02 * unit
        firstPenalty = 22 * unit
        lastPenalty = 22 * unit
    }
}
