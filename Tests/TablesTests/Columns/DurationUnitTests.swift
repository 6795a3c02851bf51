import Tables
import Testing

@Suite struct DurationUnitTests {
    @Test(
        "durations become seconds",
        arguments: [
            ("s", 70, 70), ("min", 70, 4200), ("h", 1.5, 5400), ("d", 0.5, 43200),
            ("ms", 1500, 1.5),
            ("wk", 1, 604_800), ("us", 1e6, 1),
        ])
    func durations(name: String, value: Double, seconds: Double) throws {
        #expect(try #require(DurationUnit(name)).seconds(value) == seconds)
    }

    @Test(
        "what is no duration's unit is none", arguments: ["", "m", "60 s", "0.1 deg", "yr", "DEG"])
    func others(name: String) { #expect(DurationUnit(name) == nil) }
}
