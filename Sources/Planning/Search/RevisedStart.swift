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
        let count = problem.observations.count
        let open = revision.mayMove.indices.filter { !problem.allowed.permits($0, revision) }
        for index in revision.mayMove.indices where problem.allowed.permits(index, revision) {
            if index < count {
                result.observationPrimary[index] = revision.primary[index]
                result.observationSecondary[index] = revision.secondary[index]
            } else {
                result.tilePrimary[index - count] = revision.primary[index]
                result.tileSecondary[index - count] = revision.secondary[index]
            }
        }
        for index in open.sorted(by: >) {
            if index < count {
                settle(observation: index, in: &result)
            } else {
                settle(tile: index - count, in: &result)
            }
        }
        return result
    }

    /// Tiles come first, so that the observations can follow them.
    private func settle(tile: Int, in placement: inout Placement) {
        var votes = previous(problem.observations.count + tile)
        for observation in problem.observationsOf[tile].map(Int.init)
        where problem.allowed.permits(observation, revision) {
            votes[Int(revision.primary[observation])] += 1
            votes[Int(revision.secondary[observation])] += 1
        }
        let pair = Ballot(votes).pair(
            problem.allowed.tilePrimary[tile], problem.allowed.tileSecondary[tile])
        placement.tilePrimary[tile] = UInt8(pair.primary)
        placement.tileSecondary[tile] = UInt8(pair.secondary)
    }

    private func settle(observation: Int, in placement: inout Placement) {
        var votes = previous(observation)
        for tile in problem.tilesOf[observation].map(Int.init) {
            votes[Int(placement.tilePrimary[tile])] += 2
            votes[Int(placement.tileSecondary[tile])] += 1
        }
        let pair = Ballot(votes).pair(
            problem.allowed.observationPrimary[observation],
            problem.allowed.observationSecondary[observation])
        placement.observationPrimary[observation] = UInt8(pair.primary)
        placement.observationSecondary[observation] = UInt8(pair.secondary)
    }

    /// Votes for the SDCs that an item had, above those of what it overlaps.
    private func previous(_ index: Int) -> [Int] {
        var votes = [Int](repeating: 0, count: problem.sdcs.count)
        for sdc in [revision.primary[index], revision.secondary[index]]
        where sdc != Revision.nowhere {
            votes[Int(sdc)] += 1000
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
