import Testing

@testable import Workflows

@Suite struct NodeOrderTests {
    @Test func `an order that is one already stays`() {
        #expect(NodeOrder(parents: [[], [0], [], [1, 2]]).nodes == [0, 1, 2, 3])
    }

    @Test func `a node comes after all that it needs`() {
        #expect(NodeOrder(parents: [[2], [0], []]).nodes == [2, 0, 1])
    }

    @Test func `a cycle is the path round, each the parent of the next`() {
        let order = NodeOrder(parents: [[2], [0], [1], []])
        #expect(order.cycles == [[1, 2, 0]])
        #expect(order.nodes.sorted() == [0, 1, 2, 3])
    }

    @Test func `a chain of 100,000 nodes overflows no stack`() {
        let parents = (0..<100_000).map { $0 == 99_999 ? [] : [$0 + 1] }
        #expect(NodeOrder(parents: parents).nodes == (0..<100_000).reversed())
    }

    @Test(arguments: 1...100)
    func `random graphs without a cycle are put into order, others have real cycles`(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        let count = Int.random(in: 1...40, using: &generator)
        let isAcyclic = seed.isMultiple(of: 2)
        let names = Array(0..<count).shuffled(using: &generator)
        var parents = Array(repeating: [Int](), count: count)
        for _ in 0..<(2 * count) {
            let pair = [
                Int.random(in: 0..<count, using: &generator),
                Int.random(in: 0..<count, using: &generator),
            ].sorted()
            if isAcyclic {
                if pair[0] < pair[1] { parents[names[pair[1]]].append(names[pair[0]]) }
            } else {
                parents[names[pair[0]]].append(names[pair[1]])
                parents[names[pair[1]]].append(names[pair[0]])
            }
        }
        let order = NodeOrder(parents: parents)
        #expect(order.nodes.sorted() == Array(0..<count))
        #expect(order.cycles.isEmpty == isAcyclic)
        for cycle in order.cycles {
            for (parent, node) in zip(cycle, cycle.dropFirst() + [cycle[0]]) {
                #expect(parents[node].contains(parent))
            }
        }
        guard isAcyclic else { return }
        var done: Set<Int> = []
        for node in order.nodes {
            #expect(done.isSuperset(of: parents[node]))
            done.insert(node)
        }
    }
}
