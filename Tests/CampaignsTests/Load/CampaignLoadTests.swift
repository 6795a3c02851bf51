import Campaigns
import GroundSegment
import Testing

@Suite struct CampaignLoadTests {
    private static let start = MJD(61409)

    /// Days of 100 core-hours, of which the daily processing is to take so much.
    private static func days(_ daily: [Double]) -> [DayOfWork] {
        daily.enumerated().map { day, work in
            DayOfWork(
                window: TimeWindow(start: start + Double(day), end: start + Double(day + 1)),
                capacity: CoreHours(100), daily: CoreHours(work))
        }
    }

    private static func demand(
        _ name: ID<Campaign>, _ share: Double, _ work: Double, from: Double = 0
    ) -> CampaignDemand {
        CampaignDemand(
            campaign: name, share: share, start: start + from, work: CoreHours(work),
            volume: Terabytes(work / 10))
    }

    @Test("a campaign has its share of each day until its work is done")
    func share() {
        let load = CampaignLoad(
            [Self.demand("a", 1, 120)], daily: 1, days: Self.days([10, 10, 10, 10]))
        #expect(load.reservations.map(\.work.value) == [50, 50, 20])
        #expect(load.reservations.map(\.volume.value) == [5, 5, 2])
        #expect(load.ends["a"] == Self.start + 3)
    }

    @Test("campaigns share with each other, and one that begins within a day has part of it")
    func several() {
        let load = CampaignLoad(
            [Self.demand("a", 1, 1000), Self.demand("b", 2, 1000, from: 1.5)], daily: 1,
            days: Self.days([0, 0, 0]))
        #expect(load.reservations.map(\.work.value) == [50, 50, 75])
        #expect(load.ends.isEmpty)
        let late = CampaignLoad(
            [Self.demand("a", 1, 1000, from: 0.5)], daily: 1, days: Self.days([0, 0]))
        #expect(late.reservations.map(\.work.value) == [25, 50])
        #expect(CampaignLoad([], daily: 1, days: Self.days([0])).reservations.isEmpty)
    }

    @Test("daily work that no longer fits is late by as many days as it takes to do it")
    func delay() {
        let days = Self.days([80, 80, 20, 0])
        let load = CampaignLoad([Self.demand("a", 1, 100)], daily: 1, days: days)
        let delay = DailyDelay(days: days, reserved: load.reservations)
        #expect(delay.backlog.without.value == 0 && delay.backlog.with.value == 60)
        #expect(delay.lateness.without == 0 && delay.lateness.with == 1)
        #expect(delay.since == Self.start + 1)
    }

    @Test("nothing is late where there is room for both; what never gets done counts to the end")
    func ends() {
        let fits = DailyDelay(
            days: Self.days([40, 40]),
            reserved: CampaignLoad(
                [Self.demand("a", 1, 100)], daily: 1, days: Self.days([40, 40])
            ).reservations)
        #expect(fits.lateness.with == 0 && fits.since == nil)
        let never = DailyDelay(days: Self.days([300, 0]), reserved: [])
        #expect(never.lateness.without == 1 && never.backlog.without.value == 200)
    }
}
