import SkyGeometry
import Testing

@testable import Service

@Suite struct PastedPositionTests {
    @Test(
        "a position is read in the forms in which people paste it",
        arguments: [
            "28.29 -22.5", "28.29, -22.5", "28.29,-22.5", "28.29;-22.5", "  28.29\t-22.5 \n",
            "28.29-22.5", "(28.29, -22.5)", "[28.29 -22.5]", "28.29 \u{2212}22.5",
            "28.29d -22.5d", "28.29\u{B0} \u{2212}22.5\u{B0}", "28.29deg -22.5deg",
            "RA 28.29 Dec -22.5", "RA=28.29, Dec=-22.5", "ra: 28.29 dec: -22.5",
            "ICRS 28.29 -22.5", "28.29 -22.5 J2000", "J2000.0 28.29 -22.5", "-331.71 -22.5",
            "1.886h -22.5d", "01:53:09.6 -22:30:00", "1:53:9.6 -22:30", "01 53 09.6 -22 30 00",
            "01 53 09.6, -22 30 00", "01h53m09.6s -22d30m00s", "1h53m9.6s, -22d30m",
            "1h 53m 9.6s -22\u{B0} 30\u{2032} 00\u{2033}", "01h53m09.6s -22\u{B0}30'00\"",
            "01h53m09.6s -22\u{B0}30'00''", "01:53.16 -22:30", "J015309.6-223000",
            "J015309.60-223000.0", "RA 01:53:09.6 DEC -22:30:00", "28.29 - 22.5",
            "28d17m24s -22d30m", "28.29/-22.5",
            "01\u{2B0}53\u{1D50}09.6\u{2E2} -22\u{B0}30\u{2032}",
        ])
    func forms(_ text: String) throws {
        let position = try PastedPosition.read(text)
        #expect(abs(position.ra - 28.29) < 1e-9, "\(text)")
        #expect(abs(position.dec + 22.5) < 1e-9, "\(text)")
    }

    @Test(
        "a declination without a sign, of little size or at a pole is read as it stands",
        arguments: [
            ("10 20", 10.0, 20.0), ("10 +20", 10, 20), ("1 0 0 0 30 0", 15, 0.5),
            ("01:00:00 -00:30:00", 15, -0.5), ("0 90", 0, 90), ("360 -90", 0, -90),
            ("0.6,0.1", 0.6, 0.1), ("24:00:00 +00:00:00", 0, 0),
        ])
    func values(_ text: String, _ ra: Double, _ dec: Double) throws {
        let position = try PastedPosition.read(text)
        #expect(abs(position.ra - ra) < 1e-9, "\(text)")
        #expect(abs(position.dec - dec) < 1e-9, "\(text)")
    }

    @Test(
        "what is wrong with a text is said",
        arguments: [
            ("", "it has no number"), ("102154321", "it is one number, expected two"),
            ("10 95", "the declination is 95, expected -90 to 90"),
            ("400 5", "the right ascension is 400, expected -360 to 360"),
            ("25:00:00 5", "the right ascension is 25, expected 0 to 24 hours"),
            ("-1:00:00 5:00:00", "the right ascension is -1, expected 0 to 24 hours"),
            ("01:75:00 -22:30:00", "the right ascension's minutes are 75, expected 0 to below 60"),
            ("01:05:00 -22:30:60", "the declination's seconds are 60, expected 0 to below 60"),
            (
                "1.5:30:00 5:00:00",
                "in the right ascension only the last number may have a fraction"
            ),
            ("10d 5h", "the declination is in hours, expected degrees"),
            ("10m 5d", "the right ascension's 10 has the unit m, expected d"),
            ("M 31", "the unit m follows no number"), ("1.2.3 5", "\"1.2.3\" is no number"),
            (
                "10 20 30",
                "its 3 numbers do not say where the declination begins; put a comma or "
                    + "a sign before it"
            ), ("1, 2, 3", "it has more than two parts"),
            ("1 -2 -3", "it has too many signs"), ("10 x", "it has \"x\", which no position has"),
            ("1 2 3 4 5 6 7", "it has 7 numbers, expected at most 6"),
            ("1 2 3 4, 5", "the right ascension has 4 numbers, expected at most 3"),
            (String(repeating: "1 ", count: 80), "it is too long"),
            ("1e5 2", "it has \"e\", which no position has"),
            ("\u{661} 2", "\"\u{661}\" is no number"),
        ])
    func faults(_ text: String, _ reason: String) {
        #expect(throws: PastedPosition.Unreadable(reason: reason)) {
            try PastedPosition.read(text)
        }
    }
}
