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
    func list() throws {
        let jobs = try Answer(site, "manage", "list", "--json").object["jobs"] as? [[String: Any]]
        #expect(jobs?.map { $0["id"] as? String } == ["1", "1/good", "1/break"])
        #expect(jobs?.map { $0["super_id"] as? String } == [nil, "1", "1"])
        #expect(jobs?.map { $0["status"] as? String } == ["ERROR", "COMPLETED", "FAILED"])
        let failed = try Answer(site, "manage", "list", "status = failed", "super_id = 1")
        #expect(failed.lines.count == 2)
        #expect(failed.lines.last?.hasPrefix("1/break  1         break  FAILED") == true)
        #expect(try Answer(site, "manage", "list", "status FAILED").status == 64)
        #expect(try Answer(site, "manage", "tags", "1").lines.count == 1)
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
        #expect(try Answer(site, "status", "2").status == 14)
        #expect(try Answer(site, "why", "2").text.contains("no runner serves SDC-FR"))
        let site = site
        let answers = try await withThrowingTaskGroup(of: Answer.self) { group in
            for _ in 0..<2 { group.addTask { try Answer(site, "manage", "abort", "2") } }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(answers.map(\.status).sorted() == [0, 1])
        #expect(answers.first { $0.status == 1 }?.errors.contains("legal now:") == true)
        #expect(try Answer(site, "status", "2").status == 16)
        #expect(try Answer(site, "manage", "reset", "2").status == 0)
        #expect(try Answer(site, "status", "2").status == 14)
    }

    @Test("a run that is not there is not changed")
    func unknown() throws {
        #expect(try Answer(site, "manage", "abort", "4").status == 66)
        #expect(try Answer(site, "manage", "reset", "1/nothing").status == 66)
    }
}
