import Documents
import Testing

@Suite("Diagnostic")
struct DiagnosticTests {
    @Test("it names file, place, field, what was found and what was expected, in one line")
    func description() {
        let atLine = Diagnostic(
            file: "survey.csv", place: .line(12), field: "start", found: "\"yesterday\"",
            expected: "ISO 8601 or MJD")
        #expect(
            atLine.description
                == "survey.csv:12: start: found \"yesterday\", expected ISO 8601 or MJD")
        let atRecord = Diagnostic(
            file: "survey.xml", place: .record("observation 17"), found: "no pointing",
            expected: "one to four")
        #expect(
            atRecord.description
                == "survey.xml: observation 17: found no pointing, expected one to four")
    }
}
