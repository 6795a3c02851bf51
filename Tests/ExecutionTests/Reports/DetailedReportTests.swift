import Testing

@testable import Execution

@Suite struct DetailedReportTests {
    @Test("payloads are counted by label and state, the total first")
    func counts() throws {
        let report = DetailedReport(
            try SampleRuns.diamond([.completed, .failed, .running, .pruned]))
        #expect(report.rows.map(\.label) == ["TOTAL", "a", "b", "c", "d"])
        #expect(report.rows.map(\.expected) == [4, 1, 1, 1, 1])
        let total = report.rows[0].states.filter { $0.value > 0 }
        #expect(total == ["SUCCEEDED": 1, "FAILED": 1, "RUNNING": 1, "PRUNED": 1])
        #expect(report.rows[2].states["FAILED"] == 1)
    }

    @Test("the iterations of a parallel node are one label, and it is not counted itself")
    func iterations() throws {
        // split, each, gather, then flat and fit for each of three elements.
        let facts = try SampleRuns.run(
            LifeGraphs.wide(),
            [
                .completed, .running, .unready, .completed, .running, .assigned, .unready, .aborted,
                .held,
            ], expansions: [Expansion(container: 1, .parallel(["x", "y", "z"]))])
        let report = DetailedReport(facts)
        #expect(report.rows.map(\.label) == ["TOTAL", "split", "each.flat", "each.fit", "gather"])
        #expect(report.rows.map(\.expected) == [8, 1, 3, 3, 1])
        #expect(
            report.rows[2].states.filter { $0.value > 0 } == [
                "SUCCEEDED": 1, "PENDING": 1, "DELETED": 1,
            ])
        #expect(
            report.rows[3].states.filter { $0.value > 0 } == [
                "RUNNING": 1, "UNREADY": 1, "HELD": 1,
            ])
    }

    @Test("all states have a column, in the service's order")
    func columns() throws {
        let report = DetailedReport(try SampleRuns.diamond([.ready]))
        let head = report.text.split(separator: "\n")[1]
        #expect(
            head.split(separator: " ").joined(separator: " ")
                == "UNKNOWN MISFIT UNREADY READY PENDING RUNNING DELETED HELD SUCCEEDED FAILED PRUNED EXPECTED"
        )
    }

    @Test(
        "recorded runs of HTCondor give the counts that it and the service recorded of them",
        arguments: [
            "tiny_success", "tiny_problems", "tiny_running", "tiny_prov_no_submit",
            "noop_running_1", "noop_failed_1",
        ])
    func recorded(_ name: String) throws {
        let record = try RecordedDAG(name)
        let report = DetailedReport(SampleRuns.facts(try record.life()))
        let columns: [RecordedDAG.Status: String] = [
            .notReady: "UNREADY", .submitted: "RUNNING", .done: "SUCCEEDED", .error: "FAILED",
            .futile: "PRUNED",
        ]
        func named(_ counts: [RecordedDAG.Status: Int]) -> [String: Int] {
            Dictionary(uniqueKeysWithValues: counts.map { (columns[$0] ?? "", $1) })
        }
        var found: [String: [String: Int]] = [:]
        var expected: [String: Int] = [:]
        for row in report.rows.dropFirst() {
            let label = RecordedDAG.label(row.label)
            found[label, default: [:]].merge(
                row.states.filter { $0.value > 0 }, uniquingKeysWith: +)
            expected[label, default: 0] += row.expected
        }
        #expect(found == record.counts.mapValues(named))
        #expect(expected == record.summary)
        let total = report.rows[0]
        #expect(total.label == "TOTAL")
        #expect(total.expected == record.summary.values.reduce(0, +))
        #expect(
            total.states.filter { $0.value > 0 }
                == record.counts.values.map(named).reduce(into: [:]) {
                    $0.merge($1, uniquingKeysWith: +)
                })
    }
}
