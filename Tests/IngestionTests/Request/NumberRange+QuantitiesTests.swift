import GroundSegment
import Testing

@testable import Ingestion

@Suite("NumberRange+Quantities")
struct NumberRangeQuantitiesTests {
    /// Numbers that no field takes.
    static let impossible = [
        "1e300", "1e308", "1e18", "-1", "-0", ".nan", "nan", ".inf", "-.inf", "inf", "1e999",
        "0x10",
        "0o17", "010", "1_000", "1:30", "1e", "\"\"", "[1]", "{a: 1}", "12345678901234567890",
    ]

    /// Every numeric field of a request, by what stands before its number.
    static let fields = [
        ("width: 1.0", "width: "), ("height: 0.5", "height: "), ("step: 2.0", "step: "),
        ("margin: 0.1", "margin: "), ("bucket: 7", "bucket: "), ("work: 10", "work: "),
        ("volume: 0.5", "volume: "), ("latency: 1.0", "latency: "), ("work: 20", "work: "),
        ("volume: 0.25", "volume: "), ("work: 0.05", "work: "),
        ("observations: 0.10", "observations: "), ("storage: 0.05", "storage: "),
        ("gap: 4", "gap: "),
    ]

    @Test(
        "a number that no plan can use is a fault with the range that is possible",
        arguments: fields)
    func request(old: String, key: String) throws {
        for number in Self.impossible {
            let plan = CaseFixture.plan(old, key + number)
            let faults = try CaseFixture(["plan.yaml": plan]).faults()
            #expect(faults.count == 1, "\(key)\(number): \(faults)")
            #expect(faults.first?.contains("a number from ") == true, "\(key)\(number): \(faults)")
        }
    }

    @Test(
        "so it is in the options",
        arguments: [
            "weights: {stability: ", "weights: {failover: ", "limits: {time: ", "limits: {gap: ",
        ])
    func options(start: String) throws {
        for number in Self.impossible {
            let plan = CaseFixture.plan + start + number + "}\n"
            let faults = try CaseFixture(["plan.yaml": plan]).faults()
            #expect(faults.count == 1, "\(start)\(number): \(faults)")
            #expect(faults.first?.contains("a number from ") == true)
        }
    }

    @Test("and in an SDC's description", arguments: ["cores", "storage", "used", "efficiency"])
    func centre(field: String) throws {
        for number in Self.impossible {
            let lines = ["cores: 100", "storage: 50", "used: 0", "efficiency: 1"]
                .map { $0.hasPrefix(field) ? "\(field): \(number)" : $0 }
            let text = "id: SDC-A\nname: x\n" + lines.joined(separator: "\n") + "\n"
            let faults = try CaseFixture(["sdcs/SDC-A.yaml": text]).faults()
            #expect(faults.count == 1, "\(field) \(number): \(faults)")
            #expect(faults.first?.contains("a number from ") == true)
        }
    }

    @Test("and in what a scenario sets", arguments: ["cores", "storage", "used", "efficiency"])
    func scenario(field: String) throws {
        let planningCase = try CaseFixture().read()
        var numbers = ["1e300", "nan", "inf", "+1e308", "0x10", "-200%"]
        // Any part of nothing is nothing.
        if field != "used" { numbers.append("+1e300%") }
        for number in numbers {
            #expect(throws: IngestionError.self, "\(field)=\(number)") {
                try ScenarioReader.read(
                    files: [], settings: ["SDC-A.\(field)=\(number)"], for: planningCase)
            }
        }
    }

    @Test("a period has no more buckets than can be planned")
    func buckets() throws {
        let plan = CaseFixture.plan("bucket: 7", "bucket: 0.01").replacing(
            "end: 2027-01-11", with: "end: 2030-01-11")
        #expect(
            try CaseFixture(["plan.yaml": plan]).faults() == [
                "plan.yaml:12:1: bucket: found 110300 buckets of 0.01 days, expected at most 10000 in the period"
            ])
    }

    @Test("tiles are not so small that each observation has thousands")
    func tiles() throws {
        let plan = CaseFixture.plan("step: 2.0", "step: 0.05").replacing(
            "width: 1.0, height: 0.5", with: "width: 30, height: 40")
        #expect(
            try CaseFixture(["plan.yaml": plan]).faults() == [
                "plan.yaml:10:3: tiles.grid: found 1012036 tiles of 0.05 degrees within the reach of a field of 30 x 40, expected at most 2500"
            ])
    }

    @Test("a negative zero is one of the numbers where negative ones are, and is read as 0")
    func negativeZero() throws {
        let text = CaseFixture.sdc(
            "SDC-A", "ingests:\n- {survey: X, region: {dec: [-0, 5]}, volume: 1}\n")
        let sdc = try #require(try CaseFixture(["sdcs/SDC-A.yaml": text]).read().sdcs.first)
        #expect(sdc.ingests.first?.region.dec.0.sign == .plus)
    }
}
