import Foundation
import GroundSegment
import Testing

@testable import Execution

/// What a runner is told of its site: its rules, its release and its room, by the real program.
@Suite(.timeLimit(.minutes(12)), .serialized) struct SiteSettingsTests {
    private let site: OperatedSite

    init() throws {
        site = try OperatedSite()
    }

    private func answer(_ words: String...) async throws -> Answer { try await answer(words) }

    private func answer(_ words: [String]) async throws -> Answer {
        try await Answer(words + ["--state", site.site.state])
    }

    // MARK: - Rules

    @Test("a site's rule decides, and the rules in force are printed")
    func rules() async throws {
        let file = try site.site.folder.write(
            "rules: [{name: give up, code: 9, pattern: no stars, action: abort_run, status: 23}]\n",
            to: "rules.yaml")
        let graph = try site.graph(
            "one",
            [
                .init(
                    id: "a", script: "echo no stars >&2; exit 9",
                    policy: #", "policy": {"attempts": 5}"#)
            ])
        let runner = try site.serve("--verdict-rules", file)
        #expect(try await site.isServed())
        let run = try await site.submit(graph)
        #expect(try await site.reaches(run, .error))
        #expect(try await site.run(run)?.life.returnCode == 23)
        #expect(try await site.run(run)?.life[0].attempts == 1)
        let list = try await answer("rules")
        #expect(list.lines.first == "of the runner of SDC-FR")
        #expect(
            list.lines.dropFirst(2).first?.split(separator: " ", omittingEmptySubsequences: true)
                == ["give", "up", "9", "no", "stars", "active", "abort_run", "23"])
        await #expect(
            try answer("rules", "test", "--code", "9", "--message", "exit code 9: no stars").text
                == "give up: abort_run\n")
        _ = site.drain(runner)
        let rules = try await #require(
            try answer("rules", "--verdict-rules", file, "--json").object["rules"]
                as? [[String: Any]])
        #expect(rules.first?["name"] as? String == "give up")
        #expect(try await answer("rules").lines.first == "everywhere; no runner runs")
    }

    @Test("faults of the rules are told with their places, and nothing is served")
    func badRules() async throws {
        let file = try site.site.folder.write(
            "rules:\n  - name: a\n    action: give_up\n", to: "rules.yaml")
        #expect(try site.serve("--until-idle", "--verdict-rules", file).end() == 65)
        let answer = try await answer("rules", "--verdict-rules", file)
        #expect(answer.status == 65)
        #expect(answer.errors.contains("rules.yaml:3:5: rules[0].action: found \"give_up\""))
    }

    // MARK: - Release

    @Test("an order for another release than the installed one is refused with both, not run")
    func orderRelease() throws {
        let order = site.site.order("1")
        try site.site.place(order)
        #expect(try site.serve("--until-idle", "--release", "2.0").end() == 1)
        let report = try #require(try site.site.report(order))
        #expect(report.event == .fail)
        #expect(report.steps.isEmpty)
        #expect(
            report.message == "release 1.0 of the pipelines' software is wanted, 2.0 is installed")
        let other = site.site.order("2")
        try site.site.place(other)
        try site.site.folder.write("1.0\n", to: "pipelines/RELEASE")
        #expect(try site.serve("--until-idle").end() == 0)
        #expect(try site.site.report(other)?.event == .complete)
    }

    @Test("a submission for another release is refused, and so is a restart")
    func submittedRelease() async throws {
        let graph = try site.graph("one", [.init(id: "a", script: "exit 1")])
        let runner = try site.serve("--release", "1.0")
        #expect(try await site.isServed())
        await #expect(throws: ExecutionError.self) {
            try await site.submit(graph, id: "x", release: "3.1")
        }
        let run = try await site.submit(graph, release: "1.0")
        #expect(try await site.reaches(run, .error))
        _ = site.drain(runner)
        let second = try site.serve("--release", "2.0")
        #expect(try await site.isServed())
        let answer = try await site.give(
            .restart(run: run, payload: nil, resources: [:], graph: nil, force: false))
        #expect(answer.status == 65)
        #expect(
            answer.message
                == "\(run): release 1.0 of the pipelines' software is wanted, 2.0 is installed")
        _ = site.drain(second)
        try site.site.folder.write("2.0\n", to: "pipelines/RELEASE")
        let submitted = try await self.answer(
            "submit", "observation", "--release", "1.0", "--sdc", "SDC-FR", "--pipelines",
            site.site.pipelines)
        #expect(submitted.status == 65)
        #expect(submitted.errors.contains("release 1.0") && submitted.errors.contains("2.0 is"))
    }

    @Test("a run that is under way waits while another release is installed, and then goes on")
    func installedMeanwhile() async throws {
        let graph = try site.graph(
            "two",
            [
                .init(id: "a", script: "say a; wait_for go; echo > $out"),
                .init(id: "b", script: "say b; echo > $out", after: "a"),
            ])
        let first = try site.serve()
        #expect(try await site.isServed())
        let run = try await site.submit(graph, release: "1.0")
        #expect(try await eventually { site.said == ["a"] })
        first.signal(SIGKILL)
        _ = first.end()
        let second = try site.serve("--release", "2.0")
        #expect(try await site.reaches(run, .held))
        try site.open("go")
        #expect(try await site.reaches(run, "a", .completed))
        #expect(
            try await site.run(run)?.life.message
                == "release 1.0 of the pipelines' software is wanted, 2.0 is installed")
        _ = site.drain(second)
        #expect(site.said == ["a"])
        #expect(try site.serve("--until-idle", "--release", "1.0").end() == 0)
        #expect(site.said == ["a", "b"])
    }

    // MARK: - Batch system

    /// What the real program says where SDC-FR's description has this of its batch system.
    private func served(_ batch: String, _ more: [String] = []) async throws -> Answer {
        for (sdc, batch) in [("SDC-IT", ""), ("SDC-FR", batch)] {
            try site.site.folder.write(
                """
                id: \(sdc)
                name: Settings
                country: FR
                cores: 8
                efficiency: 0.8
                storage: 1
                used: 0
                \(batch)
                """, to: "sdcs/\(sdc).yaml")
        }
        return try await answer(
            [
                "run", "--until-idle", "--sdc", "SDC-FR", "--storage", site.site.storageRoot,
                "--pipelines", site.site.pipelines, "--orders", site.site.orders, "--clock",
                "1859-02-25T00:00:00Z", "--sdcs", "\(site.site.folder.path)/sdcs",
            ] + more)
    }

    @Test("all faults of the batch system, the choice and the transport are told at once")
    func badBatch() async throws {
        let answer = try await served(
            """
            batch: slurm
            site:
              batch:
                mode: pilots
                queue: a b
                intervall: 5
                pilots:
                  idle: 0
                  classes:
                    light: {cores: 0, memory: 4132, walltime: 259200}
              choice: {rule: best}
              transport: {kind: tape}
            """)
        #expect(answer.status == 65)
        #expect(answer.text.isEmpty)
        for line in [
            "12:5: site.batch.queue: found \"a b\", expected the name of a queue, without spaces and "
                + "quotes",
            "13:5: site.batch.intervall: found an unknown key, expected interval",
            "15:7: site.batch.pilots.idle: found \"0\", expected a whole number from 1 to 10000000",
            "17:17: site.batch.pilots.classes.light.cores: found \"0\", expected a whole number from 1 "
                + "to 1000000",
            "18:12: site.choice.rule: found \"best\", expected",
            "19:15: site.transport.kind: found \"tape\", expected",
        ] {
            #expect(answer.errors.contains("SDC-FR.yaml:\(line)"), "\(answer.errors)")
        }
        #expect(StoredFiles.names(in: "\(site.site.state)/SDC-FR").isEmpty)
    }

    @Test(
        "what of a batch system cannot be used is refused before anything is served",
        arguments: [
            ("site: {batch: {}}", "batch: found nothing, expected the name of a batch system"),
            ("batch: lsff\nsite: {batch: {}}", "lsff"),
            (
                "batch: slurm\nsite: {batch: {mode: pilots}}",
                "SDC-FR.yaml:9:15: site.batch.pilots: found nothing, expected a mapping"
            ),
            (
                "batch: slurm\nsite: {batch: {mode: pilots, pilots: {classes: {}}}}",
                "SDC-FR.yaml:9:39: site.batch.pilots.classes: found none"
            ),
        ])
    func refusedBatch(_ text: String, _ line: String) async throws {
        let answer = try await served(text)
        #expect(answer.status == 65)
        #expect(answer.errors.contains(line), "\(answer.errors)")
    }

    @Test("without a mapping for it the batch system is not used, and slots are this machine's")
    func unusedBatch() async throws {
        let order = site.site.order("1")
        try site.site.place(order)
        #expect(try await served("batch: slurm", ["--slots", "2"]).status == 0)
        #expect(try site.site.report(order)?.event == .complete)
        #expect(!FileManager.default.fileExists(atPath: "\(site.site.state)/SDC-FR/batch"))
        #expect(!FileManager.default.fileExists(atPath: "\(site.site.state)/SDC-FR/pilots"))
    }

    @Test(
        "what jobs, or all pilots together, can have is known from the description",
        arguments: [
            ("max_jobs: 1", [], "class SDC-FR lacks 1 cores (1025 needed, 1024 there)"),
            (
                "max_jobs: 1", ["--slots", "7"],
                "class SDC-FR lacks 1018 cores (1025 needed, 7 there)"
            ),
            (
                "mode: pilots, pilots: {classes: {small: {cores: 9, memory: 64, walltime: 600}}}",
                [], "class SDC-FR lacks 125 cores (1025 needed, 900 there)"
            ),
        ])
    func room(_ batch: String, _ more: [String], _ lacks: String) async throws {
        #expect(try await served("batch: local\nsite: {batch: {\(batch)}}", more).status == 0)
        let graph = try site.graph("one", [.init(id: "a", script: "echo > $out", cores: 1025)])
        let answer = try await site.give(
            .submit(submission: Submission(id: "x", pipeline: "one"), graph: graph.document))
        #expect(answer.status == 65)
        #expect(answer.message.contains(lacks), "\(answer.message)")
    }

    // MARK: - Exit statuses

    @Test("the status of an abort code is that of the commands that report the run")
    func abortCode() async throws {
        let graph = try site.graph(
            "one",
            [.init(id: "a", script: "exit 77", policy: #", "policy": {"abort_codes": {"77": 42}}"#)]
        )
        let run = try await site.submit(graph)
        #expect(try site.serve("--until-idle").end() == 1)
        #expect(try await answer("status", run).status == 42)
        #expect(try await answer("run", "show", run).status == 42)
        #expect(try await answer("run", "show", run, "--json").object["returnCode"] as? Int == 42)
        #expect(try await answer("job", "show", "\(run)/a").status == 19)
        #expect(try await answer("report", "--id", run).status == 0)
    }

    @Test("who waits for a submission gets the status of the abort code that ended it")
    func abortCodeWaited() async throws {
        try site.site.folder.write(
            """
            {"format": "sgs-graph/2", "name": "stops",
             "nodes": [{"id": "a", "kind": "exec", "policy": {"abort_codes": {"7": 5}},
              "executable": {"name": "a", "command": "/bin/sh", "arguments": ["-c", "exit 7"],
               "resources": {"cores": 1, "ram_MiB": 16, "walltime_s": 60}}}]}
            """, to: "pipelines/stops.json")
        let runner = try site.serve()
        #expect(try await site.isServed())
        let ended = try await answer(
            "submit", "stops", "--wait", "--sdc", "SDC-FR", "--pipelines", site.site.pipelines)
        #expect(ended.status == 5)
        _ = site.drain(runner)
    }

    // MARK: - Refusals

    @Test("a refused command says in which states it is legal")
    func legalStates() async throws {
        let graph = try site.graph("one", [.init(id: "a", script: "echo > $out")])
        let run = try await site.submit(graph)
        let pending = try await site.give(.release(run: run, payload: nil))
        #expect(pending.message == "run 1 is PENDING; release is legal in HELD")
        #expect(pending.legal == ["hold", "priority", "cancel"])
        #expect(try site.serve("--until-idle").end() == 0)
        let cancel = try await site.give(.cancel(run: run, reason: ""))
        #expect(cancel.status == 1)
        #expect(
            cancel.message == "run 1 is COMPLETED; cancel is legal in PENDING, EXECUTING, HELD")
        #expect(cancel.legal == [])
        let hold = try await site.give(.hold(run: run, payload: "a", reason: ""))
        #expect(hold.message == "payload 1/a is COMPLETED; hold is legal in UNREADY, READY")
        let priority = try await site.give(.priority(run: run, payload: "a", value: 3))
        #expect(
            priority.message
                == "payload 1/a is COMPLETED; priority is legal in "
                + "UNREADY, READY, ASSIGNED, RUNNING, STAND-BY, HELD")
        let settle = try await site.give(
            .settle(run: run, payload: "a", completed: true, reason: ""))
        #expect(settle.message == "payload 1/a is COMPLETED; settle is legal in HELD")
        #expect(settle.legal == ["restart"])
    }

    // MARK: - Room

    @Test("what fits nowhere is refused when it is submitted, whether a runner runs or not")
    func fitsNowhere() async throws {
        let graph = try site.graph(
            "one",
            [
                .init(id: "a", script: "say a; echo > $out"),
                .init(id: "b", script: "say b", after: "a", cores: 3),
            ])
        let runner = try site.serve("--memory", "4096")
        #expect(try await site.isServed())
        let lacking = "class SDC-FR lacks 1 cores (3 needed, 2 there)"
        for _ in 1...2 {
            let answer = try await site.give(
                .submit(
                    submission: Submission(id: "x", pipeline: "one"), graph: graph.document))
            #expect(answer.status == 65)
            #expect(answer.message.contains(lacking), "\(answer.message)")
            #expect(answer.run == nil)
            _ = site.drain(runner)
        }
        #expect(site.said.isEmpty)
        try site.site.folder.write(
            """
            {"format": "sgs-graph/2", "name": "deep",
             "nodes": [{"id": "a", "kind": "exec",
              "executable": {"name": "a", "command": "/bin/true",
               "resources": {"cores": 1, "ram_MiB": 16, "walltime_s": 60, "gpus": 2}}}]}
            """, to: "pipelines/deep.json")
        let deep = try await answer(
            "submit", "deep", "--sdc", "SDC-FR", "--pipelines", site.site.pipelines)
        #expect(deep.status == 65)
        #expect(deep.errors.contains("class SDC-FR lacks 2 GPUs (2 needed, 0 there)"))
        #expect(try await answer("run", "list", "--json").object["runs"] as? [String] == [])
    }
}
