import GroundSegment
import Planning
import Testing

@testable import Reporting

@Suite("Receptions")
struct ReceptionsTests {
    @Test("the longest wait at each SDC is the plan's own measure")
    func longest() throws {
        let sample = try SamplePlan.shared.get()
        let plan = sample.plan
        for (sdc, load) in zip(plan.distribution.sdcs, plan.measures.loads) {
            let receptions = Receptions(at: sdc, in: plan.distribution)
            let longest = try #require(receptions.waits.first)
            #expect(abs(longest.days - load.longestGap) < 1e-9)
            #expect(receptions.waits.map(\.days) == receptions.waits.map(\.days).sorted(by: >))
        }
    }

    @Test("arrivals are those of the SDC's primary observations within the period, in order")
    func arrivals() throws {
        let distribution = try SamplePlan.shared.get().plan.distribution
        let period = distribution.buckets.period
        let all = distribution.sdcs.map { Receptions(at: $0, in: distribution).arrivals }
        #expect(
            all.joined().count == distribution.observations.count { $0.arrival <= period.end })
        for arrivals in all { #expect(arrivals == arrivals.sorted()) }
    }

    @Test(
        "the longest wait of each part is one that ends in it, and the longest of all is among them"
    )
    func byPart() throws {
        let distribution = try SamplePlan.shared.get().plan.distribution
        let parts = PeriodParts(distribution.buckets)
        let receptions = Receptions(at: distribution.sdcs[1], in: distribution)
        let longest = receptions.longest(in: parts)
        #expect(longest.count == 4)
        #expect(longest.max() == receptions.waits.first?.days)
        for (part, days) in zip(parts.parts.dropLast(), longest) {
            let ending = receptions.waits.filter {
                $0.window.end > part.window.start && $0.window.end <= part.window.end
            }
            #expect(days == ending.map(\.days).max() ?? 0)
        }
    }

    @Test("an SDC that receives nothing waits for the whole period, but for what does not count")
    func nothing() throws {
        let distribution = try SamplePlan.shared.get().plan.distribution
        let closed = SDC(
            id: "SDC-Z", name: "Z", cores: 1, storage: Terabytes(1),
            maintenance: [
                MaintenanceWindow(
                    window: TimeWindow(start: SamplePlan.start + 10, end: SamplePlan.start + 13),
                    availability: 0)
            ])
        let open = SDC(id: "SDC-Y", name: "Y", cores: 1, storage: Terabytes(1))
        let waits = [closed, open].map { Receptions(at: $0, in: distribution).waits }
        #expect(waits.map(\.count) == [1, 1])
        #expect(waits[0][0].window == distribution.buckets.period)
        #expect(abs(waits[1][0].days - waits[0][0].days - 3) < 1e-9)
    }
}
