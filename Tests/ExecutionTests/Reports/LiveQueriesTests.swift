import Foundation
import GroundSegment
import Testing

@testable import Execution

/// The real program asked while payloads run.
@Suite(.timeLimit(.minutes(12))) struct LiveQueriesTests {
    @Test("a log is followed until its payload ends; what waits meanwhile says for what")
    func follow() async throws {
        let site = try TestSite()
        let flag = "\(site.folder.path)/flag"
        try site.addPipeline(
            "observation",
            steps: [
                (
                    "first",
                    "echo one; while ! test -e \(flag); do sleep 0.02; done; echo two; echo > $out",
                    1
                ), ("second", "echo > $out", 1),
            ])
        try site.place(site.order("1"))
        async let outcome = site.serve("SDC-FR")
        while try await Answer(site, "job", "show", "1/first").status != 15 {
            try Task.checkCancellation()
        }

        let log = Process()
        log.executableURL = URL(fileURLWithPath: Programs.runner)
        log.arguments = [
            "job", "log", "--follow", "1/first", "--state", site.state, "--storage",
            site.storageRoot,
        ]
        let pipe = Pipe()
        log.standardOutput = pipe
        try log.run()
        #expect(pipe.fileHandleForReading.availableData == Data("one\n".utf8))

        #expect(try await Answer(site, "status", "1").status == 15)
        let page = try await Answer(site, "job", "show", "1/first", "--json").object
        #expect(page["processingStatus"] as? String == "RUNNING")
        #expect(page["started"] is String)
        let why = try await Answer(site, "why", "1").lines
        #expect(why.count == 2)
        #expect(why.last?.contains("waits for first, RUNNING") == true)

        try site.folder.write("", to: "flag")
        #expect(try pipe.fileHandleForReading.readToEnd() == Data("two\n".utf8))
        log.waitUntilExit()
        #expect(log.terminationStatus == 0)
        #expect(try await outcome.completed == 1)
    }

    @Test("the log of a payload that never ran is over when that is known")
    func neverRan() async throws {
        let site = try TestSite()
        try site.addPipeline(
            "observation", steps: [("break", "exit 9", 1), ("never", "echo > $out", 1)])
        try site.place(site.order("1"))
        try await site.serve("SDC-FR")
        #expect(try await Answer(site, "job", "show", "1/never").status == 20)
        let log = try await Answer(site, "job", "log", "-f", "1/never")
        #expect(log.status == 0)
        #expect(log.text.isEmpty)
        #expect(try await Answer(site, "job", "log", "1/never").status == 66)
    }

    @Test("what somebody submitted is told under their name")
    func submitted() async throws {
        let site = try TestSite()
        try site.addPipeline("observation", steps: [("only", "echo > $out", 1)])
        for user in ["anna", "bert"] {
            let submit = try await Answer(
                site, "submit", "observation", "--sdc", "SDC-FR", "--user", user, "--project",
                "euclid", "--campaign", "DR1", "--pipelines", site.pipelines)
            #expect(submit.status == 0, "\(submit.errors)")
        }
        try await site.serve("SDC-FR")
        let report = try await Answer(site, "report", "--hist", "7", "--user", "anna").lines
        #expect(report.count == 2)
        let words = report[1].split(separator: " ")
        #expect(
            words.prefix(7) == ["COMPLETED", "100", "1", "anna", "euclid", "DR1", "observation"])
        #expect(try await Answer(site, "report", "--campaign", "DR1").lines.count == 3)
        #expect(try await Answer(site, "report", "--campaign", "DR2").lines.count == 1)
    }
}
