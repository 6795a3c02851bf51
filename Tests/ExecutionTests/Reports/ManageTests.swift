import Foundation
import GroundSegment
import Testing

@testable import Execution

/// The manager's commands, given to a store that no runner serves.
@Suite(.timeLimit(.minutes(12))) struct ManageTests {
    private let site: TestSite

    /// Run 1 has failed.
    init() async throws {
        site = try TestSite()
        try site.addPipeline(
            "observation", steps: [("good", "echo > $out", 1), ("break", "exit 9", 1)])
        try site.place(site.order("1"))
        try await site.serve("SDC-FR")
    }

    @Test("runs and payloads are one list, chosen by conditions")
    func list() async throws {
        let jobs =
            try await Answer(site, "manage", "list", "--json").object["jobs"] as? [[String: Any]]
        #expect(jobs?.map { $0["id"] as? String } == ["1", "1/good", "1/break"])
        #expect(jobs?.map { $0["super_id"] as? String } == [nil, "1", "1"])
        #expect(jobs?.map { $0["status"] as? String } == ["ERROR", "COMPLETED", "FAILED"])
        let failed = try await Answer(site, "manage", "list", "status = failed", "super_id = 1")
        #expect(failed.lines.count == 2)
        #expect(failed.lines.last?.hasPrefix("1/break  1         break  FAILED") == true)
        #expect(try await Answer(site, "manage", "list", "status FAILED").status == 64)
        #expect(try await Answer(site, "manage", "tags", "1").lines.count == 1)
    }

    @Test("of two who abort a run one does it, and the other is told what it is")
    func race() async throws {
        let library = try PipelineLibrary(folder: site.pipelines, searchPath: [])
        let pipeline = try #require(library.pipelines["observation"])
        let answer = try await RunnerControl(
            RunnerConfiguration(storage: site.storage("SDC-FR"), state: site.state, room: site.room)
        ).give(
            .submit(
                submission: Submission(id: "s", pipeline: "observation"), graph: pipeline.document),
            by: "anna")
        #expect(answer.isDone)
        #expect(try await Answer(site, "status", "2").status == 14)
        #expect(try await Answer(site, "why", "2").text.contains("no runner serves SDC-FR"))
        let site = site
        let answers = try await withThrowingTaskGroup(of: Answer.self) { group in
            for _ in 0..<2 { group.addTask { try await Answer(site, "manage", "abort", "2") } }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(answers.map(\.status).sorted() == [0, 1])
        #expect(answers.first { $0.status == 1 }?.errors.contains("legal now:") == true)
        #expect(try await Answer(site, "status", "2").status == 16)
        #expect(try await Answer(site, "manage", "reset", "2").status == 0)
        #expect(try await Answer(site, "status", "2").status == 14)
    }

    @Test("a run is made, edited, linked, cloned, submitted and removed by the manager's words")
    func words() async throws {
        func manage(_ words: String...) async throws -> Answer {
            try await Answer(
                ["manage"] + words + ["--state", site.state, "--storage", site.storageRoot])
        }
        let made = try await manage(
            "create", "observation", "--pipelines", site.pipelines, "--description", "for May")
        #expect(made.status == 0, "\(made.errors)")
        let name = try #require(made.text.split(separator: " ").first.map(String.init))
        #expect(made.text == "\(name) was made; it is not submitted\n")
        #expect(try await manage("create", "none", "--pipelines", site.pipelines).status == 66)
        #expect(
            try await manage(
                "create", "observation", "--pipelines", site.pipelines, "--input", "x=/y"
            ).status == 65)
        #expect(
            try await manage("edit", "2", "--config", "priority=7").text
                == "\(name): edited, now HELD\n")
        let wrong = try await manage("edit", "2", "--config", "colour=red")
        #expect(wrong.status == 65)
        #expect(wrong.text.hasPrefix("config colour: expected one of release, "))
        #expect(try await manage("edit", "2").status == 64)
        #expect(try await manage("edit", "2", "--config", "release").status == 64)
        #expect(
            try await manage("link", "2", "1").text
                == "\(name): needs run 1, which failed, now HELD\n")
        let clone = try await manage("clone", "2")
        #expect(clone.status == 0)
        #expect(try await manage("link", "1", "2").status == 65)
        let list = try await Answer(site, "manage", "list", "id = 2", "--json").object["jobs"]
        let row = try #require((list as? [[String: Any]])?.first)
        #expect(
            Set(row.keys) == [
                "id", "super_id", "name", "status", "created", "queued", "started", "ended",
            ])
        #expect(row["status"] as? String == "HELD")
        #expect(row["queued"] is NSNull && row["created"] is String)
        #expect(
            try await manage("list").lines.first?.split(separator: " ").map(String.init) == [
                "ID", "SUPER_ID", "NAME", "STATUS", "CREATED", "QUEUED", "STARTED", "ENDED",
            ])
        let page = try await Answer(site, "manage", "show", "2")
        #expect(page.status == 17)
        #expect(page.text.contains(/Description +for May/))
        #expect(page.text.contains(/Needs +1 ERROR/))
        #expect(try await manage("graph", "1").text.contains(/needed by +2 +RUN_.* +HELD/))
        #expect(try await manage("submit", "2").text == "\(name): submitted, now PENDING\n")
        #expect(try await Answer(site, "why", "2").text.contains("needs run 1, which failed"))
        let late = try await manage("submit", "2")
        #expect(late.status == 1)
        #expect(
            late.errors == """
                sdc-runner: \(name) is PENDING, not to be submitted
                sdc-runner: legal now: hold, priority, cancel, link, remove

                """)
        #expect(try await manage("unlink", "2", "1").status == 0)
        #expect(try await manage("unlink", "2", "1").status == 66)
        #expect(try await manage("remove", "2").text == "\(name): removed\n")
        let gone = try await manage("remove", "2")
        #expect(gone.status == 66)
        #expect(gone.errors.hasPrefix("sdc-runner: there is no run 2: it was removed at 2"))
        #expect(try await manage("list", "id = 3").lines.count == 2)
    }

    @Test("a run that is not there is not changed")
    func unknown() async throws {
        #expect(try await Answer(site, "manage", "abort", "4").status == 66)
        #expect(try await Answer(site, "manage", "reset", "1/nothing").status == 66)
    }
}
