import Campaigns
import GroundSegment
import Testing

@Suite struct CampaignForecastTests {
    private static let now = MJD(100)

    @Test("with the same count on each day the end is certain")
    func steady() throws {
        let forecast = try #require(
            CampaignForecast(ended: [10, 10, 10], remaining: 100, now: Self.now))
        #expect(forecast.rate == 10)
        #expect(forecast.end == Self.now + 10)
        #expect(forecast.earliest == forecast.end && forecast.latest == forecast.end)
    }

    @Test("days that differ spread the end, which is not before now")
    func wild() throws {
        let forecast = try #require(
            CampaignForecast(ended: [0, 0, 0, 0, 0, 60], remaining: 10, now: Self.now))
        #expect(forecast.rate == 10 && forecast.end == Self.now + 1)
        #expect(forecast.earliest == Self.now)
        #expect(forecast.latest > forecast.end)
    }

    @Test("nothing is foretold where nothing ended, nothing is left, or no day is known")
    func nothing() {
        #expect(CampaignForecast(ended: [0, 0], remaining: 5, now: Self.now) == nil)
        #expect(CampaignForecast(ended: [5], remaining: 0, now: Self.now) == nil)
        #expect(CampaignForecast(ended: [], remaining: 5, now: Self.now) == nil)
    }

    /// Days of 0 to 20 jobs, drawn evenly. Somewhat fewer than nine of ten: the variance, too, is
    /// estimated, from 14 days.
    @Test("about nine of ten ends of simulated campaigns lie between the earliest and the latest")
    func covers() throws {
        var state: UInt64 = 17
        func day() -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int((state >> 33) % 21)
        }
        var within = 0
        for _ in 0..<1000 {
            let forecast = try #require(
                CampaignForecast(
                    ended: (0..<14).map { _ in day() }, remaining: 400, now: MJD(0)))
            var (left, days) = (400, 0.0)
            while left > 0 {
                let ended = day()
                days += ended >= left ? Double(left) / Double(max(1, ended)) : 1
                left -= ended
            }
            if forecast.earliest.days <= days && days <= forecast.latest.days { within += 1 }
        }
        #expect(within > 820)
        #expect(within < 950)
    }
}
