import GroundSegment
import Testing

@testable import Execution

@Suite struct WasteReportTests {
    /// An hour on four cores and 2048 MiB, unless it is said.
    private func use(
        _ executable: String = "stack", completed: Bool = true, cores: Int = 4,
        memory: Int = 2048, ended: Double = 1, seconds: Double = 3600, cpu: Double = 3600,
        peak: Double = 1024
    ) -> AttemptUse {
        AttemptUse(
            executable: executable, pipeline: "night", hasCompleted: completed, cores: cores,
            memory: memory, walltime: 7200, ended: MJD(ended), seconds: seconds, cpuSeconds: cpu,
            peak: peak)
    }

    private func report(_ uses: [AttemptUse], _ percentile: UsePercentile = .upperQuarter)
        -> WasteReport
    {
        var tally = UseTally()
        for use in uses { tally.add(use) }
        return WasteReport(tally, percentile, days: nil, at: MJD(60000))
    }

    @Test("what was idle is counted in core-hours and GiB-hours, also of attempts that failed")
    func idle() throws {
        let row = try #require(report([use(), use(completed: false, cpu: 7200)]).rows.first)
        #expect((row.attempts, row.samples) == (2, 1))
        #expect((row.coreHours, row.idleCoreHours) == (8, 5))
        #expect((row.memoryHours, row.idleMemoryHours) == (4, 2))
        #expect(row.suggested == nil)
        #expect(row.suggestion(10) == "too few: 1 of 10")
    }

    @Test("what was wasted most comes first, and more used than asked for wastes nothing")
    func order() {
        let rows = report([
            use("busy", cpu: 4 * 3600 + 1, peak: 4096), use("idle", cpu: 0), use("half", cpu: 7200),
        ]).rows
        #expect(rows.map(\.executable) == ["idle", "half", "busy"])
        #expect(rows.last?.idleCoreHours == 0 && rows.last?.idleMemoryHours == 0)
    }

    @Test("a suggestion holds the percentile with its margins, from so many samples on")
    func suggested() throws {
        // Peaks 100 to 2000 MiB, times 60 to 1200 s, 1 busy core each.
        let uses = (1...20).map { number in
            let seconds = Double(60 * number)
            return use(seconds: seconds, cpu: seconds, peak: Double(100 * number))
        }
        let quarter = try #require(report(uses).rows.first)
        #expect(quarter.memory?.percentile == 1500 && quarter.memory?.max == 2000)
        #expect(quarter.suggested == .init(cores: 1, memory: 1650, walltime: 1350))
        let twentieth = try #require(report(uses, .upperTwentieth).rows.first)
        #expect(twentieth.suggested == .init(cores: 1, memory: 2090, walltime: 1710))
        #expect(report(Array(uses.dropLast()), .upperTwentieth).rows.first?.suggested == nil)
        #expect(report(Array(uses.prefix(9))).rows.first?.suggested == nil)
        #expect(report(Array(uses.prefix(10))).rows.first?.suggested != nil)
    }

    @Test(
        "cores are rounded up, a tenth of one is let go; nothing is less than a payload may ask for",
        arguments: [(0.0, 1), (1.05, 1), (1.2, 2), (3.1, 3), (3.2, 4)])
    func cores(busy: Double, expected: Int) {
        let request = WasteReport.request(busyCores: busy, peak: 1, seconds: 1)
        #expect(request == .init(cores: expected, memory: 16, walltime: 60))
    }

    @Test("what took less than a second does not seem to keep more cores busy than it had")
    func short() {
        #expect(use(seconds: 0.01, cpu: 0.05).busyCores == 0.05)
        #expect(use(seconds: 10, cpu: 25).busyCores == 2.5)
    }

    @Test("the request beside it is that of the attempt that ended last")
    func requested() {
        let row = report([use(memory: 512, ended: 3), use(memory: 4096, ended: 2)]).rows.first
        #expect(row?.requested.memory == 512)
    }
}
