import GroundSegment
import Testing

@Suite("MJD")
struct MJDTests {
    @Test("the POSIX epoch is MJD 40587 and a day has 86,400 seconds")
    func posix() {
        #expect(MJD(posixSeconds: 0) == MJD(40587))
        #expect(MJD(posixSeconds: -43200) == MJD(40586.5))
        #expect(MJD(51544).posixSeconds == 946_684_800)
    }

    @Test("instants are days apart")
    func difference() {
        #expect(MJD(61001.25) - MJD(61000) == 1.25)
        #expect(MJD(61000) + 1.25 == MJD(61001.25))
        #expect(MJD(1) < MJD(2))
    }
}
