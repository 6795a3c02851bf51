import Testing

@testable import Execution

@Suite struct ErrorReportTests {
    @Test("two siblings that failed are both shown")
    func siblings() throws {
        let facts = try SampleRuns.diamond(
            [.completed, .failed, .failed, .pruned], state: .error,
            attempts: [
                SampleRuns.attempt(1, .failed, code: 4), SampleRuns.attempt(2, .failed, code: 5),
            ])
        let report = ErrorReport([facts]) { _ in SampleRuns.configuration }
        #expect(report.rows.map(\.job) == ["RUN_7/b", "RUN_7/c"])
        #expect(report.rows.map(\.exitCode) == [4, 5])
        #expect(
            report.rows.map(\.logdir) == [
                "/state/SDC-FR/runs/RUN_7/b.1", "/state/SDC-FR/runs/RUN_7/c.1",
            ])
    }
}
