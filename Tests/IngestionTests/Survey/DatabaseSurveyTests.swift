import Foundation
import GRDB
import GroundSegment
import Testing

@testable import Ingestion

@Suite("DatabaseSurvey")
struct DatabaseSurveyTests {
    private static let columns =
        "{id: observationId, start: observationStartMJD, duration: visitTime, ra: fieldRA, "
        + "dec: fieldDec, angle: rotSkyPos, kind: scheduler_note}"

    /// A case whose survey is a database with what `sql` makes.
    private func fixture(_ sql: String, columns: String = columns) throws -> CaseFixture {
        let plan = CaseFixture.plan(
            "file: survey.csv\n  format: csv", "file: opsim.db\n  format: sqlite"
        )
        .replacingOccurrences(
            of: "{id: name, start: start, end: end, ra: ra, dec: dec, kind: kind}", with: columns)
        let fixture = try CaseFixture(["plan.yaml": plan])
        let database = try DatabaseQueue(path: fixture.path + "/opsim.db")
        try database.write { try $0.execute(sql: sql) }
        try database.close()
        return fixture
    }

    private static let table = """
        CREATE TABLE observations (observationId INTEGER PRIMARY KEY, observationStartMJD REAL,
            fieldRA REAL, fieldDec REAL, rotSkyPos REAL, visitTime REAL, scheduler_note TEXT);

        """

    @Test("Rubin's opsim table is read")
    func opsim() throws {
        let survey = try fixture(
            Self.table + """
                INSERT INTO observations VALUES (2, 61410.25, 11.5, -30, 90, 43.2, 'pair'),
                    (1, 61409.5, 10.5, -30, NULL, 43.2, NULL);
                """
        ).read().survey
        #expect(survey.observations.map(\.id.text) == ["1", "2"])
        #expect(survey.observations.map(\.kind) == ["", "pair"])
        #expect(survey.observations.map(\.window.end) == [MJD(61409.5005), MJD(61410.2505)])
        #expect(survey.observations.map(\.centre.ra) == [10.5, 11.5])
    }

    @Test("a bad row is told with its number")
    func badRow() throws {
        let faults = try fixture(
            Self.table + """
                INSERT INTO observations VALUES (1, 61409.5, 10.5, -30, 0, 43.2, 'x'),
                    (2, NULL, 10.5, -95, 0, 43.2, 'x'), (3, 61409.5, 'east', -30, 0, 43.2, 'x');
                """
        ).faults()
        #expect(
            faults == [
                "opsim.db: row 2: start (observationStartMJD) of observation 2: found nothing, expected ISO 8601 or MJD",
                "opsim.db: row 3: ra (fieldRA) of observation 3: found \"east\", expected a number of degrees",
            ])
    }

    @Test("a table that is not there is told with those that are")
    func noTable() throws {
        #expect(
            try fixture("CREATE TABLE visits (x); CREATE TABLE info (x)").faults()
                == ["opsim.db: table: found no table observations, expected one of: info, visits"])
    }

    @Test("a table of another name is read where the request names it")
    func otherTable() throws {
        let sql =
            "CREATE TABLE \"my visits\" (i, t, s, ra, de); INSERT INTO \"my visits\" VALUES ('a', '2027-01-05', 60, 1, 2)"
        let columns = "{id: i, start: t, duration: s, ra: ra, dec: de, table: my visits}"
        #expect(
            try fixture(sql, columns: columns).read().survey.observations.map(\.id.text) == ["a"])
    }

    @Test("a missing column is told with the one that was probably meant")
    func noColumn() throws {
        let columns = Self.columns.replacingOccurrences(of: "rotSkyPos", with: "rotskypos")
        let faults = try fixture(Self.table, columns: columns).faults()
        #expect(faults.count == 1)
        #expect(
            faults.first?.hasPrefix(
                "opsim.db: angle: found no column rotskypos, expected rotSkyPos (")
                == true)
    }

    @Test("a file that is no database is a fault")
    func noDatabase() throws {
        let plan = CaseFixture.plan("format: csv", "format: sqlite")
        let text = String(repeating: "this is a text and no database\n", count: 50)
        #expect(
            try CaseFixture(["plan.yaml": plan, "survey.csv": text]).faults()
                == [
                    "survey.csv: found no usable database (file is not a database), expected an SQLite database"
                ])
    }
}
