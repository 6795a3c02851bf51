import GroundSegment
import Testing

@testable import Ingestion

@Suite("PlanFile")
struct PlanFileTests {
    @Test("the optional parts have their defaults")
    func defaults() throws {
        let planningCase = try CaseFixture().read()
        #expect(planningCase.options == PlanningOptions(effort: .normal, seed: 1))
        #expect(planningCase.weights == Weights(stability: 0.01, failover: 0.1))
        #expect(planningCase.rules == ItemRules())
        #expect(planningCase.grid.firstNumber == 1)
    }

    @Test("a latency and a bucket that are not given are 0 and 7 days")
    func shortened() throws {
        let plan = CaseFixture.plan(", latency: 1.0", "").replacingOccurrences(
            of: "bucket: 7\n", with: "")
        let planningCase = try CaseFixture(["plan.yaml": plan]).read()
        #expect(planningCase.processing.latency == 0)
        #expect(planningCase.buckets.length == 7)
    }

    @Test("every optional part is read")
    func full() throws {
        let more = """
            pins:
              - {observation: "1", sdc: SDC-A, role: primary, reason: asked, until: 2027-02-01}
              - {tile: 17, sdc: SDC-B, role: secondary}
            forbid:
              - {sdc: SDC-B, kind: DEEP, reason: "no agreement"}
              - {sdc: SDC-A, tile: 18}
            freeze: {before: 2027-01-05}
            base: published
            history: published
            weights: {stability: 0.5, compact: 0.002}
            seed: 7
            effort: thorough
            limits: {time: 60, gap: 0.005}

            """
        let planningCase = try CaseFixture(["plan.yaml": CaseFixture.plan + more]).read()
        let rules = planningCase.rules
        #expect(
            rules.pins == [
                Pin(
                    item: .observation("1"), sdc: "SDC-A", role: .primary, reason: "asked",
                    until: MJD(iso8601: "2027-02-01")),
                Pin(item: .tile("17"), sdc: "SDC-B", role: .secondary),
            ])
        #expect(
            rules.prohibitions == [
                Prohibition(sdc: "SDC-B", scope: .kind("DEEP"), reason: "no agreement"),
                Prohibition(sdc: "SDC-A", scope: .item(.tile("18"))),
            ])
        #expect(rules.freezeBefore == MJD(iso8601: "2027-01-05"))
        #expect(rules.base == .published)
        #expect(rules.history == .published)
        #expect(planningCase.weights == Weights(stability: 0.5, failover: 0.1, compact: 0.002))
        #expect(
            planningCase.options
                == PlanningOptions(effort: .thorough, seed: 7, timeLimit: 60, gapLimit: 0.005))
    }

    @Test(
        "a fault of a field is told with its line",
        arguments: [
            (
                "name: small", "name: a/b",
                "1:1: name: found \"a/b\", expected a name without / that does not begin with a dot"
            ),
            ("name: small\n", "", "1:1: name: found nothing, expected a text"),
            (
                "format: csv", "format: xml",
                "5:3: survey.format: found \"xml\", expected one of: rsd, csv, ecsv, sqlite"
            ),
            (
                "width: 1.0", "width: 91",
                "7:11: survey.field.width: found \"91\", expected a number from 0.001 to 90"
            ),
            (
                "width: 1.0", "width: .inf",
                "7:11: survey.field.width: found \".inf\", expected a number from 0.001 to 90"
            ),
            (
                "width: 1.0, ", "",
                "7:10: survey.field.width: found nothing, expected a number from 0.001 to 90"
            ),
            (
                "start: start, end: end", "start: start",
                "6:12: survey.columns.end: found nothing, expected the column of the end, or duration"
            ),
            (
                "end: end", "end: end, duration: x",
                "6:47: survey.columns.duration: found duration beside end, expected one of them"
            ),
            (
                "id: name", "id: []",
                "6:13: survey.columns.id: found a list of 0, expected a column's name or a list of them"
            ),
            (
                "format: csv", "format: csv\n  scale: tdb",
                "6:3: survey.scale: found \"tdb\", expected one of: utc, tai, tt"
            ),
            (
                "step: 2.0", "step: 7",
                "10:10: tiles.grid.step: found \"7\", expected a divisor of 180"
            ),
            (
                "{step: 2.0, margin: 0.1}", "{step: 90, margin: 5.5}",
                "10:20: tiles.grid.margin: found \"5.5\", expected at most 5 beside a step of 90"
            ),
            (
                "{step: 2.0, margin: 0.1}", "healpix",
                "10:3: tiles.grid: found \"healpix\", expected mer, or step and margin in degrees"
            ),
            (
                "end: 2027-01-11", "end: 2027-01-04",
                "11:29: period.end: found \"2027-01-04\", expected an instant after period.start, 2027-01-04"
            ),
            (
                "end: 2027-01-11", "end: 2027-02-30",
                "11:29: period.end: found \"2027-02-30\", expected an ISO 8601 date of the years 1970 to 2129"
            ),
            (
                "bucket: 7", "bucket: 0",
                "12:1: bucket: found \"0\", expected a number from 0.01 to 366"
            ),
            (
                "bucket: 7", "bucket: [7]",
                "12:1: bucket: found a list of 1, expected a number from 0.01 to 366"
            ),
            (
                "work: 10", "work: ten",
                "14:17: processing.observation.work: found \"ten\", expected a number from 1e-06 to 1000000000"
            ),
            (
                "latency: 1.0", "latency: -1",
                "14:40: processing.observation.latency: found \"-1\", expected a number from 0 to 366"
            ),
            (
                "work: 0.05", "work: -0.05",
                "16:11: balance.work: found \"-0.05\", expected 0 or a number from 1e-09 to 1000"
            ),
            (
                "sdcs: sdcs", "sdcs: nowhere",
                "8:1: sdcs: found \"nowhere\", which is no folder, expected the folder of the SDC files"
            ),
            (
                "bucket: 7", "bucket: 7\nbucket: 8",
                "12:1: found a key twice: bucket, expected each key once"
            ),
            (
                "bucket: 7", "effort: fast",
                "12:1: effort: found \"fast\", expected one of: quick, normal, thorough"
            ),
            (
                "bucket: 7", "seed: -1",
                "12:1: seed: found \"-1\", expected a whole number of at least 0"
            ),
            (
                "bucket: 7", "base: old.json",
                "12:1: base: found \"old.json\", which does not exist, expected a plan.json or an assignments.csv"
            ),
            (
                "bucket: 7", "history: old.txt",
                "12:1: history: found \"old.txt\", expected none, published, a plan.json or an assignments.csv"
            ),
            ("bucket: 7", "pins: 1", "12:1: pins: found \"1\", expected a list"),
            (
                "bucket: 7", "pins: [{tile: 5, sdc: SDC-X, role: primary}]",
                "12:18: pins[0].sdc: found \"SDC-X\", which is no SDC, expected SDC-A (or another of: SDC-A, SDC-B)"
            ),
            (
                "bucket: 7", "pins: [{tile: 999999, sdc: SDC-A, role: primary}]",
                "12:9: pins[0].tile: found \"999999\", expected a tile of the grid, 1 to 10702"
            ),
            (
                "bucket: 7", "pins: [{sdc: SDC-A, role: primary}]",
                "12:8: pins[0].observation: found nothing, expected one of: observation, tile"
            ),
            (
                "bucket: 7",
                "pins:\n- {tile: 5, sdc: SDC-A, role: primary}\n- {tile: 5, sdc: SDC-B, role: primary}",
                "14:25: pins[1].role: found tile 5 pinned to a second primary, expected one pin for it (the other is in line 13)"
            ),
            (
                "bucket: 7",
                "pins:\n- {tile: 5, sdc: SDC-A, role: primary}\n- {tile: 5, sdc: SDC-A, role: secondary}",
                "14:13: pins[1].sdc: found SDC-A as primary and secondary of tile 5, expected two SDCs (the other pin is in line 13)"
            ),
            (
                "bucket: 7", "forbid: [{sdc: SDC-A, kind: DEEP, tile: 5}]",
                "12:23: forbid[0].kind: found tile beside kind, expected one of: observation, tile, kind"
            ),
        ])
    func refused(old: String, new: String, fault: String) throws {
        let fixture = try CaseFixture(["plan.yaml": CaseFixture.plan(old, new)])
        #expect(fixture.faults() == ["plan.yaml:\(fault)"])
    }

    @Test("thousands of pins of one item have one fault each")
    func manyPins() throws {
        let pins = (0..<10_000).map {
            "\n- {tile: 5, sdc: SDC-\($0 % 2 == 0 ? "A" : "B"), role: primary}"
        }
        let fixture = try CaseFixture([
            "plan.yaml": CaseFixture.plan("bucket: 7", "pins:" + pins.joined())
        ])
        let faults = fixture.faults()
        #expect(faults.count == 1001)
        #expect(
            faults.first
                == "plan.yaml:14:25: pins[1].role: found tile 5 pinned to a second primary, expected one"
                + " pin for it (the other is in line 13)")
        #expect(
            faults.last
                == "plan.yaml: found 8999 more faults, expected none (the first 1000 are listed)")
    }

    @Test("an unknown key is told with the key that was probably meant")
    func unknownKey() throws {
        let plan = CaseFixture.plan("bucket: 7", "sede: 7")
        #expect(
            try CaseFixture(["plan.yaml": plan]).faults() == [
                "plan.yaml:12:1: sede: found an unknown key, expected seed (or another of: balance, base, "
                    + "bucket, effort, forbid, freeze, history, limits, name, period, pins, "
                    + "processing, reserved, sdcs, seed, survey, tiles, weights)"
            ])
    }

    @Test("a misspelt key is told besides the one that is missed")
    func misspelt() throws {
        #expect(
            try CaseFixture(["plan.yaml": CaseFixture.plan("field:", "fields:")]).faults() == [
                "plan.yaml:3:3: survey.field: found nothing, expected a mapping of keys to values",
                "plan.yaml:7:3: survey.fields: found an unknown key, expected field "
                    + "(or another of: columns, field, file, format, id, scale)",
            ])
    }

    @Test("columns of an RSD are refused: it has names of its own")
    func rsdColumns() throws {
        let faults = try CaseFixture(["plan.yaml": CaseFixture.plan("format: csv", "format: rsd")])
            .faults()
        #expect(
            faults == [
                "plan.yaml:6:3: survey.columns: found columns of an RSD, expected none: it has names of its own"
            ])
    }

    @Test("a request that is no YAML is told with the parser's words")
    func noYAML() throws {
        let faults = try CaseFixture(["plan.yaml": "name: [a\nb: c\n"]).faults()
        #expect(faults.count == 1)
        #expect(faults.first?.hasPrefix("plan.yaml:2:2: found no YAML: ") == true)
    }

    @Test("an empty request is no mapping")
    func empty() throws {
        #expect(
            try CaseFixture(["plan.yaml": ""]).faults()
                == ["plan.yaml: found an empty file, expected a mapping of keys to values"])
    }
}
