import Catalogue
import Commands
import GroundSegment
import PostgreSQL
import Testing

@Suite("ReportingErrors")
struct ReportingErrorsTests {
    @Test("what the catalogue throws ends with its line and status")
    func catalogueThrows() async {
        await #expect(throws: CommandError(.stale, "the base moved")) {
            try await reportingErrors { throw CatalogueError(.stale, "the base moved") }
        }
    }

    @Test("a database that does not answer is a service missing")
    func databaseDoes() async throws {
        let error = await #expect(throws: CommandError.self) {
            try await reportingErrors {
                try await Connection.open("host=127.0.0.1 port=1 dbname=none")
            }
        }
        #expect(error?.status == .serviceMissing)
        #expect(error?.lines.count == 1)
    }

    @Test("another error stays what it is")
    func anotherError() async {
        struct Other: Error, Equatable {}
        await #expect(throws: Other()) { try await reportingErrors { throw Other() } }
    }

    @Test("work that succeeds gives its value")
    func workSucceeds() async throws {
        #expect(try await reportingErrors { 7 } == 7)
    }
}
