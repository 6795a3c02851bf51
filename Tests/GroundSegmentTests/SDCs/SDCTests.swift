import GroundSegment
import Testing

@Suite("SDC")
struct SDCTests {
    private func sdc(_ windows: [(from: Double, to: Double, availability: Double)]) -> SDC {
        SDC(
            id: "SDC-X", name: "X", cores: 100, efficiency: 0.8, storage: Terabytes(1),
            maintenance: windows.map {
                MaintenanceWindow(
                    window: TimeWindow(start: MJD($0.from), end: MJD($0.to)),
                    availability: $0.availability)
            })
    }

    private let week = TimeWindow(start: MJD(0), end: MJD(10))

    @Test("without maintenance all of it is available")
    func none() {
        #expect(sdc([]).availability(at: MJD(5)) == 1)
        #expect(sdc([]).meanAvailability(over: week) == 1)
    }

    @Test("where windows overlap the smallest counts")
    func overlapping() {
        let sdc = sdc([(2, 6, 0.5), (4, 8, 0.25)])
        #expect(sdc.availability(at: MJD(3)) == 0.5)
        #expect(sdc.availability(at: MJD(5)) == 0.25)
        #expect(sdc.availability(at: MJD(7)) == 0.25)
        #expect(sdc.availability(at: MJD(8)) == 1)
        // 4 days at 1, 2 at 0.5 and 4 at 0.25.
        #expect(abs(sdc.meanAvailability(over: week) - 0.6) < 1e-12)
    }

    @Test("a window within another, and one given twice, count once")
    func nested() {
        #expect(abs(sdc([(0, 10, 0.5), (4, 5, 0.9)]).meanAvailability(over: week) - 0.5) < 1e-12)
        #expect(abs(sdc([(4, 5, 0), (4, 5, 0)]).meanAvailability(over: week) - 0.9) < 1e-12)
    }

    @Test("only what lies in the span counts")
    func beyond() {
        #expect(abs(sdc([(-5, 2, 0), (9, 30, 0)]).meanAvailability(over: week) - 0.7) < 1e-12)
        #expect(sdc([(-5, 0, 0), (10, 30, 0)]).meanAvailability(over: week) == 1)
        #expect(sdc([(-5, 30, 0)]).meanAvailability(over: week) == 0)
    }

    @Test("capacity is cores times efficiency times availability times hours")
    func capacity() {
        // 100 cores, 0.8, 0.75 and 240 hours.
        let work = sdc([(0, 5, 0.5)]).capacity(over: week)
        #expect(abs(work.value - 14400) < 1e-9)
    }

    @Test("maintenance is kept by start")
    func sorted() {
        #expect(sdc([(5, 6, 0), (1, 2, 0)]).maintenance.map(\.window.start.days) == [1, 5])
    }
}
