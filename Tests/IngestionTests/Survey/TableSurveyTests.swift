import Foundation
import GroundSegment
import SkyGeometry
import Testing

@testable import Ingestion

@Suite("TableSurvey")
struct TableSurveyTests {
    @Test("observations have their times, centres, footprints and kinds")
    func values() throws {
        let survey = try CaseFixture().read().survey
        #expect(survey.id == "test")
        #expect(survey.observations.map(\.id.text) == ["1", "2", "3"])
        #expect(survey.observations.map(\.kind) == ["WIDE", "WIDE", "DEEP"])
        let first = try #require(survey.observations.first)
        #expect(first.window == TimeWindow(start: MJD(61409), end: MJD(61409 + 1.0 / 24)))
        #expect(first.centre == SkyPosition(ra: 10, dec: 20))
        #expect(
            first.footprint
                == .field(longitude: 10, latitude: 20, positionAngle: 0, width: 1, height: 0.5))
        #expect(
            survey.observations[2].window == TimeWindow(start: MJD(61414.5), end: MJD(61414.625)))
    }

    @Test("an id of several columns, a duration and an angle are read; no angle is 0")
    func mapping() throws {
        let plan = CaseFixture.plan(
            "{id: name, start: start, end: end, ra: ra, dec: dec, kind: kind}",
            "{id: [night, field], start: t, duration: s, ra: ra, dec: dec, angle: pa}")
        let text =
            "night,field,t,s,ra,dec,pa\n7,A-1,61409,864,10,20,45\n7,A-2,61410.5,864,-10,20,\n"
        let survey = try CaseFixture(["plan.yaml": plan, "survey.csv": text]).read().survey
        #expect(survey.observations.map(\.id.text) == ["7/A-1", "7/A-2"])
        #expect(survey.observations.map(\.window.end) == [MJD(61409.01), MJD(61410.51)])
        #expect(
            survey.observations[0].footprint
                == .field(longitude: 10, latitude: 20, positionAngle: 45, width: 1, height: 0.5))
        #expect(survey.observations[1].centre.ra == 350)
    }

    @Test("an ECSV with spaces is read by its header")
    func ecsv() throws {
        let plan = CaseFixture.plan(
            "file: survey.csv\n  format: csv", "file: survey.ecsv\n  format: ecsv")
        let header = """
            # %ECSV 1.0
            # ---
            # datatype:
            # - {name: name, datatype: string}
            # - {name: start, datatype: string}
            # - {name: end, datatype: string}
            # - {name: ra, unit: deg, datatype: float64}
            # - {name: dec, unit: deg, datatype: float64}
            # - {name: kind, datatype: string}
            # schema: astropy-2.0
            name start end ra dec kind

            """
        let rows = "\"field 1\" \"2027-01-04 00:00:00\" 2027-01-04T01:00:00 1.5 2.5 WIDE\n"
        let survey = try CaseFixture(["plan.yaml": plan, "survey.ecsv": header + rows]).read()
            .survey
        #expect(survey.observations.map(\.id.text) == ["field 1"])
        #expect(survey.observations.map(\.window.start) == [MJD(61409)])
    }

    @Test("a survey with gzip's suffix is unpacked, and its digest is that of the packed file")
    func gzip() throws {
        // gzip of "name,start,end,ra,dec,kind\n1,61409,61409.5,10,20,WIDE\n".
        let base64 = """
            H4sIAAAAAAACA8tLzE3VKS5JLCrRSc1L0SlK1ElJTdbJzsxL4TLUMTM0MbCEkHqmOoYGOkYGOuGeLq5cACmx\
            COM2AAAA
            """
        let data = try #require(Data(base64Encoded: base64))
        let plan = CaseFixture.plan("survey.csv", "survey.csv.gz")
        let fixture = try CaseFixture(data: ["plan.yaml": Data(plan.utf8), "survey.csv.gz": data])
        let planningCase = try fixture.read()
        #expect(planningCase.survey.observations.map(\.id.text) == ["1"])
        #expect(planningCase.inputs.last?.name == "survey.csv.gz")
        #expect(planningCase.inputs.last?.bytes == data.count)
    }

    @Test(
        "a bad row is told with its line, field and value",
        arguments: [
            (
                "1,,2027-01-04,10,20,K",
                "start of observation 1: found nothing, expected ISO 8601 or MJD"
            ),
            (
                "1,yesterday,2027-01-04,10,20,K",
                "start of observation 1: found \"yesterday\", expected ISO 8601 or MJD"
            ),
            (
                "1,2027-01-04,2027-01-04T25:00,10,20,K",
                "end of observation 1: found \"2027-01-04T25:00\", expected ISO 8601 or MJD"
            ),
            (
                "1,2027-01-05,2027-01-04,10,20,K",
                "end of observation 1: found 2027-01-04T00:00:00Z, expected a time not before its start, 2027-01-05T00:00:00Z"
            ),
            (
                "1,2461409.5,2461410.5,10,20,K",
                "start of observation 1: found MJD 2461409.5, expected a time in the years 1970 to 2129"
            ),
            (
                "1,2027-01-04,2027-01-04,,20,K",
                "ra of observation 1: found nothing, expected a number of degrees"
            ),
            (
                "1,2027-01-04,2027-01-04,nan,20,K",
                "ra of observation 1: found \"nan\", expected a number of degrees"
            ),
            (
                "1,2027-01-04,2027-01-04,inf,20,K",
                "ra of observation 1: found \"inf\", expected a number of degrees"
            ),
            (
                "1,2027-01-04,2027-01-04,1e999,20,K",
                "ra of observation 1: found \"1e999\", expected a number of degrees"
            ),
            (
                "1,2027-01-04,2027-01-04,361,20,K",
                "ra of observation 1: found 361, expected a number from -360 to 360, in degrees"
            ),
            (
                "1,2027-01-04,2027-01-04,10,-90.5,K",
                "dec of observation 1: found -90.5, expected a number from -90 to 90, in degrees"
            ),
            (",2027-01-04,2027-01-04,10,20,K", "id: found nothing, expected the observation's id"),
            (
                "9,2027-01-04,2027-01-04,10,20,K",
                "id: found observation 9 a second time, expected each once (the first is in line 2)"
            ),
            ("1,2027-01-04,2027-01-04,10,20", "found 5 fields, expected 6"),
            (
                "1,2027-01-04,2027-01-04,10,20,\"K",
                "found a quote that is never closed, expected a closing quote"
            ),
        ])
    func badRow(row: String, fault: String) throws {
        let text = "name,start,end,ra,dec,kind\n9,2027-01-04,2027-01-04,10,20,K\n\(row)\n"
        #expect(try CaseFixture(["survey.csv": text]).faults() == ["survey.csv:3: \(fault)"])
    }

    @Test("all faults of a row are told")
    func several() throws {
        let text = "name,start,end,ra,dec,kind\n1,x,y,z,0,K\n"
        #expect(try CaseFixture(["survey.csv": text]).faults().count == 3)
    }

    @Test(
        "a survey without anything to plan is refused",
        arguments: [
            ("", ": found an empty file, expected a line of column names"),
            ("name,start,end,ra,dec,kind\n", ": found no observation, expected at least one"),
            (
                "name,start,end,ra,dec,kind\n1,2026-01-04,2026-01-04,10,20,K\n",
                ": found 1 observations that start from 2026-01-04T00:00:00Z to 2026-01-04T00:00:00Z, "
                    + "expected some that start in the period, 2027-01-04T00:00:00Z to 2027-01-11T00:00:00Z"
            ),
            (
                "name,start,end,ra,decl,kind\n1,2027-01-04,2027-01-04,10,20,K\n",
                ":1: dec: found no column dec, expected decl (or another of: name, start, end, ra, decl, kind)"
            ),
        ])
    func empty(text: String, fault: String) throws {
        #expect(try CaseFixture(["survey.csv": text]).faults() == ["survey.csv\(fault)"])
    }
}
