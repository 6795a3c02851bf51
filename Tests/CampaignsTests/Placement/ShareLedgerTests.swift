import Campaigns
import GroundSegment
import Testing

@Suite struct ShareLedgerTests {
    /// Core-hours of each campaign over a day on 100 cores, when jobs of random lengths start
    /// wherever a core becomes free.
    private static func day(
        _ shares: [ID<Campaign>: Double], seed: UInt64,
        hasWork: (ID<Campaign>, Double) -> Bool = { _, _ in true }
    ) -> [ID<Campaign>: Double] {
        var generator = SeededGenerator(seed: seed)
        var ledger = ShareLedger()
        for (campaign, share) in shares { ledger.set(share, for: campaign) }
        var cores = [Double](repeating: 0, count: 100)
        var used: [ID<Campaign>: Double] = [:]
        while let free = cores.indices.min(by: { cores[$0] < cores[$1] }), cores[free] < 24 {
            let now = cores[free]
            let busy = Set(shares.keys.filter { hasWork($0, now) })
            guard let next = ledger.next(among: busy) else {
                cores[free] += 0.1
                continue
            }
            let expected = CoreHours(1)
            // Long jobs for one campaign, short ones for the others.
            let hours = Double.random(in: next == "a" ? 0.5...3 : 0.1...0.5, using: &generator)
            ledger.book(expected, for: next)
            ledger.correct(expected, to: CoreHours(hours), for: next)
            used[next, default: 0] += min(hours, 24 - now)
            cores[free] += hours
        }
        return used
    }

    @Test(arguments: 1...5 as ClosedRange<UInt64>)
    func `shares hold within 5 % of the core-hours over a day`(seed: UInt64) {
        let used = Self.day(["a": 0.7, "b": 0.3], seed: seed)
        let all = used.values.reduce(0, +)
        #expect(all > 2399)
        #expect(abs((used["a"] ?? 0) / all - 0.7) < 0.05)
        let three = Self.day(["a": 2, "b": 1, "c": 1], seed: seed)
        let whole = three.values.reduce(0, +)
        for (campaign, part) in ["a": 0.5, "b": 0.25, "c": 0.25] as [ID<Campaign>: Double] {
            #expect(abs((three[campaign] ?? 0) / whole - part) < 0.05)
        }
    }

    @Test func `who has no work leaves its part to the others and does not get it back`() {
        let used = Self.day(["a": 0.5, "b": 0.5], seed: 3) { campaign, now in
            campaign == "b" || now >= 12
        }
        // Nothing until noon, then half of what there is.
        #expect(abs((used["a"] ?? 0) - 600) < 100)
        #expect(abs((used["b"] ?? 0) - 1800) < 100)
    }

    @Test func `a campaign that comes later does not catch up on what was before it`() {
        var ledger = ShareLedger()
        ledger.set(1, for: "old")
        for _ in 0..<100 {
            #expect(ledger.next(among: ["old"]) == "old")
            ledger.book(CoreHours(1), for: "old")
        }
        ledger.set(1, for: "new")
        var turns: [ID<Campaign>] = []
        for _ in 0..<10 {
            guard let next = ledger.next(among: ["old", "new"]) else { continue }
            turns.append(next)
            ledger.book(CoreHours(1), for: next)
        }
        #expect(turns.filter { $0 == "new" }.count == 6 || turns.filter { $0 == "new" }.count == 5)
        #expect(ledger.used(by: "old").value >= 104)
    }

    @Test func `nobody's turn it is where nobody has work or a share`() {
        var ledger = ShareLedger()
        #expect(ledger.next(among: ["a"]) == nil)
        ledger.set(1, for: "a")
        #expect(ledger.next(among: []) == nil)
        #expect(ledger.next(among: ["a", "b"]) == "a")
    }
}
