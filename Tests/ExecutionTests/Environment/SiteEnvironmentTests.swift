import Foundation
import GroundSegment
import Testing

@testable import Execution

@Suite(.timeLimit(.minutes(12))) struct SiteEnvironmentTests {
    private let folder: TestFolder

    init() throws { folder = try TestFolder() }

    /// A site that knows two releases, and the folder that stands for its repository at `revision`.
    private func describe(revision: Int) throws -> String {
        try folder.write(
            """
            C600230b0ba7620426f2e898f1e1f43c5466efe59
            B1024
            Rd41d8cd98f00b204e9800998ecf8427e
            D240
            S\(revision)
            Nsgs.example.org
            --
            S9999
            """, to: "cvmfs/.cvmfspublished")
        try folder.write("export EDEN=3.0 TOLD=\"$#\"\n", to: "cvmfs/EDEN-3.0/activate")
        return try folder.write(
            """
            id: SDC-FR
            site:
              environment:
                repository: \(folder.path)/cvmfs
                sourcingScripts:
                  Eden-3.0: ["\(folder.path)/cvmfs/EDEN-3.0/activate"]
                  Eden-3.1: \(folder.path)/cvmfs/EDEN-3.1/activate
                revisions: {Eden-3.0: 40, Eden-3.2: 50}
            """, to: "sdcs/SDC-FR.yaml")
    }

    private func environment() throws -> SiteEnvironment {
        try #require(try SiteEnvironment.read(folder: "\(folder.path)/sdcs", sdc: "SDC-FR"))
    }

    @Test func `a release is there when its revision is seen and its scripts can be read`() throws {
        _ = try describe(revision: 42)
        let environment = try environment()
        #expect(environment.releases == ["Eden-3.0", "Eden-3.1", "Eden-3.2"])
        #expect(environment.lack(ofRelease: "Eden-3.0") == nil)
        #expect(
            environment.lack(ofRelease: "Eden-3.1")
                == "release Eden-3.1 needs \(folder.path)/cvmfs/EDEN-3.1/activate: "
                + "No such file or directory")
        #expect(
            environment.lack(ofRelease: "Eden-3.2")
                == "release Eden-3.2 needs revision 50 of \(folder.path)/cvmfs, which is at 42")
        _ = try describe(revision: 50)
        #expect(environment.lack(ofRelease: "Eden-3.2") == nil)
        #expect(environment.refusal(ofRelease: "") == nil)
        #expect(
            environment.refusal(ofRelease: "Eden-9")
                == "release Eden-9 of the pipelines' software is unknown to this site; "
                + "known are Eden-3.0, Eden-3.1, Eden-3.2")
    }

    @Test func `a folder that says no revision has none`() throws {
        try folder.write("C1\n--\nS3\n", to: "other/.cvmfspublished")
        #expect(CatalogueRevision.of("\(folder.path)/other") == nil)
        #expect(CatalogueRevision.of("\(folder.path)/none") == nil)
        // Where the disk keeps such attributes they go before the file.
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = [
            "python3", "-c", "import os, sys; os.setxattr(sys.argv[1], 'user.revision', b'17')",
            "\(folder.path)/other",
        ]
        process.standardError = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        if process.terminationStatus == 0 {
            #expect(CatalogueRevision.of("\(folder.path)/other") == 17)
        }
    }

    @Test func `all faults of a description are told`() {
        let error = #expect(throws: ExecutionError.self) {
            try SiteEnvironment.read(
                """
                site:
                  environment:
                    sourcingScripts: {A: relative, B: [/x, 3], C: []}
                    revisions: {A: many}
                    scripts: none
                """, file: "x.yaml")
        }
        #expect(
            error?.diagnostics.map(\.description) == [
                "x.yaml:3:23: site.environment.sourcingScripts.A: found \"relative\", "
                    + "expected an absolute path",
                "x.yaml:3:36: site.environment.sourcingScripts.B: found a list of 2, "
                    + "expected absolute paths",
                "x.yaml:4:17: site.environment.revisions.A: found \"many\", "
                    + "expected a whole number of at least 1",
                "x.yaml:5:5: site.environment.scripts: found an unknown key, "
                    + "expected one of: repository, revisions, sourcingScripts",
            ], "\(error?.diagnostics.map(\.description) ?? [])")
    }

    @Test func `scripts of Euclid's pipeline runner become those of a description`() throws {
        let text = """
            # ial
            pipelinerunner.pilots.light.CPUcores=2
            environment.sourcingScripts.EDEN-2.1=/cvmfs/a/activate,/cvmfs/b/activate
            environment.sourcingScripts.EDEN-3.0 = /cvmfs/c/activate
            """
        let environment = try SiteEnvironment(properties: text, file: "ial.properties")
        #expect(
            environment.text == """
                environment:
                  sourcingScripts:
                    "EDEN-2.1": ["/cvmfs/a/activate", "/cvmfs/b/activate"]
                    "EDEN-3.0": ["/cvmfs/c/activate"]

                """)
        let indented = environment.text.split(separator: "\n").map { "  \($0)" }
        let again = try SiteEnvironment.read(
            "site:\n" + indented.joined(separator: "\n"), file: "x.yaml")
        #expect(again == environment)
        let error = #expect(throws: ExecutionError.self) {
            try SiteEnvironment(
                properties: "environment.sourcingScripts.A=x\nenvironment.sourcingScripts.B\n",
                file: "p")
        }
        #expect(
            error?.diagnostics.map(\.description) == [
                "p:1: found \"x\", expected absolute paths", "p:2: found B, expected RELEASE=PATH",
            ])
    }

    @Test func `the real program tells what is there, with its exit status`() async throws {
        _ = try describe(revision: 42)
        let places = ["--sdcs", "\(folder.path)/sdcs", "--sdc", "SDC-FR"]
        let one = try await Answer(["env", "check", "Eden-3.0"] + places)
        #expect(one.status == 0, "\(one.errors)")
        #expect(one.lines.last?.split(separator: " ") == ["Eden-3.0", "there", "42"])
        let all = try await Answer(["env", "check", "--json"] + places)
        #expect(all.status == 69)
        let rows = try #require(all.object["releases"] as? [[String: Any]])
        #expect(rows.map { $0["there"] as? Bool } == [true, false, false])
        #expect(try await Answer(["env", "check", "Eden-9"] + places).status == 66)
        #expect(
            try await Answer(["env", "check", "--sdcs", folder.path, "--sdc", "SDC-FR"]).status
                == 66)
        try folder.write("site: {environment: {revisions: {A: 1}}}", to: "bad/SDC-FR.yaml")
        let bad = try await Answer([
            "env", "check", "--sdcs", "\(folder.path)/bad", "--sdc", "SDC-FR",
        ])
        #expect(bad.status == 65)
        #expect(bad.errors.contains("site.environment.repository"))
    }

    // MARK: - Runs

    @Test("the scripts of a run's release are sourced before its programs, which keep their words")
    func sourced() async throws {
        _ = try describe(revision: 42)
        let site = try OperatedSite()
        let graph = try site.graph(
            "g", [.init(id: "a", script: "say \"eden $EDEN $TOLD $#\"; echo > $out")])
        let environment = try environment()
        func submit(_ release: String) async throws -> CommandAnswer {
            try await site.give(
                .submit(
                    submission: Submission(id: release, pipeline: "g", softwareRelease: release),
                    graph: graph.document))
        }
        _ = try await submit("Eden-3.0")
        _ = try await submit("Eden-3.1")
        _ = try await submit("Eden-9")
        _ = try await site.site.runner(site.sdc) {
            $0.environment = environment
        }.run()
        // It sees none of its program's words, and the program all of them.
        #expect(site.said == ["eden 3.0 0 3"])
        func message(_ run: String) async throws -> String {
            try await Answer(site.site, "why", run).text
        }
        #expect(try await message("2").contains("needs \(folder.path)/cvmfs/EDEN-3.1/activate"))
        #expect(
            try await message("3").contains("release Eden-9 of the pipelines' software is unknown"))
        let line = try await Answer(
            site.site, "job", "command", "1/a", "--sdcs", "\(folder.path)/sdcs")
        #expect(
            line.text.contains(" && . \(folder.path)/cvmfs/EDEN-3.0/activate && env "),
            "\(line.text)\(line.errors)")
        let unknown = try await Answer(
            site.site, "job", "command", "3/a", "--sdcs", "\(folder.path)/sdcs")
        #expect(unknown.status == 65)
        // What was missing is there: the next runner goes on.
        try folder.write("EDEN=3.1\nexport EDEN TOLD=x\n", to: "cvmfs/EDEN-3.1/activate")
        _ = try await site.site.runner(site.sdc) { $0.environment = environment }.run()
        #expect(site.said == ["eden 3.0 0 3", "eden 3.1 x 3"])
    }

    @Test("a submission of a release that the site does not have is refused by a runner that runs")
    func refused() async throws {
        _ = try describe(revision: 42)
        var configuration = try OperatedSite().configuration
        configuration.environment = try environment()
        let graph = try OperatedSite().graph("g", [.init(id: "a", script: "echo > $out")])
        func faults(_ release: String) -> [String] {
            configuration.faults(
                Submission(id: "1", pipeline: "g", softwareRelease: release), graph
            ).filter { $0.field == "release" }.map(\.expected)
        }
        #expect(faults("") == [])
        #expect(faults("Eden-3.0") == [])
        #expect(faults("Eden-9") == ["one that the site knows: Eden-3.0, Eden-3.1, Eden-3.2"])
        #expect(faults("Eden-3.2").first?.contains("which is at 42") == true)
    }
}
