import GroundSegment
import Testing

@testable import Execution

@Suite struct SteadyTimeTests {
    @Test func `a clock that is put back goes on from where it was`() {
        var steady = SteadyTime()
        let clock: [Double] = [100, 101, 100.5, 100.75, 102, 90, 91]
        #expect(
            clock.map { steady.time(MJD($0)).days } == [100, 101, 101, 101.25, 102.5, 102.5, 103.5])
    }

    @Test func `one that goes forward is followed`() {
        var steady = SteadyTime()
        #expect([1, 1, 500].map { steady.time(MJD($0)).days } == [1, 1, 500])
    }
}
