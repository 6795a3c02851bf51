import Foundation
import GRDB
import GroundSegment
import Testing

@testable import Ingestion

@Suite("The meaning of a table's columns")
struct FieldMeaningTests {
    private static let inputs = "\(repository)/Tests/Inputs"

    private static func plan(
        _ columns: String = "{id: obs, start: start, duration: exptime, ra: ra, dec: dec}",
        scale: String? = nil, format: String = "ecsv"
    ) -> String {
        CaseFixture.plan(
            "{id: name, start: start, end: end, ra: ra, dec: dec, kind: kind}", columns
        )
        .replacingOccurrences(
            of: "format: csv", with: "format: \(format)" + (scale.map { "\n  scale: \($0)" } ?? "")
        )
        .replacingOccurrences(
            of: "{start: 2027-01-04, end: 2027-01-11}", with: "{start: 2027-03-14, end: 2027-04-12}"
        )
    }

    private func sample(_ name: String) throws -> String {
        try String(contentsOfFile: "\(Self.inputs)/tables/\(name).ecsv", encoding: .utf8)
    }

    private func survey(_ text: String, plan: String = plan()) throws -> SurveyPlan {
        try CaseFixture(["plan.yaml": plan, "survey.csv": text]).read().survey
    }

    private func faults(_ text: String, plan: String = plan()) throws -> [String] {
        try CaseFixture(["plan.yaml": plan, "survey.csv": text]).faults()
    }

    /// An ECSV with commas, whose columns are given but for a row's ra and dec.
    private func table(
        start: String = "{name: start, unit: d, datatype: float64}",
        exptime: String = "{name: exptime, datatype: float64}",
        ra: String = "{name: ra, datatype: float64}", meta: String = "",
        row: String = "A1,61479.25,4200,150,2"
    ) -> String {
        let meta = meta.isEmpty ? "" : "# meta: \(meta)\n"
        return """
            # %ECSV 1.0
            # ---
            # delimiter: ','
            # datatype:
            # - {name: obs, datatype: string}
            # - \(start)
            # - \(exptime)
            # - \(ra)
            # - {name: dec, datatype: float64}
            \(meta)# schema: astropy-2.0
            obs,start,exptime,ra,dec
            \(row)

            """
    }

