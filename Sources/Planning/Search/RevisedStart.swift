import GroundSegment

/// Where a search begins that revises a base: everything where it was, and what is new or may not
/// stay there with the SDCs that most of what it overlaps has.
struct RevisedStart {
    private let problem: Problem
    private let revision: Revision

    init(_ problem: Problem, revision: Revision) {
        self.problem = problem
        self.revision = revision
    }

    /// The base laid over `placement`.
    func placement(over placement: Placement) -> Placement {
        var result = placement
        var open: [ItemIndex] = []
        for item in problem.items.indices {
            if let pair = revision.pair(item), problem.allowed.permits(item, pair) {
                result[item] = pair
            } else {
                open.append(item)
            }
        }
        // Tiles come first, so that the observations can follow them.
        for item in open.reversed() {
            let votes =
                problem.items.isObservation(item)
                ? votes(forObservation: item, in: result) : votes(forTile: item)
            result[item] = Ballot(votes).pair(
                problem.allowed.primary[item], problem.allowed.secondary[item])
        }
        return result
    }

    private func votes(forTile tile: ItemIndex) -> [Int] {
        var votes = previous(tile)
        for observation in problem.partners[tile].map(Int.init) {
            guard let pair = revision.pair(observation),
                problem.allowed.permits(observation, pair)
            else { continue }
            votes[pair.primary] += 1
            votes[pair.secondary] += 1
        }
        return votes
    }

    private func votes(forObservation observation: ItemIndex, in placement: Placement) -> [Int] {
        var votes = previous(observation)
        for tile in problem.partners[observation] {
            let pair = placement[Int(tile)]
            votes[pair.primary] += 2
            votes[pair.secondary] += 1
        }
        return votes
    }

    /// More votes than what an item overlaps can have together.
    private static let previousVotes = 1000

    /// Votes for the SDCs that an item had, above those of what it overlaps.
    private func previous(_ index: ItemIndex) -> [Int] {
        var votes = [Int](repeating: 0, count: problem.sdcs.count)
        for sdc in [revision.primary[index], revision.secondary[index]]
        where sdc != Revision.nowhere {
            votes[Int(sdc)] += Self.previousVotes
        }
        return votes
    }
}

/// SDCs by the votes for them.
struct Ballot {
    private let votes: [Int]

    init(_ votes: [Int]) {
        self.votes = votes
    }

    /// The best primary of a set and the best other SDC of another as secondary; where the sets
    /// leave no such pair, any two SDCs.
    func pair(_ primaries: UInt64, _ secondaries: UInt64) -> (primary: Int, secondary: Int) {
        let ranked = votes.indices.sorted { (votes[$1], $0) < (votes[$0], $1) }
        for primary in ranked where primaries >> UInt64(primary) & 1 == 1 {
            for secondary in ranked
            where secondary != primary && secondaries >> UInt64(secondary) & 1 == 1 {
                return (primary, secondary)
            }
        }
        return (0, 1)
    }
}
