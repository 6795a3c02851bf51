import Campaigns
import Testing

@Suite struct MemoryLadderTests {
    @Test func `a job climbs rung by rung and is lost above the last`() {
        var rungs: [Int] = []
        var memory: Int? = 500
        while let next = memory.flatMap(MemoryLadder.standard.rung(above:)) {
            rungs.append(next)
            memory = next
        }
        #expect(rungs == [1000, 2000, 3000, 4000, 6000, 8000])
    }

    @Test func `of 10 jobs with 4 out of memory the others begin at the higher rung`() {
        let ladder = MemoryLadder.standard
        #expect(ladder.request(of: 2000, raised: [3000, 3000, 3000, 3000], ended: 10) == 3000)
        #expect(ladder.request(of: 2000, raised: [3000, 3000, 3000], ended: 10) == 2000)
        #expect(ladder.request(of: 2000, raised: [3000, 3000, 3000, 8000], ended: 10) == 3000)
        #expect(ladder.request(of: 2000, raised: [3000, 3000, 4000, 4000], ended: 10) == 4000)
        #expect(ladder.request(of: 2000, raised: [], ended: 0) == 2000)
    }

    @Test func `memory by a factor grows in steps, once to the most and no more`() {
        let growth = MemoryGrowth(factor: 2, offset: 100, step: 512, most: 6000)
        #expect(growth.after(1000) == 2560)
        #expect(growth.after(2560) == 5632)
        #expect(growth.after(5632) == 6000)
        #expect(growth.after(6000) == nil)
        #expect(MemoryGrowth(factor: 1, most: 10).after(5) == 6)
    }
}
