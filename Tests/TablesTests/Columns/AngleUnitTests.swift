import Tables
import Testing

@Suite struct AngleUnitTests {
    @Test(
        "angles become degrees",
        arguments: [
            ("deg", 10, 10), ("rad", 0.03490658503988659, 2),
            ("hourangle", 10.133333333333333, 152),
            ("h", 1.5, 22.5), ("hour", 2, 30), ("arcmin", 90, 1.5), ("arcsec", -1800, -0.5),
            ("mas", 7_200_000, 2), ("\u{B0}", 7, 7),
        ])
    func angles(name: String, value: Double, degrees: Double) throws {
        #expect(try #require(AngleUnit(name)).degrees(value) == degrees)
    }

    @Test("what is no angle's unit is none", arguments: ["", "m", "60 s", "0.1 deg", "yr", "DEG"])
    func others(name: String) { #expect(AngleUnit(name) == nil) }
}
