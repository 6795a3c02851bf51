import Foundation
import Testing

@testable import Execution

/// `batch test` of the real program.
@Suite(.timeLimit(.minutes(10))) struct BatchTestCommandTests {
    private let folder: TestFolder

    init() throws {
        folder = try TestFolder()
    }

    private func answer(_ description: String, _ more: String...) async throws -> Answer {
        let file = try folder.write(description, to: "sdcs/SDC-FR.yaml")
        return try await Answer(
            [
                "batch", "test", "--sdcs", (file as NSString).deletingLastPathComponent, "--sdc",
                "SDC-FR", "--state", folder.path,
            ] + more)
    }

    @Test("it tells what it does, with an example and its exit statuses")
    func help() async throws {
        let answer = try await Answer(["batch", "test", "--help"])
        #expect(answer.status == 0)
        #expect(answer.text.contains("sdc-runner batch test --sdcs sdcs --sdc SDC-FR"))
        #expect(answer.text.contains("Exit status 0 where all is well"))
        #expect(try await Answer(["batch", "--help"]).text.contains("SUBCOMMANDS:\n  test"))
    }

    @Test("where all is well every step says so, and the status is 0")
    func good() async throws {
        let good = try await answer("batch: local\nsite: {batch: {}}\n")
        #expect(good.status == 0, "\(good.text)\(good.errors)")
        #expect(good.lines.allSatisfy { $0.hasPrefix("good  ") })
        #expect(
            good.lines.compactMap { $0.dropFirst(6).split(separator: ":").first.map(String.init) }
                == ["answers", "submit", "run", "folder", "clock", "cancel"])
        let object = try await answer("batch: local\nsite: {batch: {}}\n", "--json").object
        #expect(object["isGood"] as? Bool == true)
        #expect((object["steps"] as? [[String: Any]])?.count == 6)
    }

    @Test("what is wrong is told in words, and the status is 1")
    func bad() async throws {
        let commands = ["sbatch", "squeue", "scancel", "scontrol", "sacct"].map {
            "\($0): \(folder.path)/nowhere/\($0)"
        }.joined(separator: ", ")
        let text = "batch: slurm\nsite: {batch: {commands: {\(commands)}}}\n"
        let bad = try await answer(text, "--patience", "1")
        #expect(bad.status == 1)
        #expect(
            bad.lines.contains {
                $0.hasPrefix("BAD   answers: a program of the system is not on this machine")
            }, "\(bad.text)")
        #expect(
            try await answer(text, "--patience", "1", "--json").object["isGood"] as? Bool == false)
    }

    @Test("faults of the description are told with their lines, and nothing is submitted")
    func faults() async throws {
        let bad = try await answer(
            "batch: slurm\nsite:\n  batch:\n    mode: pilot\n    interval: 0\n")
        #expect(bad.status == 65)
        #expect(bad.text.isEmpty)
        for line in [
            "SDC-FR.yaml:4:5: site.batch.mode: found \"pilot\", expected one of: direct, pilots",
            "SDC-FR.yaml:5:5: site.batch.interval: found \"0\", expected a whole number from 1 to "
                + "86400",
        ] {
            #expect(bad.errors.contains(line), "\(bad.errors)")
        }
        let unknown = try await answer("batch: lsff\nsite: {batch: {}}\n")
        #expect(unknown.status == 65)
        #expect(unknown.errors.contains("lsff"))
    }

    @Test("a site that does not use a batch system, and one that is not described, are told so")
    func unknown() async throws {
        let unused = try await answer("batch: slurm\n")
        #expect(unused.status == 66)
        #expect(unused.errors.contains("found no site.batch, expected how the system is used"))
        for sdc in ["SDC-XX", "../sdcs/SDC-FR"] {
            let missing = try await Answer([
                "batch", "test", "--sdcs", "\(folder.path)/sdcs", "--sdc", sdc,
            ])
            #expect(missing.status == 66)
            #expect(missing.errors.contains("there is no such description"))
        }
    }

    @Test("what cannot be meant is refused", arguments: ["0", "86401", "soon"])
    func usage(_ patience: String) async throws {
        #expect(
            try await answer("batch: local\nsite: {batch: {}}\n", "--patience", patience).status
                == 64)
    }
}
