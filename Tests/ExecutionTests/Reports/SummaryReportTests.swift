import Testing

@testable import Execution

@Suite struct SummaryReportTests {
    @Test(
        "what executes is marked: held payloads before stopped ones, these before failed ones",
        arguments: [
            ([PayloadState.completed, .failed, .aborted, .held], "H"),
            ([.completed, .failed, .aborted, .unready], "D"),
            ([.completed, .failed, .running, .unready], "F"),
            ([.completed, .running, .running, .unready], ""),
        ])
    func flag(states: [PayloadState], flag: String) throws {
        let report = SummaryReport([try SampleRuns.diamond(states)])
        #expect(report.rows.map(\.x) == [flag])
    }

    @Test("what has ended is not marked")
    func ended() throws {
        let states: [PayloadState] = [.completed, .failed, .completed, .pruned]
        let report = SummaryReport([try SampleRuns.diamond(states, state: .error)])
        #expect(report.rows.map(\.x) == [""])
        #expect(report.rows.map(\.state) == ["ERROR"])
    }

    @Test("the columns are those of the batch production service")
    func text() throws {
        let report = SummaryReport([
            try SampleRuns.diamond([.completed, .failed, .running, .unready])
        ])
        #expect(
            report.text == """
                X  STATE      %S  ID  OPERATOR  PROJECT  CAMPAIGN  PAYLOAD  RUN
                F  EXECUTING  25   7  anna      euclid   DR1       p        RUN_7
                """)
    }
}
