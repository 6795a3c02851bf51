import GroundSegment
import Testing

@testable import Execution
@testable import Workflows

@Suite struct SharesTests {
    private static let day = 86400.0

    /// Two shares that always have something to do, for a week; the part that the first one gets.
    private func part(_ rule: ChoiceRule, _ terms: HostTerms = HostTerms(), seed: UInt64) -> Double
    {
        var numbers = SeededNumbers(seed: seed)
        var hall = Hall(rule, rooms: [Hall.room(8, of: 8, terms), Hall.room(8, of: 8)])
        var next = 0
        func entry(_ share: String) -> Hall.Queue.Entry {
            next += 1
            // One share asks for far more than it takes, in larger pieces.
            let isFirst = share == "DR1"
            return Hall.entry(
                share, next, cores: isFirst ? 1 + numbers.below(4) : 1,
                walltime: isFirst ? 4 * 3600 : 1800, share: share)
        }
        for share in ["DR1", "DR2"] {
            for _ in 0..<30 { hall.insert(entry(share)) }
        }
        var seen = 0
        while hall.now < MJD(107) {
            hall.start { min($0.need.walltime, Double(300 + numbers.below(1500))) }
            while seen < hall.started.count {
                hall.insert(entry(hall.started[seen].key.run))
                seen += 1
            }
            guard hall.end() else { break }
        }
        let first = hall.used["DR1"] ?? 0
        return first / (first + (hall.used["DR2"] ?? 0))
    }

    @Test(arguments: 0..<4)
    func `two shares of 70 and 30 have that of the core-hours of a week, within 5 percent`(
        seed: UInt64
    ) {
        let shares = ["DR1": 70.0, "DR2": 30]
        for order in ChoiceRule.Order.allCases {
            for isStarving in [false, true] {
                let rule = ChoiceRule(order: order, shares: shares)
                let part = part(rule, HostTerms(isStarving: isStarving), seed: seed)
                #expect(abs(part - 0.7) < 0.05, "\(order) \(isStarving)")
            }
        }
    }

    @Test func `without shares the first in line have all of it`() {
        #expect(abs(part(ChoiceRule(), seed: 1) - 0.7) > 0.05)
    }

    @Test func `a share that had nothing to do goes on beside the others, and saves nothing up`() {
        var hall = Hall(
            ChoiceRule(shares: ["a": 1, "b": 1]), rooms: [Hall.room(1, of: 1)])
        for number in 0..<1000 { hall.insert(Hall.entry("a", number, walltime: 60, share: "a")) }
        for _ in 0..<100 {
            hall.start()
            _ = hall.end()
        }
        for number in 0..<1000 { hall.insert(Hall.entry("b", number, walltime: 60, share: "b")) }
        for _ in 0..<20 {
            hall.start()
            _ = hall.end()
        }
        #expect(hall.started.suffix(20).count { $0.key.run == "b" } == 10)
    }

    @Test func `what has no share, or an unknown one, has one together`() {
        var hall = Hall(
            ChoiceRule(shares: ["a": 2, "other": 2]), rooms: [Hall.room(1, of: 1)])
        for (run, share) in [("a", "a"), ("none", ""), ("new", "unheard of")] {
            for number in 0..<100 {
                hall.insert(Hall.entry(run, number, walltime: 60, share: share))
            }
        }
        for _ in 0..<40 {
            hall.start()
            _ = hall.end()
        }
        #expect(hall.started.count { $0.key.run == "a" } == 20)
    }

    @Test func `a share is charged for what was used, not for what was asked`() {
        var hall = Hall(
            ChoiceRule(shares: ["a": 1, "b": 1]), rooms: [Hall.room(1, of: 1)])
        for number in 0..<400 {
            hall.insert(Hall.entry("a", number, walltime: 6000, share: "a"))
            hall.insert(Hall.entry("b", number, walltime: 60, share: "b"))
        }
        for _ in 0..<100 {
            hall.start { _ in 60 }
            _ = hall.end()
        }
        #expect(hall.started.count { $0.key.run == "a" } == 50)
    }

    @Test func `those that run one after the other are charged for their own time each`() throws {
        var accounts = Hall.Queue(rule: ChoiceRule(shares: ["a": 1, "b": 1]))
        for number in 0..<3 {
            accounts.insert(Hall.entry("a", number, walltime: 600, group: "g", share: "a"))
        }
        accounts.insert(Hall.entry("b", 0, walltime: 1000, share: "b"))
        let room = Hall.room(4)
        let now = MJD(100)
        let taken = accounts.next(on: room, at: now)
        let first = try #require(taken)
        #expect(first.share == "a")
        let more = accounts.companions(of: first, atMost: 2, on: room, at: now)
        #expect(more.count == 2)
        for (place, entry) in ([first] + more).enumerated() {
            accounts.end(entry.key, at: now + Double(place + 1) * 100 / 86400)
        }
        let had = accounts.standing(accounts.kind(first))
        #expect(abs(had - 300) < 0.01)
    }
}
