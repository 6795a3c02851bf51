import Campaigns
import Documents
import GroundSegment
import Testing

@Suite struct CampaignFileTests {
    private static func read(_ text: String) throws -> Campaign {
        try CampaignFile.read("x", in: CampaignFolders(texts: ["x": text]))
    }

    private static func faults(_ texts: [String: String]) -> [String] {
        do throws(CampaignError) {
            _ = try CampaignFile.read("x", in: CampaignFolders(texts: texts))
            return []
        } catch {
            return error.diagnostics.map(\.description)
        }
    }

    @Test func `a small campaign has the defaults for what it does not say`() throws {
        let campaign = try Self.read(
            """
            name: x
            tasks:
              - {name: one, per: tile, outputs: [out]}
              - {name: two, per: campaign, inputs: [out]}
            """)
        #expect(
            campaign
                == Campaign(
                    id: "x",
                    graph: try CampaignGraph(
                        tasks: [
                            CampaignTask(
                                id: "one", pipeline: "one", unit: .tile, outputs: ["out"]),
                            CampaignTask(
                                id: "two", pipeline: "two", unit: .campaign, inputs: ["out"]),
                        ])))
    }

    @Test func `a campaign's document is read again as the same campaign`() throws {
        let campaign = try CampaignSamples.full()
        let text = campaign.document.encoded
        let folders = CampaignFolders(texts: ["dr2": text])
        #expect(try CampaignFile.read("dr2", in: folders) == campaign)
        #expect(
            try CampaignFile.read(
                "dr2", in: CampaignFolders(texts: ["dr2": campaign.document.inLines])) == campaign)
        #expect(
            try CampaignFile.read("dr2", in: CampaignFolders(document: text, of: "dr2")) == campaign
        )
    }

    @Test func `what the campaign says for all tasks holds where a task says nothing`() throws {
        let campaign = try Self.read(
            """
            name: x
            release: "9.1"
            items: {tiles: ["1", "2"]}
            policy: {retries: 7, scouts: 5}
            tasks:
              - {name: a, per: tile}
              - {name: b, per: tile, release: "9.2", policy: {scouts: 0, tolerance: 5 %}}
              - {name: c, clone: b, policy: {retries: 1}}
            """)
        let tasks = campaign.graph.tasks
        #expect(tasks.map(\.release) == ["9.1", "9.2", "9.2"])
        #expect(tasks.map(\.policy.retries) == [7, 7, 1])
        #expect(tasks.map(\.policy.scouts) == [5, 0, 0])
        #expect(tasks.map(\.policy.tolerance) == [.count(0), .part(0.05), .part(0.05)])
        #expect(tasks.allSatisfy { $0.items.list == [.tile("1"), .tile("2")] })
    }

    @Test func `all faults of a file are told at once, with line and column`() {
        let faults = Self.faults([
            "x": """
            name: y
            shares: 1
            release: 9.1
            items:
              period: {start: 2027-01-04, end: 2027-01-03}
              region: {cone: {ra: 400, dec: 0, radius: 1}, moc: 3/1}
              query: DELETE FROM sgs.item
            policy: {tolerance: many, retries: -1}
            data:
              - {name: frames, per: galaxy}
            tasks:
              - {name: a b, per: tile}
              - {name: c, per: number, clone: d}
              - {per: tile}
            """
        ])
        #expect(
            faults == [
                "x.yaml:1:1: name: found \"y\", expected x, as the file is called",
                "x.yaml:2:1: shares: found an unknown key, expected share (or another of: "
                    + "campaigns, clone, data, items, name, parameters, policy, priority, release, "
                    + "results, retry, share, survey, tasks, template, title, without)",
                "x.yaml:5:31: items.period.end: found \"2027-01-03\", expected an instant after the "
                    + "start, 2027-01-04",
                "x.yaml:6:48: items.region.moc: found cone beside moc, expected one of: cone, moc",
                "x.yaml:7:3: items.query: found \"DELETE FROM sgs.item\", expected one SELECT "
                    + "without a semicolon, with the columns kind and item",
                "x.yaml:8:10: policy.tolerance: found \"many\", expected a whole number of jobs, or "
                    + "a part such as 5 %",
                "x.yaml:8:27: policy.retries: found \"-1\", expected a whole number from 0 to 1000",
                "x.yaml:10:20: data[0].per: found \"galaxy\", expected one of: observation, tile, "
                    + "number, campaign",
                "x.yaml:12:6: tasks[0].name: found \"a b\", expected a name, or names "
                    + "joined by dots",
                "x.yaml:13:28: tasks[1].clone: found task d, expected a task above",
                "x.yaml:13:6: tasks[1].name: found task c per number without count, expected how "
                    + "many jobs",
                "x.yaml:14:5: tasks[2].name: found nothing, expected a name, or names "
                    + "joined by dots",
            ])
    }

    @Test func `all faults of the graph are told at once, with line and column`() {
        let faults = Self.faults([
            "x": """
            name: x
            data:
              - {name: frames, per: observation}
            tasks:
              - {name: a, per: tile, inputs: [z], outputs: [x]}
              - name: b
                per: tile
                inputs: [x, nothing]
                outputs: [z, x]
              - {name: a, per: tile}
              - {name: n, per: number, count: 5}
              - {name: m, per: number}
            results: [missing]
            """
        ])
        #expect(
            faults == [
                "x.yaml:12:6: tasks[4].name: found task m per number without count, expected how "
                    + "many jobs"
            ])
        let others = Self.faults([
            "x": """
            name: x
            data:
              - {name: frames, per: observation}
            tasks:
              - {name: a, per: tile, inputs: [z], outputs: [x]}
              - name: b
                per: tile
                inputs: [x, nothing]
                outputs: [z, x]
              - {name: a, per: tile}
            results: [missing]
            """
        ])
        #expect(
            others == [
                "x.yaml:3:6: data[0].name: found data set frames, which no task reads, expected a "
                    + "reader of it",
                "x.yaml:5:6: tasks[0].name: found a cycle: a -> b -> a, expected no cycle",
                "x.yaml:8:17: tasks[1].inputs[1]: found data set nothing, which nobody makes, "
                    + "expected an output of a task, or one of data",
                "x.yaml:9:18: tasks[1].outputs[1]: found a second producer of data set x, beside "
                    + "task a, expected one producer of each data set",
                "x.yaml:10:6: tasks[2].name: found a second task named a, expected a name of its own",
                "x.yaml:11:11: results[0]: found data set missing, which nobody makes, expected an "
                    + "output of a task",
            ])
    }

    @Test func `rules for failed jobs are read, and their faults told`() throws {
        let campaign = try Self.read(
            """
            name: x
            tasks: [{name: a, per: tile}]
            retry:
              - {name: disk, source: pipeline, code: [1, 9], message: no space, action: elsewhere}
              - {name: few, code: 42, active: false, action: {limit_retry: 1}}
            """)
        #expect(
            campaign.retry
                == RetryTable(rules: [
                    try RetryRule(
                        "disk", source: .pipeline, codes: 1...9, message: "no space",
                        action: .elsewhere),
                    try RetryRule("few", codes: 42...42, isActive: false, action: .limitRetry(1)),
                ]))
        #expect(
            Self.faults([
                "x": """
                name: x
                tasks: [{name: a, per: tile}]
                retry:
                  - {name: a, code: [9, 1], action: again}
                  - {name: b, message: "(", action: {reduce_input: 2}}
                  - {name: c, message: "(", action: retry}
                  - {name: d, action: retry}
                  - {name: d, action: {}}
                  - {name: d, action: retry}
                """
            ]) == [
                "x.yaml:4:15: retry[0].code: found a list of 2, expected a whole number, or a list of "
                    + "the first and the last",
                "x.yaml:4:29: retry[0].action: found \"again\", expected one of: no_retry, retry, "
                    + "elsewhere, increase_memory, limit_retry, increase_memory_times, "
                    + "increase_time, reduce_input",
                "x.yaml:5:38: retry[1].action.reduce_input: found \"2\", expected a number from "
                    + "0.001 to 1",
                "x.yaml:6:15: retry[2].message: found \"(\", expected a regular expression",
                "x.yaml:8:23: retry[4].action.limit_retry: found nothing, expected one of: "
                    + "limit_retry, increase_memory_times, increase_time, reduce_input",
                "x.yaml:9:6: retry[5].name: found a second rule d, expected a name of its own",
            ])
    }

    @Test func `a region may be a coverage map in either form`() throws {
        let texts = ["3/1 3-6", "{\"3\": [1, 3, 4, 5, 6]}"].map {
            "name: x\nitems: {region: {moc: \($0)}}\ntasks: [{name: a, per: tile}]"
        }
        let regions = try texts.map { try Self.read($0).graph.tasks[0].items.region }
        #expect(regions[0] != nil)
        #expect(regions[0] == regions[1])
        #expect(
            Self.faults([
                "x": "name: x\nitems: {region: {moc: 3/9999}}\ntasks: [{name: a, per: tile}]"
            ]).first?.contains("expected a coverage map of MOC 2.0") ?? false)
    }

    @Test func `a file that is not there or no text is told`() {
        let error = #expect(throws: CampaignError.self) {
            try CampaignFile.read("none", in: CampaignFolders(texts: [:]))
        }
        #expect(error?.code == .unknown)
        #expect(
            error?.description
                == "unknown: none: found no such campaign, expected none.yaml")
        #expect(
            Self.faults(["x": ""]) == [
                "x.yaml: found an empty file, expected a mapping of keys to values"
            ])
        #expect(Self.faults(["x": "[1"]).first?.hasPrefix("x.yaml:") ?? false)
    }
}
