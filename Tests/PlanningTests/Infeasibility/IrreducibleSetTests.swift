import Testing

@testable import Planning

@Suite("Irreducible set")
struct IrreducibleSetTests {
    @Test("numbers whose sum is too large are narrowed until each is needed", arguments: 1...30)
    func sums(seed: Int) {
        var random = SeededGenerator(seed: UInt64(seed))
        let numbers = (0..<20).map { _ in 1 + random.below(40) }
        func conflict(_ chosen: [Int]) -> Bool { chosen.reduce(0, +) > 100 }
        let set = IrreducibleSet.find(numbers) { conflict($0) }
        #expect(conflict(set))
        for place in set.indices {
            var rest = set
            rest.remove(at: place)
            #expect(!conflict(rest))
        }
    }

    @Test("one rule that conflicts by itself is the whole set")
    func single() {
        #expect(IrreducibleSet.find([1, 2, 3, 4]) { $0.contains(3) } == [3])
    }
}
