import Foundation
import Testing

@testable import Execution

@Suite struct LocalBatchTests {
    private let folder: TestFolder
    private let batch = LocalBatch(wrapper: Programs.wrapper)

    init() throws {
        folder = try TestFolder()
    }

    private func job(_ script: String, walltime: Double = 3600, name: String = "s.1") -> PayloadJob
    {
        PayloadJob(
            program: "/bin/sh", arguments: ["-c", script], environment: ["SGS_ITEM": "17"],
            workFolder: "\(folder.path)/jobs/\(name)",
            folder: PayloadFolder(path: "\(folder.path)/run/\(name)"),
            walltime: walltime, outputs: ["out": "\(folder.path)/jobs/\(name)/out.txt"])
    }

    @Test("a payload completes with its outputs' sizes and digests")
    func completes() async throws {
        let end = try await batch.run(job("printf %s $SGS_ITEM > out.txt")) {}
        guard case .completed(let result, let outputs) = end else {
            Issue.record("\(end)")
            return
        }
        #expect(result.exitCode == 0)
        #expect(result.start <= result.end)
        #expect(
            outputs["out"]
                == FileDigest(
                    bytes: 2,
                    sha256: "4523540f1504cd17100c4835e85b7eefd49911580f8efff0599a8f283be6b9e3"))
    }

    @Test("a failed payload is told with its exit code and its last line on standard error")
    func fails() async throws {
        let end = try await batch.run(job("echo first >&2; echo 'disk on fire' >&2; exit 7")) {}
        guard case .failed(let result, let message) = end else {
            Issue.record("\(end)")
            return
        }
        #expect(result.exitCode == 7)
        #expect(message == "exit code 7: disk on fire")
    }

    @Test("a payload ended by a signal has 128 and its number as exit code")
    func signalled() async throws {
        guard case .failed(let result, _) = try await batch.run(job("kill -9 $$"), started: {})
        else {
            Issue.record("it did not fail")
            return
        }
        #expect(result.exitCode == 137)
    }

    @Test("a payload without one of its outputs has failed")
    func noOutput() async throws {
        guard case .failed(_, let message) = try await batch.run(job("true"), started: {}) else {
            Issue.record("it did not fail")
            return
        }
        #expect(message == "exit code 0 without its output out")
    }

    @Test("a payload is ended with its children when its walltime is over")
    func walltime() async throws {
        let end = try await batch.run(job("sleep 3600 & echo $! > child; wait", walltime: 0.3)) {}
        guard case .failed(_, let message) = end else {
            Issue.record("\(end)")
            return
        }
        #expect(message == "walltime of 0 s is over")
        let text = try String(contentsOfFile: "\(folder.path)/jobs/s.1/child", encoding: .utf8)
        let child = try #require(pid_t(text.trimmingCharacters(in: .whitespacesAndNewlines)))
        #expect(try await eventually { kill(child, 0) != 0 || Self.isZombie(child) })
    }

    @Test("a program that cannot be started is told with the reason")
    func noProgram() async throws {
        let missing = PayloadJob(
            program: "/nowhere/program", arguments: [], environment: [:],
            workFolder: "\(folder.path)/jobs/x",
            folder: PayloadFolder(path: "\(folder.path)/run/x"), walltime: 1, outputs: [:])
        guard case .failed(let result, let message) = try await batch.run(missing, started: {})
        else {
            Issue.record("it did not fail")
            return
        }
        #expect(result.exitCode == 127)
        #expect(message.contains("cannot start /nowhere/program: No such file or directory"))
    }

    @Test("a program that is still being written is started when it is complete")
    func busyProgram() async throws {
        let program = try folder.write("#!/bin/sh\nprintf done > out.txt\n", to: "program")
        chmod(program, 0o755)
        let busy = PayloadJob(
            program: program, arguments: [], environment: [:],
            workFolder: "\(folder.path)/jobs/busy",
            folder: PayloadFolder(path: "\(folder.path)/run/busy"), walltime: 3600,
            outputs: ["out": "\(folder.path)/jobs/busy/out.txt"])
        // A process of its own holds it open, until the payload has tried to start it.
        let writer = Process()
        writer.executableURL = URL(fileURLWithPath: "/bin/sh")
        writer.arguments = [
            "-c", #"exec 9>>"$1"; : >"$1.open"; until [ -e "$2" ]; do sleep 0.05; done"#, "sh",
            program, "\(busy.folder.path)/stderr",
        ]
        try writer.run()
        #expect(
            try await eventually { FileManager.default.fileExists(atPath: "\(program).open") })
        guard case .completed(let result, _) = try await batch.run(busy, started: {}) else {
            Issue.record("it was not started")
            return
        }
        #expect(result.exitCode == 0)
    }

    @Test("a payload whose wrapper is killed is lost, and what it left running is ended")
    func wrapperKilled() async throws {
        let lost = job("echo $$ > pid.part; mv pid.part pid; exec sleep 3600")
        async let end = batch.run(lost) {}
        let lock = "\(lost.folder.path)/lock"
        let pidFile = "\(lost.workFolder)/pid"
        #expect(
            try await eventually {
                FileManager.default.fileExists(atPath: pidFile) && (FileTree.size(lock) ?? 0) > 0
            })
        let wrapper = try #require(
            try String(contentsOfFile: lock, encoding: .utf8).split(separator: " ").first.flatMap {
                pid_t($0)
            })
        kill(wrapper, SIGKILL)
        #expect(try await end == .lost(message: "its wrapper ended without a result"))
        let step = try #require(
            pid_t(
                try String(contentsOfFile: pidFile, encoding: .utf8).trimmingCharacters(
                    in: .whitespacesAndNewlines)))
        #expect(try await eventually { kill(step, 0) != 0 || Self.isZombie(step) })
    }

    @Test("a revoked payload never starts")
    func revoked() async throws {
        let job = job("echo > ran; echo > out.txt")
        try job.folder.revoke()
        #expect(try await batch.run(job) {} == .lost(message: "its wrapper ended without a result"))
        #expect(!FileManager.default.fileExists(atPath: "\(job.workFolder)/ran"))
    }

    @Test("a payload that still runs is waited for by another runner")
    func adopted() async throws {
        let job = job("until test -e go; do sleep 0.02; done; echo done > out.txt")
        async let first = batch.run(job) {}
        #expect(try await eventually { try job.folder.condition() == .running })
        async let second = batch.adopt(job)
        try folder.write("", to: "jobs/s.1/go")
        #expect(try await first == second)
        guard case .completed = try await second else {
            Issue.record("it did not complete")
            return
        }
    }

    private static func isZombie(_ process: pid_t) -> Bool {
        let status = (try? String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8)) ?? ""
        return status.contains(") Z ")
    }
}
