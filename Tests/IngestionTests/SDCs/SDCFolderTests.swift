import GroundSegment
import Testing

@testable import Ingestion

@Suite("SDCFolder")
struct SDCFolderTests {
    @Test("an SDC's description is read whole, its defaults filled")
    func whole() throws {
        let text = CaseFixture.sdc(
            "SDC-A",
            """
            country: NO
            efficiency: 0.8
            used: 5
            batch: sge
            ingests:
              - {survey: DES, region: {dec: [-90, 5], ra: [300, 60]}, volume: 0.03}

            """)
        let sdcs = try CaseFixture(["sdcs/SDC-A.yaml": text]).read().sdcs
        let holding = ExternalHolding(
            survey: "DES", region: SkyRegion(ra: (300, 60), dec: (-90, 5)), volume: Terabytes(0.03))
        #expect(
            sdcs == [
                SDC(
                    id: "SDC-A", name: "Somewhere", country: "NO", cores: 100, efficiency: 0.8,
                    storage: Terabytes(50), used: Terabytes(5), batch: "sge", ingests: [holding]),
                SDC(id: "SDC-B", name: "Somewhere", cores: 100, storage: Terabytes(50)),
            ])
    }

    @Test(
        "a fault of a field is told with its line",
        arguments: [
            (
                "id: SDC-B\nname: x\ncores: 1\nstorage: 1\n",
                "1:1: id: found \"SDC-B\", expected SDC-A, as the file is called"
            ),
            (
                "id: SDC-A\nname: x\ncores: 0\nstorage: 1\n",
                "3:1: cores: found \"0\", expected a number from 0.001 to 100000000"
            ),
            (
                "id: SDC-A\nname: x\ncores: 1\nstorage: 1\nefficiency: 1.1\n",
                "5:1: efficiency: found \"1.1\", expected a number from 0.0001 to 1"
            ),
            (
                "id: SDC-A\nname: x\ncores: 1\nstorage: 1\nused: 2\n",
                "5:1: used: found \"2\", expected at most the storage, 1"
            ),
            (
                "id: SDC-A\nname: x\ncores: 1\nstorage: 1\nbatch: lsf\n",
                "5:1: batch: found \"lsf\", expected one of: local, slurm, sge, pbs, htcondor"
            ),
            (
                "id: SDC-A\nname: x\ncores: 1\nstorage: 1\ncorse: 3\n",
                "5:1: corse: found an unknown key, expected cores (or another of: batch, cores, country, efficiency, egress, id, ingests, ingress, name, site, storage, used)"
            ),
            (
                "id: SDC-A\nname: x\ncores: 1\nstorage: 1\ningests:\n- {survey: X, volume: 1}\n",
                "6:3: ingests[0].region: found nothing, expected a mapping of keys to values"
            ),
            (
                "id: SDC-A\nname: x\ncores: 1\nstorage: 1\ningests:\n- {survey: X, volume: 1, region: {dec: [5, -5]}}\n",
                "6:35: ingests[0].region.dec: found a list of 2, expected the southern edge below the northern one"
            ),
            (
                "id: SDC-A\nname: x\ncores: 1\nstorage: 1\ningests:\n- {survey: X, volume: 1, region: {ra: [5]}}\n",
                "6:35: ingests[0].region.ra: found [\"5\"], expected a list of two, each a number from 0 to 360"
            ),
        ])
    func refused(text: String, fault: String) throws {
        #expect(
            try CaseFixture(["sdcs/SDC-A.yaml": text]).faults() == ["sdcs/SDC-A.yaml:\(fault)"])
    }

    @Test("more SDCs than the planner can tell apart are refused, not crashed on")
    func tooMany() throws {
        var files: [String: String?] = [:]
        for number in 0..<64 {
            files["sdcs/SDC-X\(number).yaml"] =
                "id: SDC-X\(number)\nname: X\ncountry: FR\ncores: 10\nstorage: 10\nbatch: local\n"
        }
        #expect(try CaseFixture(files).faults() == ["sdcs: found 66 SDCs, expected at most 64"])
    }

    @Test("a single SDC cannot hold a distribution")
    func single() throws {
        #expect(
            try CaseFixture(["sdcs/SDC-B.yaml": nil]).faults() == [
                "sdcs: found one SDC, expected at least two: a distribution needs a primary and a secondary"
            ])
    }

    @Test("a ground survey has one volume everywhere")
    func volumes() throws {
        let holding = "ingests:\n- {survey: DES, region: {dec: [0, 9]}, volume: "
        let fixture = try CaseFixture([
            "sdcs/SDC-A.yaml": CaseFixture.sdc("SDC-A", holding + "1}\n"),
            "sdcs/SDC-B.yaml": CaseFixture.sdc("SDC-B", holding + "2}\n"),
        ])
        #expect(
            fixture.faults() == [
                "sdcs/SDC-B.yaml:6:40: ingests[0].volume: found 2.0 for DES, expected 1.0, as at SDC-A"
            ])
    }

    @Test("a calendar of no SDC and a suffix .yml are not passed over")
    func strays() throws {
        let calendar = "BEGIN:VCALENDAR\nEND:VCALENDAR\n"
        let fixture = try CaseFixture(["sdcs/SDC-C.ics": calendar, "sdcs/SDC-D.yml": "id: SDC-D\n"])
        #expect(
            fixture.faults() == [
                "sdcs/SDC-C.ics: found a calendar of no SDC, expected SDC-C.yaml beside it",
                "sdcs/SDC-D.yml: found the suffix .yml, expected SDC-D.yaml",
            ])
    }

    @Test(
        "a file that is named like one of an SDC and would be passed over is a fault",
        arguments: [
            ("SDC-C.YAML", "the suffix .YAML, expected SDC-C.yaml"),
            ("SDC-C.Yml", "the suffix .Yml, expected SDC-C.yaml"),
            ("SDC-A.ICS", "the suffix .ICS, expected SDC-A.ics"),
            ("SDC-A.YAML", "the suffix .YAML, expected SDC-A.yaml"),
            ("SDC-A.ical", "the suffix .ical, expected SDC-A.ics"),
            ("SDC-A.ics.gz", "the suffix .ics.gz, expected SDC-A.ics"),
            ("sdc-a.ics", "a calendar of no SDC, expected sdc-a.yaml beside it"),
        ])
    func strayNames(name: String, fault: String) throws {
        let faults = try CaseFixture(["sdcs/\(name)": "x: 1\n"]).faults()
        #expect(faults.contains("sdcs/\(name): found \(fault)"), "\(faults)")
    }

    @Test("an SDC twice, its name in other capitals, is a fault")
    func capitals() throws {
        let faults = try CaseFixture(["sdcs/sdc-a.yaml": CaseFixture.sdc("sdc-a")]).faults()
        #expect(
            faults == [
                "sdcs/sdc-a.yaml: found an SDC that differs from SDC-A in capitals only, expected each SDC once"
            ])
    }

    @Test("hidden files and others are no SDCs")
    func others() throws {
        let fixture = try CaseFixture([
            "sdcs/.SDC-Z.yaml": "x", "sdcs/README.md": "x", "sdcs/SDC-A.yaml~": "x",
        ])
        #expect(try fixture.read().sdcs.map(\.id) == ["SDC-A", "SDC-B"])
    }
}
