import GroundSegment
import Reporting
import SkyGeometry
import Testing

@Suite("CaseSummary")
struct CaseSummaryTests {
    /// Two centres for 14 days from 2025-11-21 on; one observation in the period, one after it.
    private func lines(
        work: Double = 10, scales: [StatedScale] = [], isShared: Bool = false
    ) -> [String] {
        let start = MJD(61000)
        let observations = [("1", 1.0, "WIDE"), ("2", 20.0, "DEEP")].map { id, day, kind in
            let footprint = ConvexPolygon.field(
                longitude: 10, latitude: 0, positionAngle: 0, width: 0.5, height: 0.5)
            return Observation(
                id: ID(id), kind: kind,
                window: TimeWindow(start: start + day, end: start + day + 0.5),
                centre: SkyPosition(footprint.centre), footprint: footprint)
        }
        let outage = MaintenanceWindow(
            window: TimeWindow(start: start + 2, end: start + 9), availability: 0.5,
            summary: "cooling")
        let planningCase = PlanningCase(
            name: "small",
            survey: SurveyPlan(id: "S", observations: observations, scales: scales),
            sdcs: [
                SDC(
                    id: "SDC-A", name: "Alpha", cores: 100, storage: Terabytes(50),
                    used: Terabytes(2.5), maintenance: [outage],
                    ingress: isShared ? 0.5 : nil),
                SDC(
                    id: "SDC-B", name: "Beta", cores: 50, efficiency: 0.5, storage: Terabytes(10),
                    reservations: isShared
                        ? [
                            Reservation(
                                window: TimeWindow(start: start, end: start + 3),
                                work: CoreHours(100), volume: Terabytes(3))
                        ] : []),
            ], grid: RingGrid(step: 10, margin: 0, firstNumber: 1),
            buckets: Buckets(period: TimeWindow(start: start, end: start + 14), length: 7),
            processing: Processing(
                observationWork: CoreHours(work), observationVolume: Terabytes(1),
                tileWork: CoreHours(0), tileVolume: Terabytes(1)),
            balance: Balance(work: 1, observations: 1, storage: 1, gap: 1))
        return CaseSummary(planningCase).text.split(separator: "\n").map(String.init)
    }

    @Test("the period, the observations in it and their kinds are told")
    func observations() {
        let lines = lines()
        #expect(
            lines.prefix(5) == [
                "case         small", "survey       S",
                "period       2025-11-21 to 2025-12-05, 14 days, 2 buckets of 7 days",
                "observations 1 in the period, 2 in the survey",
                "span         2025-11-22T00:00:00Z to 2025-11-22T12:00:00Z",
            ])
        #expect(lines[5] == "  kind                  number    core-hours          TB")
        #expect(lines[6] == "  WIDE                       1            10        1.00")
    }

    @Test("limits of transfers and what is reserved are told where there are any")
    func shared() {
        let plain = lines()
        #expect(!plain.contains { $0.hasPrefix("transfers") || $0.hasPrefix("reserved") })
        let shared = lines(isShared: true)
        #expect(
            shared.contains(
                "transfers    limited at 1 SDC: in and out, Gbit/s and TB in the period"))
        // 0.5 Gbit/s carry 0.225 TB an hour for 14 days at a mean availability of 0.75.
        #expect(
            shared.contains("  SDC-A         0.5 Gbit/s,      56.7 TB                    no limit"))
        #expect(shared.contains("reserved     for other surveys at 1 SDC, within the period"))
        #expect(shared.contains("  SDC-B              100 core-hours, 3 TB"))
        // 8400 of SDC-B are 100 less.
        #expect(shared.contains { $0.hasPrefix("  SDC-B ") && $0.contains(" 8300 ") })
    }

    @Test("each SDC is told with its capacity over the period")
    func centres() {
        let lines = lines()
        // 14 days of 100 cores at a mean availability of 0.75, and of 50 at an efficiency of 0.5.
        #expect(
            lines.contains(
                "  SDC-A          100          50       2.5         0.750         25200  Alpha"))
        #expect(
            lines.contains(
                "  SDC-B           50          10         0         1.000          8400  Beta"))
        #expect(lines.contains("capacity     33600 core-hours, 0.0 % of it needed"))
    }

    @Test("work beyond the capacity is told")
    func overload() {
        #expect(
            lines(work: 67200).contains(
                "capacity     33600 core-hours, which is less than the work: 200.0 % needed"))
    }

    @Test("maintenance in the period is listed")
    func maintenance() {
        #expect(
            lines().suffix(2) == [
                "maintenance  1 windows in the period",
                "  SDC-A     2025-11-23T00:00:00Z to 2025-11-30T00:00:00Z  availability 0.5  cooling",
            ])
    }

    @Test("the scale of the times is told once where all fields have it")
    func scales() {
        let tai = StatedScale(field: "start", scale: .tai, reason: "by default")
        let other = StatedScale(field: "end", scale: .tai, reason: "by default")
        let utc = StatedScale(field: "end", scale: .utc, reason: "as asked for")
        #expect(lines(scales: [tai, other]).contains("times        TAI by default"))
        let both = lines(scales: [tai, utc])
        #expect(both.contains("times        start: TAI by default"))
        #expect(both.contains("times        end: UTC as asked for"))
    }
}
