import Foundation
import Testing

@testable import Execution

/// What the real program says of pilots, and with which exit status.
@Suite(.serialized, .timeLimit(.minutes(10))) struct PilotCommandTests {
    @Test(
        "every command tells what it does, with an example",
        arguments: [
            (["pilots"], "USAGE: sdc-runner pilots <subcommand>"),
            (["pilots", "list"], "sdc-runner pilots --open --json"),
            (["pilots", "top"], "sdc-runner pilots top --count 10"),
            (["pilots", "import"], "sdc-runner pilots import pilots.properties"),
            (["drain"], "sdc-runner drain --runner"),
        ])
    func help(_ words: [String], _ line: String) async throws {
        let answer = try await Answer(words + ["--help"])
        #expect(answer.status == 0)
        #expect(answer.errors.isEmpty)
        #expect(answer.text.contains(line), "\(answer.text)")
    }

    @Test(
        "what cannot be meant is refused with the status for it",
        arguments: [
            (["pilots", "top", "--count", "0"], "--count 0: expected at least 1"),
            (["pilots", "top", "--count", "many"], "many"),
            (["pilots", "import"], "Missing expected argument '<file>'"),
            (["drain"], "expected either names of pilots, or --all, or --runner"),
            (["drain", "a", "--all"], "expected either names of pilots, or --all, or --runner"),
            (["drain", "--all", "--runner"], "expected either"),
        ])
    func usage(_ words: [String], _ line: String) async throws {
        let answer = try await Answer(words)
        #expect(answer.status == 64)
        #expect(answer.text.isEmpty)
        #expect(answer.errors.contains(line), "\(answer.errors)")
    }

    @Test("a site with a runner is told its pilots, and one without what was noted last")
    func pilots() async throws {
        let site = try PilotedSite(instances: 2)
        let state = ["--state", site.site.site.state]
        #expect(try await Answer(["pilots"] + state).status == 64)
        let runner = try site.runner()
        #expect(try await site.site.isServed())
        let none = try await Answer(["pilots"] + state)
        #expect(none.status == 0)
        #expect(none.text == "no pilots\n")
        let run = try await site.begin()
        let pilot = try #require(try await site.haveConnected(1).first).pilot
        for words in [["pilots"], ["pilots", "list", "--open"], ["pilots", "top"]] {
            let answer = try await Answer(words + state)
            #expect(answer.status == 0)
            #expect(answer.lines.first?.hasPrefix("PILOT") == true)
            #expect(answer.text.contains(pilot) && answer.text.contains("RUNNING"))
        }
        let top = try #require(
            try JSONSerialization.jsonObject(
                with: Data(
                    try await Answer(["pilots", "top", "--count", "1", "--json"] + state).text.utf8)
            )
                as? [[String: Any]])
        #expect(top.count == 1)
        #expect(top.first?["pilot"] as? String == pilot)
        #expect(top.first?["coresUsed"] as? Int == 1)
        let other = try await Answer(["drain", "nobody"] + state)
        #expect(other.status == 66)
        #expect(other.errors.contains("nobody: there is no such pilot"))
        let some = try await Answer(["drain", pilot, "nobody"] + state)
        #expect(some.status == 66)
        #expect(some.text == "\(pilot) drains\n")
        let all = try await Answer(["drain", "--all", "--json"] + state)
        #expect(all.status == 0)
        #expect(all.text.contains("\"\(pilot)\""))
        try site.site.open("go")
        #expect(try await site.site.reaches(run, .completed))
        while try await !site.pilots().allSatisfy(\.isOver) {
            try await Task.sleep(for: .milliseconds(50))
        }
        let ending = try await Answer(["drain", "--runner"] + state)
        #expect(ending.status == 0)
        #expect(ending.lines.first?.wholeMatch(of: /runner [0-9]+ drains/) != nil)
        #expect(runner.end() == 0)
        #expect(try await Answer(["drain", "--all"] + state).status == 69)
        let noted = try await Answer(["pilots"] + state)
        #expect(noted.status == 0)
        #expect(noted.text.contains(pilot))
        #expect(try await Answer(["pilots", "--open"] + state).text == "no pilots\n")
        #expect(try await Answer(["pilots", "top"] + state).text == "no pilots\n")
        #expect(try await eventually { site.processes.isEmpty })
    }

    @Test("a runner without pilots has none to tell of, nor to end")
    func withoutPilots() async throws {
        let site = try OperatedSite()
        let runner = try site.serve()
        #expect(try await site.isServed())
        for words in [["pilots"], ["pilots", "top"], ["drain", "--all"], ["drain", "a"]] {
            let answer = try await Answer(words + ["--state", site.site.state])
            #expect(answer.status == 66)
            #expect(answer.text.isEmpty)
            #expect(answer.errors.contains("has no pilots"), "\(answer.errors)")
        }
        #expect(site.drain(runner) == 0)
    }

    @Test("pilots of Euclid's runner become the stanza; what cannot is told with its line")
    func imports() async throws {
        let folder = try TestFolder()
        let good = try folder.write(
            """
            pipelinerunner.pilots.light.CPUcores=2
            pipelinerunner.pilots.light.rssInMB=4132
            pipelinerunner.pilots.light.walltimeInMin=4320
            drm.defaultQueue.scheduler=slurm

            """, to: "good.properties")
        let answer = try await Answer(["pilots", "import", good])
        #expect(answer.status == 0)
        #expect(
            answer.text == """
                mode: pilots
                pilots:
                  classes:
                    light:
                      cores: 2
                      memory: 4132
                      walltime: 259200

                """)
        #expect(answer.errors == "\(good):4: drm.defaultQueue.scheduler says nothing here\n")
        let bad = try folder.write(
            "pipelinerunner.pilots.a.CPUcores=none\nnothing\n", to: "bad.properties")
        let refused = try await Answer(["pilots", "import", bad])
        #expect(refused.status == 65)
        #expect(refused.text.isEmpty)
        #expect(
            refused.errors.contains(
                "\(bad):1: pipelinerunner.pilots.a.CPUcores: found \"none\", expected 1 to 1000000")
        )
        #expect(refused.errors.contains("\(bad):2: nothing: found no value, expected KEY=VALUE"))
        let missing = try await Answer(["pilots", "import", "\(folder.path)/nowhere"])
        #expect(missing.status == 66)
        #expect(missing.errors.contains("there is no such file"))
    }
}
