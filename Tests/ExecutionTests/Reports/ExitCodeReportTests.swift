import Testing

@testable import Execution

@Suite struct ExitCodeReportTests {
    @Test("own exit codes and the infrastructure's are counted apart, by label")
    func classes() throws {
        let facts = try SampleRuns.diamond(
            [.completed, .failed, .failed, .pruned], state: .error,
            attempts: [
                SampleRuns.attempt(0, .completed, code: 0),
                SampleRuns.attempt(1, number: 1, .failed, code: 1),
                SampleRuns.attempt(1, number: 2, .failed, code: 1),
                SampleRuns.attempt(1, number: 3, .failed, code: 3),
                SampleRuns.attempt(2, number: 1, .failed, code: 137),
                SampleRuns.attempt(2, number: 2, .lost, code: 0),
            ])
        let report = ExitCodeReport(facts)
        #expect(report.rows.map(\.label) == ["b", "c"])
        #expect(report.rows.map(\.payloadErrors) == [3, 0])
        #expect(report.rows.map(\.payloadCodes) == [[1, 3], []])
        #expect(report.rows.map(\.infrastructureErrors) == [0, 2])
        #expect(report.rows.map(\.infrastructureCodes) == [[], [0, 137]])
        let rows = report.text.split(separator: "\n").suffix(2).map {
            $0.split(separator: " ").joined(separator: " ")
        }
        #expect(rows == ["b 3 1, 3 0 None", "c 0 None 2 0, 137"])
    }
}
