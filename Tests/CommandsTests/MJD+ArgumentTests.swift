import ArgumentParser
import Commands
import GroundSegment
import Testing

@Suite("MJDArgument")
struct MJDArgumentTests {
    private struct Ask: ParsableCommand {
        @Option(help: ArgumentHelp("When.", valueName: "date"), transform: MJD.argument)
        var at: MJD?
    }

    @Test(
        "a date is the instant that it names in UTC",
        arguments: [
            ("2027-01-04", 61409.0), ("2027-01-04T12:00:00Z", 61409.5),
            ("2027-01-04T13:00:00+01:00", 61409.5),
        ])
    func dateInstant(text: String, days: Double) throws {
        #expect(try Ask.parse(["--at", text]).at == MJD(days))
    }

    @Test("an option without a date is none")
    func optionWithout() throws {
        #expect(try Ask.parse([]).at == nil)
    }

    @Test(
        "what is no date ends with usage and what was expected",
        arguments: ["yesterday", "2027-02-30", "61409", ""])
    func noDate(text: String) throws {
        let error = #expect(throws: (any Error).self) { try Ask.parse(["--at", text]) }
        let found = try #require(error)
        #expect(
            Ask.message(for: found)
                == "The value '\(text)' is invalid for '--at <date>': expected an ISO 8601 date or"
                + " date and time")
        #expect(Ask.exitCode(for: found).rawValue == ExitStatus.usage.rawValue)
    }
}
