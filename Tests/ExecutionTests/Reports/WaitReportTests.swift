import GroundSegment
import Testing

@testable import Execution

@Suite struct WaitReportTests {
    private func reasons(
        _ facts: RunFacts, payload: String? = nil, isServed: Bool = true
    ) throws -> [String] {
        let report = try WaitReport(facts, payload: payload, isServed: isServed, at: MJD(60000))
        return report.rows.map { "\($0.payload ?? "-") \($0.state): \($0.reason)" }
    }

    @Test(
        "each payload that waits has a line with its reason, those that run or are over have none")
    func payloads() throws {
        let facts = try SampleRuns.diamond([.completed, .running, .ready, .unready])
        #expect(
            try reasons(facts) == [
                "c READY: waits for 1 cores, 1024 MiB, or for its turn",
                "d UNREADY: waits for b, RUNNING and 1 more",
            ])
        #expect(
            try reasons(facts, payload: "d") == ["d UNREADY: waits for b, RUNNING and 1 more"])
    }

    @Test("parts of what has not begun wait for it, and the final node for everything")
    func holders() throws {
        let facts = try SampleRuns.run(
            LifeGraphs.diamond(final: LifeGraphs.final()),
            [.completed, .completed, .running, .unready, .unready])
        #expect(
            try reasons(facts) == [
                "d UNREADY: waits for c, RUNNING",
                "end UNREADY: waits for the end of everything else",
            ])
    }

    @Test("a run that nobody serves waits for a runner, one that is held for its release")
    func runs() throws {
        let pending = try SampleRuns.diamond(
            [.unready, .unready, .unready, .unready], state: .pending)
        #expect(
            try reasons(pending, isServed: false) == [
                "- PENDING: no runner serves SDC-FR",
                "- PENDING: its inputs are being brought, or wait for that",
            ])
        let held = try SampleRuns.run(
            LifeGraphs.diamond(), [.completed, .held, .assigned, .unready], state: .held,
            message: "by anna: look at it")
        #expect(
            try reasons(held) == [
                "- HELD: held: by anna: look at it", "b HELD: held: ",
                "c ASSIGNED: its host has been asked to start it",
                "d UNREADY: waits for b, HELD and 1 more",
            ])
    }

    @Test("what is more than the limit is counted")
    func limit() throws {
        let facts = try SampleRuns.diamond([.completed, .running, .ready, .unready])
        let report = try WaitReport(facts, isServed: true, at: MJD(60000), limit: 1)
        #expect(report.rows.map(\.payload) == ["c"])
        #expect(report.more == 1)
        #expect(report.text.hasSuffix("\n1 more"))
    }

    @Test("nothing of a run that is over waits")
    func ended() throws {
        let facts = try SampleRuns.diamond(
            [.completed, .failed, .completed, .pruned], state: .error)
        #expect(try WaitReport(facts, isServed: false, at: MJD(0)).text == "nothing waits")
        let error = #expect(throws: ExecutionError.self) {
            try WaitReport(facts, payload: "x", isServed: false, at: MJD(0))
        }
        #expect(error?.code == .unknownItem)
    }
}
