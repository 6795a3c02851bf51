import Foundation
import GroundSegment
import Ingestion
import Testing

@Suite("ScenarioReader")
struct ScenarioReaderTests {
    private func read(
        _ settings: [String] = [], files: [String: String] = [:], pins: String = ""
    ) throws -> [CaseChange] {
        let changes = files.mapValues { Optional($0) }
        let fixture = try CaseFixture(
            changes.merging(["plan.yaml": CaseFixture.plan + pins]) { $1 })
        return try ScenarioReader.read(
            files: files.keys.sorted().map { "\(fixture.path)/\($0)" }, settings: settings,
            for: try fixture.read())
    }

    /// The faults without the folder's name.
    private func faults(
        _ settings: [String] = [], files: [String: String] = [:], pins: String = ""
    ) throws -> [String] {
        do {
            _ = try read(settings, files: files, pins: pins)
            return []
        } catch let failure as IngestionError {
            #expect(failure.code == .noScenario)
            return failure.diagnostics.map { fault in
                let name = (fault.file as NSString).lastPathComponent
                let field = fault.field ?? ""
                let found = fault.found.replacingOccurrences(
                    of: "[^ (]*/([a-z]\\.yaml)", with: "$1", options: .regularExpression)
                return "\(name) \(field): \(found)"
            }
        }
    }

    @Test("numbers are set, raised by a part and lowered by an amount")
    func settings() throws {
        #expect(
            try read(["SDC-A.cores=+10%", "SDC-B.cores=-20", "SDC-A.storage=70"])
                == [
                    .cores("SDC-A", 110.00000000000001), .cores("SDC-B", 80),
                    .storage("SDC-A", Terabytes(70)),
                ])
    }

    @Test("a scenario file sets numbers, adds a window and pins an item")
    func file() throws {
        let changes = try read(files: [
            "a.yaml": """
            set: {SDC-A.efficiency: 0.5}
            maintenance: [{sdc: SDC-B, start: 2027-01-05, end: 2027-01-06, summary: cooling}]
            pins: [{observation: "1", sdc: SDC-A, role: primary}]
            """
        ])
        let start = try #require(MJD(iso8601: "2027-01-05"))
        #expect(
            changes == [
                .efficiency("SDC-A", 0.5),
                .window(
                    "SDC-B", from: nil,
                    to: MaintenanceWindow(
                        window: TimeWindow(start: start, end: start + 1), availability: 0,
                        summary: "cooling")),
                .pin(Pin(item: .observation("1"), sdc: "SDC-A", role: .primary)),
            ])
    }

    @Test("observations are postponed, those that are none of the period are named")
    func postponed() throws {
        #expect(
            try read(files: ["a.yaml": "postpone: [{observations: [\"1\"], days: 2}]"])
                == [.postpone(["1"], days: 2)])
        #expect(
            try faults(files: ["a.yaml": "postpone: [{observations: [\"1\", \"x\"], days: 2}]"])
                == ["a.yaml postpone[0].observations: x"])
    }

    @Test("what items take is set by its path in a request, and rates of an SDC")
    func processing() throws {
        #expect(
            try read([
                "processing.observation.kinds.WIDE.work=500", "processing.tile.volume=+10%",
                "processing.observation.kinds.A.B.latency=2", "SDC-A.ingress=0.5",
            ]) == [
                .processing(.observation(.work, kind: "WIDE"), 500),
                .processing(.tile(.volume), 0.25 * 1.1),
                .processing(.observation(.latency, kind: "A.B"), 2),
                .rate("SDC-A", .inward, 0.5),
            ])
        #expect(
            try faults(["processing.observation.kinds.WIDE.cores=5"])
                == ["--set processing.observation.kinds.WIDE.cores: an unknown field"])
        #expect(
            try faults(["processing.tile.work=-1000"])
                == ["--set processing.tile.work: \"-1000\""])
        #expect(try faults(["SDC-A.egress=+10%"]) == ["--set SDC-A.egress: \"+10%\""])
    }

    @Test("two values of one field contradict, with both places")
    func twoValues() throws {
        #expect(
            try faults(["SDC-A.cores=+10%"], files: ["a.yaml": "set: {SDC-A.cores: 90}\n"])
                == ["a.yaml SDC-A.cores: 90 beside +10% (--set)"])
        #expect(
            try faults(
                files: [
                    "a.yaml": "set: {SDC-A.cores: 90}\n", "b.yaml": "set: {SDC-A.cores: 91}\n",
                ]) == ["b.yaml SDC-A.cores: 91 beside 90 (a.yaml:1)"])
    }

    @Test("pins and prohibitions that contradict the case or another scenario are named")
    func rules() throws {
        let pins = "pins: [{observation: \"1\", sdc: SDC-A, role: primary}]\n"
        #expect(
            try faults(
                files: ["a.yaml": "pins: [{observation: \"1\", sdc: SDC-B, role: primary}]"],
                pins: pins
            ) == ["a.yaml pins: SDC-B as primary (a.yaml) beside SDC-A as primary (the case)"])
        #expect(
            try faults(files: ["a.yaml": "forbid: [{kind: WIDE, sdc: SDC-A}]"], pins: pins)
                == [
                    "a.yaml forbid: observation 1 forbidden at SDC-A (a.yaml) and pinned there"
                        + " (the case)"
                ])
    }

    @Test(
        "what is no setting is refused",
        arguments: [
            ("SDC-A", "--set : \"SDC-A\""),
            ("SDC-X.cores=1", "--set SDC-X.cores: no SDC of that name"),
            ("SDC-A.core=1", "--set SDC-A.core: an unknown field"),
            ("SDC-A.cores=0", "--set SDC-A.cores: \"0\""),
            ("SDC-A.cores=10%", "--set SDC-A.cores: \"10%\""),
            ("SDC-A.efficiency=+100%", "--set SDC-A.efficiency: \"+100%\""),
        ])
    func refused(setting: String, fault: String) throws {
        #expect(try faults([setting]) == [fault])
    }
}
