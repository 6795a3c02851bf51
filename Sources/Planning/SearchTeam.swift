import Dispatch
import GroundSegment

/// Searches with different seeds that run side by side; the best one counts.
///
/// They advance in step, a unit of work each at a time, so that the result depends on the number
/// of steps alone and never on the number of threads or their speed.
struct SearchTeam {
    /// How many searches there are; made for 2 cores.
    static let size = 2

    private let searches: [Search]

    /// - Parameter length: steps of all searches together.
    init(_ model: SearchModel, placement: Placement, seed: UInt64, length: Int) {
        searches = (0..<Self.size).map { member in
            Search(
                model, placement: placement, seed: seed &+ UInt64(member) &* 0x9E37_79B9_7F4A_7C15,
                length: max(1, length / Self.size))
        }
    }

    /// Steps that all searches have done.
    var steps: Int { searches.reduce(0) { $0 + $1.steps } }

    /// The best search, the first of equals.
    var best: Search {
        searches.dropFirst().reduce(searches[0]) { $1.value < $0.value ? $1 : $0 }
    }

    /// Advances all searches until their schedule ends, `limit` steps are done, or `pause`,
    /// asked after each unit, returns a reason; then an unfinished schedule is quenched.
    func run(limit: Int, pause: (SearchTeam) -> SearchStop?) -> SearchStop {
        var stop: SearchStop?
        while stop == nil, steps < limit, !searches.allSatisfy(\.isDone) {
            side { search in
                if !search.isDone { search.advance() }
            }
            stop = pause(self)
        }
        if !searches.allSatisfy(\.isDone) { side { $0.quench() } }
        return stop ?? .steps
    }

    /// Does `work` on all searches at the same time.
    private func side(_ work: (Search) -> Void) {
        // Each iteration has a search of its own, and the model that they share never changes.
        nonisolated(unsafe) let searches = searches
        nonisolated(unsafe) let work = work
        DispatchQueue.concurrentPerform(iterations: searches.count) { work(searches[$0]) }
    }
}
