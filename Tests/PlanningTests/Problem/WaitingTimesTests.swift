import GroundSegment
import Testing

@testable import Planning

@Suite("Waiting times")
struct WaitingTimesTests {
    private let start = SmallCase.start

    @Test("days are counted but for overlapping outages and silences")
    func counted() {
        let sdcs = SmallCase.sdcs(
            2, maintenance: [0: [SmallCase.outage(0.5, 1), SmallCase.outage(0.8, 1.2)]])
        let arrivals = [0.4, 1.3, 1.4, 4.0].map { start + $0 }
        let waiting = WaitingTimes(
            sdcs: sdcs, period: TimeWindow(start: start, end: start + 5), arrival: arrivals)
        // The silence from 1.4 to 4.0 counts for nobody; the outage from 0.5 to 1.2 for the first.
        for (found, expected) in zip(waiting.elapsed[0], [0.4, 0.6, 0.7, 0.7, 1.7]) {
            #expect(abs(found - expected) < 1e-9)
        }
        for (found, expected) in zip(waiting.elapsed[1], [0.4, 1.3, 1.4, 1.4, 2.4]) {
            #expect(abs(found - expected) < 1e-9)
        }
    }

    @Test("an observation that arrives after the period has no rank")
    func lateArrival() {
        let waiting = WaitingTimes(
            sdcs: SmallCase.sdcs(2), period: TimeWindow(start: start, end: start + 1),
            arrival: [start + 1.2, start + 0.5])
        #expect(waiting.rank == [-1, 0])
    }
}
