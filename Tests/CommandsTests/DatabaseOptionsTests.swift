import ArgumentParser
import Commands
import GroundSegment
import Testing

@Suite("DatabaseOptions")
struct DatabaseOptionsTests {
    private struct Ask: ParsableCommand {
        @OptionGroup var options: DatabaseOptions
    }

    @Test("a database that is named goes before everything else")
    func databaseNamed() async throws {
        let asked = try Ask.parse(["--database", "host=example.org dbname=sgs"])
        #expect(
            try await asked.options.address().connectionString == "host=example.org dbname=sgs")
    }

    @Test("a database beside a folder is wrong usage")
    func databaseBeside() throws {
        let error = #expect(throws: (any Error).self) {
            try Ask.parse(["--database", "host=x", "--directory", "y"])
        }
        let found = try #require(error)
        #expect(Ask.message(for: found) == "--database and --directory exclude each other")
        #expect(Ask.exitCode(for: found).rawValue == ExitStatus.usage.rawValue)
    }
}
