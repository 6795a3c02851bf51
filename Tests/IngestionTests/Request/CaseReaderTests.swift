import Digests
import Foundation
import GroundSegment
import Ingestion
import Testing

@Suite("CaseReader")
struct CaseReaderTests {
    @Test("faults of all files come at once, by file and line")
    func allFiles() throws {
        let fixture = try CaseFixture([
            "plan.yaml": CaseFixture.plan("bucket: 7", "bucket: 0"),
            "survey.csv": CaseFixture.survey.replacingOccurrences(
                of: "350.0,-89.9", with: "350.0,north"),
            "sdcs/SDC-A.yaml": CaseFixture.sdc("SDC-A").replacingOccurrences(of: "100", with: "-1"),
            "sdcs/SDC-B.ics": "BEGIN:VCALENDAR\n",
        ])
        #expect(
            fixture.faults() == [
                "plan.yaml:12:1: bucket: found \"0\", expected a number from 0.01 to 366",
                "sdcs/SDC-A.yaml:3:1: cores: found \"-1\", expected a number from 0.001 to 100000000",
                "sdcs/SDC-B.ics:1: found the end of the file, expected END:VCALENDAR for line 1",
                "survey.csv:4: dec of observation 3: found \"north\", expected a number of degrees",
            ])
    }

    @Test("missing files are faults like others")
    func missing() throws {
        let fixture = try CaseFixture(["survey.csv": nil, "sdcs/SDC-B.yaml": "name: x\n"])
        #expect(
            fixture.faults() == [
                "sdcs/SDC-B.yaml:1:1: cores: found nothing, expected a number from 0.001 to 100000000",
                "sdcs/SDC-B.yaml:1:1: id: found nothing, expected SDC-B",
                "sdcs/SDC-B.yaml:1:1: storage: found nothing, expected a number from 1e-06 to 1000000000",
                "survey.csv: found No such file or directory, expected a readable file",
            ])
        #expect(
            try CaseFixture(["plan.yaml": nil]).faults()
                == ["plan.yaml: found no such file, expected a readable file"])
    }

    @Test("a missing case is told by the name of its folder")
    func nowhere() {
        let failure = #expect(throws: IngestionError.self) {
            try CaseReader.read("surveys/nowhere")
        }
        #expect(failure?.code == .noCase)
        #expect(
            failure?.diagnostics.map(\.description)
                == ["plan.yaml: found no folder surveys/nowhere, expected a readable file"])
    }

    @Test("the inputs are all files read, with their digests")
    func inputs() throws {
        let fixture = try CaseFixture(["sdcs/SDC-A.ics": "BEGIN:VCALENDAR\nEND:VCALENDAR\n"])
        let inputs = try fixture.read().inputs
        #expect(
            inputs.map(\.name)
                == [
                    "plan.yaml", "sdcs/SDC-A.ics", "sdcs/SDC-A.yaml", "sdcs/SDC-B.yaml",
                    "survey.csv",
                ])
        let survey = try #require(inputs.last)
        #expect(survey.sha256 == SHA256Digest.hex(of: Data(CaseFixture.survey.utf8)))
        #expect(survey.bytes == CaseFixture.survey.utf8.count)
    }

    @Test("the request may be named by its file, and the survey replaced")
    func otherNames() throws {
        let other = CaseFixture.survey.replacingOccurrences(of: "DEEP", with: "OTHER")
        let fixture = try CaseFixture(["plan-b.yaml": CaseFixture.plan, "b.csv": other])
        let planningCase = try CaseReader.read(
            fixture.path + "/plan-b.yaml", surveyOverride: "b.csv")
        #expect(planningCase.survey.observations.map(\.kind) == ["WIDE", "WIDE", "OTHER"])
        #expect(planningCase.inputs.map(\.name).contains("plan-b.yaml"))
    }

    @Test("shuffled rows give the same case apart from digests")
    func shuffled() throws {
        var lines = CaseFixture.survey.split(separator: "\n").map(String.init)
        lines = [lines[0]] + lines[1...].reversed()
        let shuffled = try CaseFixture(["survey.csv": lines.joined(separator: "\n")]).read()
        let plain = try CaseFixture().read()
        #expect(shuffled.survey == plain.survey)
        #expect(shuffled.sdcs == plain.sdcs)
        #expect(shuffled.inputs != plain.inputs)
    }

    @Test("faults beyond a thousand in a file are counted, not listed")
    func many() throws {
        let rows = (1...1500).map { "\($0),x,2027-01-04,1,1,K" }
        let survey = (["name,start,end,ra,dec,kind"] + rows).joined(separator: "\n")
        let faults = try CaseFixture(["survey.csv": survey]).faults()
        #expect(faults.count == 1001)
        #expect(
            faults.last
                == "survey.csv: found 500 more faults, expected none (the first 1000 are listed)")
    }

    @Test(
        "the sample cases are read",
        arguments: [
            ("euclid-2027q1", 1788, 1787, ["CALIBRATION", "DEEP_SURVEY", "WIDE_SURVEY"]),
            (
                "euclid-2027q1/plan-full.yaml", 1740, 1740,
                ["CALIBRATION", "DEEP_SURVEY", "WIDE_SURVEY"]
            ),
            ("vast-2023q3", 1064, 1064, [""]),
        ])
    func samples(name: String, count: Int, inPeriod: Int, kinds: [String]) throws {
        let planningCase = try CaseReader.read("\(repository)/surveys/\(name)")
        let observations = planningCase.survey.observations
        #expect(observations.count == count)
        #expect(planningCase.survey.observations(in: planningCase.period).count == inPeriod)
        #expect(Set(observations.map(\.kind)).sorted() == kinds)
        #expect(planningCase.sdcs.map(\.id.text).first == "SDC-CH")
        #expect(planningCase.sdcs.count == 9)
    }
}
