import GroundSegment

/// The distribution from which the search starts: the linear program's shares, rounded, cut out
/// of each bucket's tiles in the order in which they become ready.
struct StartingPoint {
    private let problem: Problem

    init(_ problem: Problem) {
        self.problem = problem
    }

    /// A placement with valid pairs of SDCs; its balance is left to the search.
    func placement(_ shares: [BucketShares?]) -> Placement {
        let (items, allowed) = (problem.items, problem.allowed)
        var result = Placement(
            primary: tilePrimaries(shares), secondary: Array(repeating: 0, count: items.count))
        for observation in items.observations {
            let votes = votes(
                of: problem.partners[observation].map { result.primary[Int($0)] })
            let first = best(votes, among: allowed.primary[observation], not: nil)
            let second = best(votes, among: allowed.secondary[observation], not: first)
            result[observation] = (first, second)
        }
        for tile in items.tiles {
            let replicas = problem.partners[tile].flatMap {
                [result.primary[Int($0)], result.secondary[Int($0)]]
            }
            result.secondary[tile] = UInt8(
                best(
                    votes(of: replicas), among: allowed.secondary[tile],
                    not: Int(result.primary[tile])))
        }
        return result
    }

    /// By item; the observations' are still to be chosen.
    private func tilePrimaries(_ shares: [BucketShares?]) -> [UInt8] {
        var result = problem.items.indices.map { item in
            UInt8(lowest(problem.allowed.primary[item]))
        }
        for (bucket, found) in shares.enumerated() {
            let groups = found?.tiles ?? fallback(bucket)
            for (group, counts) in groups {
                let ordered = group.tiles.sorted {
                    (problem.items.instants[$0], $0) < (problem.items.instants[$1], $1)
                }
                var taken = 0.0
                var next = 0
                for (sdc, count) in counts.enumerated() {
                    taken += count
                    while next < ordered.count, Double(next) + 0.5 < taken {
                        if problem.allowed.primary[ordered[next]] >> UInt64(sdc) & 1 == 1 {
                            result[ordered[next]] = UInt8(sdc)
                        }
                        next += 1
                    }
                }
            }
        }
        return result
    }

    /// The target shares, for a bucket whose program has no solution.
    private func fallback(_ bucket: Int) -> [(group: ShareProgram.Group, counts: [Double])] {
        let tiles = problem.items.tiles.filter { problem.items.buckets[$0] == bucket }
        let counts = problem.share.map { $0[bucket] * Double(tiles.count) }
        return [(ShareProgram.Group(cover: 0, tiles: tiles), counts)]
    }

    private func votes(of sdcs: [UInt8]) -> [Int] {
        var votes = [Int](repeating: 0, count: problem.sdcs.count)
        for sdc in sdcs { votes[Int(sdc)] += 1 }
        return votes
    }

    /// The SDC with most votes among those of `mask`, the first of equals.
    private func best(_ votes: [Int], among mask: UInt64, not excluded: Int?) -> Int {
        let open = votes.indices.filter { $0 != excluded && mask >> UInt64($0) & 1 == 1 }
        return open.max { (votes[$0], $1) < (votes[$1], $0) } ?? (excluded == 0 ? 1 : 0)
    }

    private func lowest(_ mask: UInt64) -> Int { mask == 0 ? 0 : mask.trailingZeroBitCount }
}
