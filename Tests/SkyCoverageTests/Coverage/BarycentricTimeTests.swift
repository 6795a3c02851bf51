import Testing

@testable import SkyCoverage

@Suite("BarycentricTime")
struct BarycentricTimeTests {
    /// From astropy 8.0, `Time(mjd, format="mjd", scale="utc").tcb`.
    private static let instants: [(mjd: Double, microseconds: Int64)] = [
        (41_317, 210_929_832_039_736_461),
        (50_000.25, 211_680_064_870_367_369),
        (57_754, 212_349_988_888_756_273),
        (60_000.5, 212_544_086_491_767_171),
        (61_406.123456, 212_665_532_360_247_237),
    ]

    @Test("UTC becomes TCB within 2 ms", arguments: instants)
    func conversion(mjd: Double, microseconds: Int64) {
        let found = Int64(BarycentricTime(utcMJD: mjd).microseconds)
        #expect(abs(found - microseconds) <= 2000)
    }

    @Test("a leap second lies between the days around it")
    func leapSecond() {
        let before = BarycentricTime(utcMJD: 57_753)
        let after = BarycentricTime(utcMJD: 57_754)
        // 86,401 s of TT, which TCB outruns by 1.3 ms a day.
        let elapsed = Int64(after.microseconds - before.microseconds)
        #expect(abs(elapsed - 86_401_001_340) <= 2)
    }

    @Test("instants are ordered as their dates")
    func order() {
        #expect(BarycentricTime(utcMJD: 60_000) < BarycentricTime(utcMJD: 60_000.000001))
    }
}
