/// Searches with different seeds, one after another, of which the best counts.
///
/// The fewer items there are, the sooner an annealing has found all it can, and the more a new
/// one from the start finds.  Those that begin warm find the regions with fewest copies; every
/// other one keeps the regions of the linear program, whose external data are least.
final class SearchSeries {
    private let model: SearchModel
    private let placement: Placement
    private let seed: UInt64
    private let threads: Int
    private let count: Int
    /// Steps of each search.
    private let length: Int
    /// Steps of the searches that have ended.
    private var ended = 0
    private var current: Search
    private var bestEnded: Search?

    /// - Parameters:
    ///   - length: steps of all searches together.
    ///   - threads: how many threads a search may use.
    init(_ model: SearchModel, placement: Placement, seed: UInt64, length: Int, threads: Int = 2) {
        self.model = model
        self.placement = placement
        self.seed = seed
        self.threads = threads
        count = model.isRevision ? 1 : Self.count(items: model.itemCount, steps: length)
        self.length = max(1, length / count)
        current = Search(
            model, placement: placement, seed: seed, length: self.length, threads: threads)
    }

    /// Steps for each pair of items after which an annealing has found all it can.
    private static let usefulStepsPerPair = 18.0
    private static let mostSearches = 32

    /// How many searches share the steps: as many as there are useful lengths in them.
    private static func count(items: Int, steps: Int) -> Int {
        let useful = usefulStepsPerPair * Double(max(1, items * items))
        return min(mostSearches, max(1, Int(Double(steps) / useful)))
    }

    /// Steps done by all searches.
    var steps: Int { ended + current.steps }

    /// The best search, the first of equals; the present one while the first has not ended.
    var best: Search {
        guard let bestEnded else { return current }
        return current.value < bestEnded.value ? current : bestEnded
    }

    /// Searches until all searches have ended, `limit` steps are done, or `pause`, asked some
    /// times a second, returns a reason.
    func run(limit: Int, pause: (SearchSeries) -> SearchStop?) -> SearchStop {
        for number in 0..<count {
            if number > 0 {
                ended += current.steps
                bestEnded = best
                current = Search(
                    model, placement: placement,
                    seed: seed &+ UInt64(number) &* 0xD1B5_4A32_D192_ED03, length: length,
                    threads: threads, staysNear: number % 2 == 1)
            }
            let stop = current.run(limit: limit - ended) { _ in pause(self) }
            if stop != .steps { return stop }
            if steps >= limit { break }
        }
        return .steps
    }
}
