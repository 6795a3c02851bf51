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

    @Test("a rate carries 0.45 TB an hour for each Gbit/s, as long as the centre is available")
    func transferLimit() {
        let limited = sdc([(2, 4, 0)]).with(ingress: 0.5)
        // 8 of 10 days: 0.5 * 0.45 * 192.
        #expect(
            abs((limited.transferLimit(.inward, over: week)?.value ?? 0) - 43.2) < 1e-9)
        #expect(limited.transferLimit(.outward, over: week) == nil)
        #expect(sdc([]).with(egress: 0).transferLimit(.outward, over: week) == .zero)
    }

    @Test("what is reserved is taken in equal parts of its span, and never more than there is")
    func reserved() {
        let half = sdc([]).with(reservations: [
            Reservation(
                window: TimeWindow(start: MJD(-5), end: MJD(5)), work: CoreHours(10_000),
                volume: Terabytes(0.5))
        ])
        // 100 cores at 0.8 for 240 hours, less the half of 10,000.
        #expect(half.capacity(over: week) == CoreHours(14_200))
        #expect(abs(half.rate(over: week) - 14_200 / 240) < 1e-9)
        #expect(half.occupied == Terabytes(0.5))
        let all = sdc([]).with(reservations: [
            Reservation(window: week, work: CoreHours(1e6), volume: .zero)
        ])
        #expect(all.capacity(over: week) == .zero && all.rate(over: week) == 0)
        #expect(sdc([]).rate(over: week) == 80)
    }

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
