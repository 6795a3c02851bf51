import Foundation
import GRDB
import GroundSegment
import Testing

@testable import Ingestion

@Suite("CaseDraft")
struct CaseDraftTests {
    private func draft(
        _ survey: String, from start: String = "2027-01-04", to end: String = "2027-01-11"
    ) throws -> CaseDraft {
        let start = try #require(MJD(iso8601: start))
        let end = try #require(MJD(iso8601: end))
        return try CaseDraft(
            CaseDraft.Request(
                name: "test-1", survey: survey, period: TimeWindow(start: start, end: end),
                sdcs: "sdcs"))
    }

    /// The draft of a file of this name and content, and the case that it makes.
    private func make(_ name: String, _ text: String) throws -> (CaseDraft, PlanningCase) {
        let fixture = try CaseFixture([name: text, "survey.csv": nil])
        let draft = try draft("\(fixture.path)/\(name)")
        try Data(draft.plan.utf8).write(
            to: URL(fileURLWithPath: "\(fixture.path)/plan.yaml"))
        return (draft, try fixture.read())
    }

    @Test("columns are found by name and value, and the case is read")
    func csv() throws {
        let (draft, made) = try make(
            "visits.csv",
            """
            obs_id,Program,start_utc,duration_s,RA (deg),Dec (deg),pa
            a,WIDE,2027-01-04T00:00:00Z,3600,10,20,
            b,DEEP,2027-01-05T12:00:00Z,3600,11,20,30

            """)
        #expect(
            draft.guesses.contains(
                "survey.columns.duration: duration_s, whose first value is \"3600\""))
        #expect(made.survey.observations.map(\.id) == ["a", "b"])
        #expect(made.survey.observations.map(\.kind) == ["WIDE", "DEEP"])
        #expect(abs(made.survey.observations[0].window.days - 1.0 / 24) < 1e-9)
    }

    @Test("two columns name an observation where neither does alone")
    func joinedIdentifier() throws {
        let (_, made) = try make(
            "pairs.csv",
            """
            sbid,field,start,end,ra,dec
            1,x,2027-01-04,2027-01-05,10,20
            1,y,2027-01-05,2027-01-06,11,20
            2,x,2027-01-06,2027-01-07,12,20

            """)
        #expect(made.survey.observations.map(\.id) == ["1/x", "1/y", "2/x"])
    }

    @Test("an RSD is recognised by its content")
    func rsd() throws {
        let draft = try draft("\(repository)/surveys/euclid-2027q1/survey-r0.xml")
        #expect(draft.guesses.contains("survey.format: rsd, because the file is XML"))
        #expect(draft.plan.contains("field: {width: 0.74, height: 0.76}"))
    }

    @Test("the columns of an opsim database are found")
    func opsim() throws {
        let fixture = try CaseFixture()
        let path = "\(fixture.path)/opsim.db"
        let database = try DatabaseQueue(path: path)
        try database.write { database in
            try database.execute(
                sql: """
                    CREATE TABLE info (key TEXT);
                    CREATE TABLE observations (observationId INTEGER, fieldRA REAL, fieldDec REAL,
                        observationStartMJD REAL, visitTime REAL, rotSkyPos REAL);
                    INSERT INTO observations VALUES (0, 10, -20, 61409.5, 34, 12.5);
                    INSERT INTO observations VALUES (1, 13, -20, 61410.5, 34, 12.5);
                    """)
        }
        try database.close()
        let draft = try draft(path)
        #expect(
            draft.plan.contains(
                "columns: {id: observationId, start: observationStartMJD, duration: visitTime,"
                    + " ra: fieldRA, dec: fieldDec, angle: rotSkyPos}"))
        try Data(draft.plan.utf8).write(to: URL(fileURLWithPath: "\(fixture.path)/plan.yaml"))
        #expect(try fixture.read().survey.observations.map(\.id) == ["0", "1"])
    }

    @Test("fields that no column fits are all told with what was found")
    func missing() throws {
        let failure = #expect(throws: IngestionError.self) {
            try draft("\(repository)/surveys/desi-2026/tiles-main-20260605-rev07345.ecsv.gz")
        }
        #expect(failure?.code == .noDraft)
        let fields = failure?.diagnostics.compactMap(\.field)
        #expect(fields == ["end", "start"])
        #expect(failure?.diagnostics.first?.found.hasPrefix("columns TILEID, PASS, RA") == true)
    }

    @Test("a column of the right name and wrong values is told by its first value")
    func wrongValues() throws {
        let fixture = try CaseFixture([
            "bad.csv": "id,start,end,ra,dec\n1,yesterday,2027-01-05,10,20\n"
        ])
        let failure = #expect(throws: IngestionError.self) {
            try draft("\(fixture.path)/bad.csv")
        }
        #expect(failure?.diagnostics.count == 1)
        #expect(failure?.diagnostics.first?.found == "start, which has \"yesterday\"")
    }
}
