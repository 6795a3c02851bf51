import Campaigns
import GroundSegment
import Testing

@Suite struct EndForecastTests {
    @Test("with the same count on each day the end is certain")
    func steady() throws {
        let forecast = try #require(
            EndForecast(left: 30, ended: [10, 10, 10, 10], now: MJD(100)))
        #expect(forecast.rate == 10)
        #expect(forecast.end == MJD(103))
        #expect(forecast.span == TimeWindow(start: MJD(103), end: MJD(103)))
    }

    @Test("nothing is foretold without two days, without an end on them, or with nothing left")
    func nothing() {
        #expect(EndForecast(left: 30, ended: [10], now: MJD(100)) == nil)
        #expect(EndForecast(left: 30, ended: [], now: MJD(100)) == nil)
        #expect(EndForecast(left: 30, ended: [0, 0, 0], now: MJD(100)) == nil)
        #expect(EndForecast(left: 0, ended: [10, 12], now: MJD(100)) == nil)
    }

    @Test("the span does not begin before now")
    func wide() throws {
        let forecast = try #require(
            EndForecast(left: 1, ended: [0, 0, 0, 0, 0, 40], now: MJD(100)))
        #expect(forecast.span.start == MJD(100))
        #expect(forecast.span.end > forecast.end)
    }

    /// Days of 0 to 20 jobs, drawn evenly. Somewhat fewer than nine of ten: the variance, too, is
    /// estimated, from 14 days.
    @Test("about nine of ten ends of simulated campaigns lie within the span")
    func covers() throws {
        var state: UInt64 = 17
        func day() -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int((state >> 33) % 21)
        }
        var within = 0
        for _ in 0..<1000 {
            let forecast = try #require(
                EndForecast(left: 400, ended: (0..<14).map { _ in day() }, now: MJD(0)))
            var (left, days) = (400, 0.0)
            while left > 0 {
                let ended = day()
                days += ended >= left ? Double(left) / Double(max(1, ended)) : 1
                left -= ended
            }
            if forecast.span.start.days <= days && days <= forecast.span.end.days { within += 1 }
        }
        #expect(within > 820)
        #expect(within < 950)
    }
}
