import Testing
import Workflows

@testable import Execution

@Suite struct ScoutsTests {
    @Test func `the request of the others is the upper quartile of the first and a tenth more`() {
        var scouts = Scouts(count: 4)
        #expect([100, 400, 200].map { scouts.add(peak: $0) } == [false, false, false])
        #expect(scouts.memory == nil)
        #expect(scouts.add(peak: 300) == true)
        #expect(scouts.memory == 330)
    }

    @Test func `two hundred payloads with a wrong request end within 15 % of the truth`() {
        var scouts = Scouts(count: 5)
        var generator = SeededNumbers(seed: 7)
        for _ in 0..<200 { _ = scouts.add(peak: 1000 + generator.below(50)) }
        let memory = scouts.memory ?? 0
        #expect((1050...1200).contains(memory), "\(memory)")
    }

    @Test func `it is looked at again when as many again are measured`() {
        var scouts = Scouts(count: 2)
        let changed = [10, 10, 1000, 1000, 5, 5, 5, 5].map { scouts.add(peak: $0) }
        #expect(changed == [false, true, false, true, false, false, false, true])
        #expect(scouts.memory == 11)
    }

    @Test func `it is looked at again at half of all and at a hundred`() {
        var scouts = Scouts(count: 3)
        var changes: [Int] = []
        for payload in 1...250 {
            if scouts.add(peak: 10 * payload, of: 31) { changes.append(payload) }
        }
        #expect(changes == [3, 6, 12, 16, 24, 48, 96, 100, 192])
        var few = Scouts(count: 10)
        #expect((1...10).filter { few.add(peak: 10 * $0, of: 12) } == [10])
    }

    @Test func `where more than 30 % had to grow the request is lifted`() {
        var scouts = Scouts(count: 10)
        for payload in 0..<10 {
            _ = scouts.add(peak: 100, grownTo: payload < 4 ? 2000 : nil)
        }
        #expect(scouts.memory == 2000)
        var few = Scouts(count: 10)
        for payload in 0..<10 { _ = few.add(peak: 100, grownTo: payload < 3 ? 2000 : nil) }
        #expect(few.memory == 110)
    }

    @Test
    func `the walltime of the others is what 95 % of the first did in and half as much again`() {
        var scouts = Scouts(count: 20)
        for payload in 1...20 { _ = scouts.add(peak: 100, seconds: Double(payload) * 100) }
        #expect(scouts.walltime == 1900 * 1.5)
        let learnt = scouts.request(Resources(cores: 2, memory: 4000, walltime: 86400))
        #expect(learnt == Resources(cores: 2, memory: 110, walltime: 2850))
        var short = Scouts(count: 1)
        #expect(short.request(Resources(memory: 7)) == Resources(memory: 7))
        #expect(short.add(peak: 2, seconds: 0.1) == true)
        // Nothing is taken for smaller than what any payload may use, nor raised to that.
        #expect(short.request(Resources()) == Resources(memory: 16, walltime: 60))
        #expect(
            short.request(Resources(memory: 8, walltime: 5)) == Resources(memory: 8, walltime: 5))
    }

    @Test func `without scouts nothing is concluded, and no measure traps`() {
        var none = Scouts(count: 0)
        #expect(none.add(peak: 10) == false)
        var scouts = Scouts(count: 1)
        #expect(scouts.add(peak: -1) == false)
        #expect(scouts.add(peak: .max) == true)
        #expect(scouts.memory.map { $0 > 0 } == true)
    }
}
