import Testing

@testable import Execution

@Suite struct JobFilterTests {
    @Test(
        "a condition chooses among a run and its payloads",
        arguments: [
            ("status = failed", ["7/b"]), ("status!=COMPLETED", ["7", "7/b", "7/d"]),
            ("super_id =", ["7"]), ("name ~ c", ["7/c"]), ("id >= 7/c", ["7/c", "7/d"]),
            ("id = 7", ["7"]), ("id < 8", ["7", "7/a", "7/b", "7/c", "7/d"]), ("id > 7/c", ["7/d"]),
            ("name <= a", ["7/a"]),
        ])
    func filters(text: String, ids: [String]) throws {
        let facts = try SampleRuns.diamond(
            [.completed, .failed, .completed, .pruned], state: .error)
        let filter = try #require(JobFilter(text))
        #expect(ManagedJob.rows(facts, [filter]).map(\.id) == ids)
    }

    @Test("other texts are no conditions", arguments: ["", "status", "owner = x", "= 3", "id ? 3"])
    func faults(text: String) {
        #expect(JobFilter(text) == nil)
    }

    @Test("the parts of a container name it as what holds them")
    func tree() throws {
        let facts = try SampleRuns.run(
            LifeGraphs.wide(), [.completed, .running, .unready, .completed, .running],
            expansions: [Expansion(container: 1, .parallel(["x"]))])
        let rows = ManagedJob.rows(facts)
        #expect(rows.map(\.superId) == [nil, "7", "7", "7", "7/each", "7/each"])
        #expect(rows.last?.id == "7/each.iterations.0.fit")
    }
}