    @Test("times of each form and scale that astropy writes are the same instants")
    func forms() throws {
        for form in ["isot", "iso", "fits", "mjd", "jd", "pair", "unix", "unix_tai", "gps"] {
            for scale in ["utc", "tai", "tt"] {
                let survey = try survey(try sample("\(form)-\(scale)"))
                let starts = survey.observations.map(\.window.start.days)
                // A Julian Date in one number is exact to 40 microseconds.
                let within = form == "jd" ? 3e-10 : 1.5e-11
                #expect(starts.count == 2)
                #expect(abs(starts[0] - 61479) <= within, "\(form) \(scale): \(starts[0])")
                #expect(
                    abs(starts[1] - 61480.24957465278) <= within, "\(form) \(scale): \(starts[1])")
                #expect(survey.observations.map(\.id) == ["A1", "#2"])
                #expect(survey.observations.map(\.centre.ra).map { $0.rounded() } == [150, 152])
                #expect(abs(survey.observations[0].centre.dec - 2) < 1e-12)
                #expect(abs(survey.observations[1].centre.dec + 28.64788975654116) < 1e-12)
                let length = survey.observations[1].window.days * 86400
                #expect(abs(length - 4290) < 1e-5)
            }
        }
    }

    @Test(
        "a scale or form that is not converted is refused by name",
        arguments: [
            (
                "isot-tdb",
                "the scale TDB (its Time column) of the column start, expected one of UTC, TAI and TT"
            ),
            (
                "isot-tcb",
                "the scale TCB (its Time column) of the column start, expected one of UTC, TAI and TT"
            ),
            (
                "decimalyear-utc",
                "times in the format decimalyear of the column start, expected one of: mjd, jd, iso, isot, fits, unix, unix_tai, gps, or jd1 and jd2"
            ),
        ])
    func refusedTimes(name: String, message: String) throws {
        let faults = try faults(try sample(name))
        #expect(faults.count == 1)
        #expect(faults.first?.hasPrefix("survey.csv:") == true)
        #expect(faults.first?.hasSuffix(": start: found \(message)") == true, "\(faults)")
    }

    @Test("a position in one column is read by its own name or by its parts', where it is ICRS")
    func positions() throws {
        let text = try sample("skycoord")
        for (ra, dec) in [("coord.ra", "coord.dec"), ("coord", "coord")] {
            let columns = "{id: obs, start: start, duration: exptime, ra: \(ra), dec: \(dec)}"
            let survey = try survey(text, plan: Self.plan(columns))
            #expect(survey.observations.map(\.centre.ra) == [150, 152])
            #expect(abs(survey.observations[1].centre.dec + 3) < 1e-12)
            #expect(abs(survey.observations[1].window.days * 86400 - 4290) < 1e-5)
        }
        let swapped = "{id: obs, start: start, duration: exptime, ra: coord.dec, dec: coord.dec}"
        #expect(
            try faults(text, plan: Self.plan(swapped)).first?.contains(
                "ra: found coord.dec, which is not the ra of it, expected coord.ra") == true)
    }

    @Test(
        "a position in another frame or form is refused by name",
        arguments: [
            ("galactic", "l", "b", "galactic (spherical)"),
            ("cartesian", "x", "y", "icrs (cartesian)"),
        ])
    func frames(name: String, ra: String, dec: String, frame: String) throws {
        let columns =
            "{id: obs, start: start, duration: exptime, ra: coord.\(ra), dec: coord.\(dec)}"
        let faults = try faults(try sample(name), plan: Self.plan(columns))
        #expect(faults.count == 2)
        #expect(
            faults.first?.contains(
                "found coord, in the frame \(frame), expected ra and dec in icrs")
                == true, "\(faults)")
    }

    @Test("a masked value is missing, whatever the file has in its place")
    func masked() throws {
        #expect(
            try faults(try sample("masked")) == [
                "survey.csv:27: ra of observation #2: found nothing, expected a number of degrees"
            ])
        let shown = try sample("masked").replacingOccurrences(of: "152.0 True", with: "152.0 False")
        #expect(try survey(shown).observations.map(\.centre.dec) == [2, -0.05])
    }

    @Test("a part of a time is refused: the time is meant as a whole")
    func part() throws {
        let columns = "{id: obs, start: start.jd1, duration: exptime, ra: ra, dec: dec}"
        let faults = try faults(try sample("pair-tai"), plan: Self.plan(columns))
        #expect(
            faults.first?.hasSuffix(
                "start: found start.jd1, a part of start (astropy.time.core.Time), expected start as a whole, or a column of its own"
            ) == true, "\(faults)")
    }

    @Test(
        "a unit that is not converted is refused with its line",
        arguments: [
            (
                "start", "{name: start, unit: s, datatype: float64}",
                "6: start: found unit \"s\" of the column start, expected d (MJD), or none"
            ),
            (
                "start", "{name: start, datatype: bool}",
                "6: start: found datatype bool of the column start, expected float64 (MJD) or string (ISO 8601)"
            ),
            (
                "start", "{name: start, datatype: string, subtype: json}",
                "6: start: found subtype json of the column start, expected one value for each observation"
            ),
            (
                "exptime", "{name: exptime, unit: 60 s, datatype: float64}",
                "7: duration: found unit \"60 s\" of the column exptime, expected s, min, h or d (no unit is s)"
            ),
            (
                "exptime", "{name: exptime, unit: deg, datatype: float64}",
                "7: duration: found unit \"deg\" of the column exptime, expected s, min, h or d (no unit is s)"
            ),
            (
                "ra", "{name: ra, unit: min, datatype: float64}",
                "8: ra: found unit \"min\" of the column ra, expected deg, rad, hourangle, arcmin or arcsec (no unit is deg)"
            ),
            (
                "ra", "{name: ra, datatype: complex128}",
                "8: ra: found datatype complex128 of the column ra, expected a number, float64 or int64"
            ),
        ])
    func units(name: String, column: String, message: String) throws {
        let text =
            switch name {
            case "start": table(start: column)
            case "exptime": table(exptime: column)
            default: table(ra: column)
            }
        #expect(try faults(text) == ["survey.csv:\(message)"])
    }

    @Test(
        "a scale that the header states is that of the times",
        arguments: [
            ("{name: start, unit: d, datatype: float64, description: MJD TAI}", ""),
            ("{name: start, unit: d, datatype: float64, description: 'start (tai), MJD'}", ""),
            ("{name: start, datatype: float64, meta: {TIMESYS: TAI}}", ""),
            ("{name: start, datatype: float64}", "{timesys: tai}"),
            ("{name: start, datatype: float64}", "!!omap [{TIMESYS: IAT}]"),
            (
                "{name: start, datatype: float64}",
                "{__serialized_columns__: {start: !astropy.time.Time {format: mjd, scale: tai, value: !astropy.table.SerializedColumn {name: start}}}}"
            ),
        ])
    func stated(start: String, meta: String) throws {
        let text = table(start: start, meta: meta, row: "A1,61479.00019675926,4200,150,2")
        let survey = try survey(text)
        #expect(survey.observations.map(\.window.start.iso8601) == ["2027-03-14T23:59:40Z"])
        #expect(survey.scales.map(\.scale) == [.tai])
        #expect(try self.survey(text, plan: Self.plan(scale: "tai")) == survey)
        let faults = try faults(text, plan: Self.plan(scale: "utc"))
        #expect(faults.count == 1)
        #expect(
            faults.first?.hasSuffix("of the column start, expected UTC, as survey.scale says")
                == true, "\(faults)")
    }

    @Test("two scales in one header are refused")
    func twoScales() throws {
        let faults = try faults(
            table(start: "{name: start, datatype: float64, description: 'UTC, not TAI'}"))
        #expect(
            faults == [
                "survey.csv:6: start: found the scale UTC (its description) and TAI (its description) of the column start, expected one of UTC, TAI and TT"
            ])
    }

    @Test("survey.scale is that of a table that states none, and a zone contradicts it")
    func requested() throws {
        let csv = "obs,start,exptime,ra,dec\nA1,2027-03-15T00:00:17,60,1,2\n"
        let plan = Self.plan(scale: "tai", format: "csv")
        #expect(
            try survey(csv, plan: plan).observations.map(\.window.start.iso8601)
                == ["2027-03-14T23:59:40Z"])
        #expect(
            try survey(csv, plan: Self.plan(format: "csv")).scales.map(\.reason) == ["by default"])
        for zone in ["Z", "+02:00", "-0100"] {
            let text = csv.replacingOccurrences(of: "00:17,", with: "00:17\(zone),")
            #expect(
                try faults(text, plan: plan) == [
                    "survey.csv:2: start of observation A1: found \"2027-03-15T00:00:17\(zone)\", expected ISO 8601 or MJD of TAI, without a zone, from 1972 on"
                ])
        }
        let early = csv.replacingOccurrences(of: "2027-03-15", with: "1971-03-15")
        #expect(try faults(early, plan: plan).count == 1)
    }

    @Test("a name that says TAI is not read as UTC in silence")
    func names() throws {
        for name in ["start_tai", "midpointMjdTai", "TAI"] {
            let columns = "{id: obs, start: \(name), duration: exptime, ra: ra, dec: dec}"
            let csv = "obs,\(name),exptime,ra,dec\nA1,61480,60,1,2\n"
            #expect(
                try faults(csv, plan: Self.plan(columns, format: "csv")) == [
                    "survey.csv:1: start: found a name that says TAI, and no scale of the column \(name), expected survey.scale in the planning request: tai, tt or utc"
                ])
            let plan = Self.plan(columns, scale: "tt", format: "csv")
            #expect(try survey(csv, plan: plan).observations.count == 1)
        }
    }

    @Test("a scale beside an RSD is refused")
    func rsd() throws {
        let plan = Self.plan(scale: "tai", format: "rsd")
        #expect(
            try faults("<a/>", plan: plan).contains {
                $0.hasSuffix(
                    "survey.scale: found a scale of an RSD, expected none: its times are those of UTC"
                )
            })
    }

    @Test("opsim's dates are UTC by default, which is said, and TAI where the request says so")
    func opsim() throws {
        let columns = "{id: i, start: observationStartMJD, duration: s, ra: ra, dec: de}"
        for (scale, start) in [(nil, "2027-03-15T12:00:00Z"), ("tai", "2027-03-15T11:59:23Z")] {
            let fixture = try CaseFixture([
                "plan.yaml": Self.plan(columns, scale: scale, format: "sqlite"), "survey.csv": nil,
            ])
            let database = try DatabaseQueue(path: fixture.path + "/survey.csv")
            try database.write {
                try $0.execute(
                    sql: """
                        CREATE TABLE observations (i, observationStartMJD, s, ra, de);
                        INSERT INTO observations VALUES (1, 61479.5, 30, 1, 2);
                        """)
            }
            try database.close()
            let survey = try fixture.read().survey
            #expect(survey.observations.map(\.window.start.iso8601) == [start])
            #expect(survey.remarks.isEmpty == (scale != nil))
        }
    }

    @Test("unmapped columns may share a name or lack one; a mapped one may not share its own")
    func shared() throws {
        let csv = "obs,note,start,,exptime,ra,note,dec,\n#1,a,61480,b,60,1,c,2,d\n"
        let plan = Self.plan(format: "csv")
        #expect(try survey(csv, plan: plan).observations.map(\.id) == ["#1"])
        let twice = csv.replacingOccurrences(of: ",note,dec", with: ",ra,dec")
        #expect(
            try faults(twice, plan: plan) == [
                "survey.csv:1: ra: found 2 columns ra, expected one of that name"
            ])
    }

    @Test("a name over two lines is mapped with a space or a line break")
    func lineBreak() throws {
        let csv = "obs,\"start\n(UTC)\",exptime,ra,dec\nA,61480,60,1,2\n"
        for name in ["start (UTC)", "\"start\\n(UTC)\""] {
            let columns = "{id: obs, start: \(name), duration: exptime, ra: ra, dec: dec}"
            #expect(
                try survey(csv, plan: Self.plan(columns, format: "csv")).observations.count == 1)
        }
    }

    @Test("the given inputs: units in the header, and a mark before the first comment")
    func given() throws {
        let folder = "\(Self.inputs)/faults"
        func read(_ name: String, _ file: String) throws -> SurveyPlan {
            let base = try FileManager.default.contentsOfDirectory(atPath: "\(folder)/base/sdcs")
            var files: [String: Data?] = ["survey.csv": nil]
            for sdc in base {
                files["sdcs/\(sdc)"] = try Data(
                    contentsOf: URL(fileURLWithPath: "\(folder)/base/sdcs/\(sdc)"))
            }
            let plan = "\(folder)/\(name)/plan.yaml"
            let request =
                FileManager.default.fileExists(atPath: plan) ? plan : "\(folder)/base/plan.yaml"
            files["plan.yaml"] = try Data(contentsOf: URL(fileURLWithPath: request))
            files[file] = try Data(contentsOf: URL(fileURLWithPath: "\(folder)/\(name)/\(file)"))
            return try CaseFixture(data: files).read().survey
        }
        let units = try read("06-ecsv-header-meaning/case-units", "survey.ecsv").observations
        #expect(units.map(\.centre.ra) == [150, 152])
        #expect(units.allSatisfy { abs($0.centre.dec - 2) < 1e-12 })
        #expect(units.allSatisfy { abs($0.window.days * 86400 - 4200) < 1e-5 })
        let marked = try read("07-bom/case-csv", "survey.csv").observations
        #expect(marked.count == 16)
        #expect(marked.first?.id == "1")
        #expect(marked.first?.window.start.iso8601 == "2027-03-15T06:00:00Z")
    }
}
