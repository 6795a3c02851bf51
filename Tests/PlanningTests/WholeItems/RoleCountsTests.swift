import Testing

@testable import Planning

@Suite("RoleCounts")
struct RoleCountsTests {
    /// All ways to write `sum` as `parts` numbers.
    private func compositions(_ sum: Int, _ parts: Int) -> [[Int]] {
        parts == 1
            ? [[sum]]
            : (0...sum).flatMap { first in compositions(sum - first, parts - 1).map { [first] + $0 }
            }
    }

    /// Whether pairs of different SDCs exist, tried one by one.
    private func havePairs(_ primary: [Int], _ secondary: [Int]) -> Bool {
        guard let one = primary.firstIndex(where: { $0 > 0 }) else { return true }
        return secondary.indices.contains { other in
            guard other != one, secondary[other] > 0 else { return false }
            var (primary, secondary) = (primary, secondary)
            primary[one] -= 1
            secondary[other] -= 1
            return havePairs(primary, secondary)
        }
    }

    @Test("counts have pairs where no SDC has more items than there are", arguments: [2, 3, 4])
    func hall(sdcs: Int) {
        for items in 0...4 {
            let all = compositions(items, sdcs)
            for primary in all {
                for secondary in all {
                    let counts = RoleCounts(primary: primary, secondary: secondary)
                    #expect(counts.havePairs == havePairs(primary, secondary), "\(counts)")
                }
            }
        }
    }

    @Test("pairs have the counts, and their SDCs differ")
    func pairs() {
        var random = SeededGenerator(seed: 4)
        for _ in 0..<300 {
            let sdcs = 2 + random.below(5)
            let wanted = (0..<(1 + random.below(12))).map { _ in
                (primary: random.below(sdcs), secondary: random.below(sdcs))
            }
            var primary = [Int](repeating: 0, count: sdcs)
            var secondary = primary
            for _ in wanted {
                let one = random.below(sdcs)
                primary[one] += 1
                secondary[(one + 1 + random.below(sdcs - 1)) % sdcs] += 1
            }
            let pairs = RoleCounts(primary: primary, secondary: secondary).pairs(near: wanted)
            #expect(pairs.allSatisfy { $0.primary != $0.secondary })
            for sdc in 0..<sdcs {
                #expect(pairs.count { $0.primary == sdc } == primary[sdc])
                #expect(pairs.count { $0.secondary == sdc } == secondary[sdc])
            }
        }
    }

    @Test("what the counts allow stays as it is, and the rest keeps one SDC of its pair")
    func near() {
        let counts = RoleCounts(primary: [2, 1, 0], secondary: [0, 1, 2])
        let pairs = counts.pairs(near: [(0, 1), (0, 2), (0, 2)])
        #expect(pairs.map(\.primary) == [0, 0, 1])
        #expect(pairs.map(\.secondary) == [1, 2, 2])
    }
}
