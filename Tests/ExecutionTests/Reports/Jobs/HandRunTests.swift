import Foundation
import Testing

@testable import Execution

@Suite(.timeLimit(.minutes(12))) struct HandRunTests {
    private let folder: TestFolder

    init() throws {
        folder = try TestFolder()
    }

    private func command() throws -> PayloadCommand {
        try PayloadCommand(
            SampleRuns.diamond([.completed, .failed, .ready, .unready]), payload: "b",
            SampleRuns.configuration, library: nil, isByHand: true)
    }

    @Test("a payload by hand has folders that no attempt has")
    func folders() throws {
        let command = try command()
        #expect(command.logdir == "/state/SDC-FR/runs/RUN_7/b.1.hand")
        #expect(command.workdir == "/storage/SDC-FR/.work/RUN_7/b.1.hand")
        #expect(command.arguments.last == "--o=/storage/SDC-FR/.work/RUN_7/b.1.hand/o.fits")
    }

    @Test("a profiler or debugger stands before the program, Python's own before a script of it")
    func tools() throws {
        let command = try command()
        let installed: (String) -> String? = { "/bin/\($0)" }
        let plain = [command.program] + command.arguments
        #expect(
            HandRun(command, .none, interpreter: nil, find: installed).words == plain)
        let perf = HandRun(command, .profiler, interpreter: nil, find: installed)
        #expect(perf.words.prefix(2) == ["/bin/perf", "record"])
        #expect(Array(perf.words.suffix(plain.count)) == plain)
        #expect(perf.profile == "\(command.logdir)/perf.data")
        let python = HandRun(command, .profiler, interpreter: ["python3"], find: installed)
        #expect(
            python.words.prefix(5)
                == ["python3", "-m", "cProfile", "-o", "\(command.logdir)/profile.pstats"])
        let gdb = HandRun(command, .debugger, interpreter: nil) { _ in nil }
        #expect(gdb.words.prefix(2) == ["gdb", "--args"])
        #expect(gdb.missing == "gdb")
        let pdb = HandRun(command, .debugger, interpreter: ["python3"], find: installed)
        #expect(pdb.words.prefix(3) == ["python3", "-m", "pdb"])
    }

    @Test(
        "a Python script is known by its first line",
        arguments: [
            ("#!/usr/bin/env python3\nprint(1)\n", ["/usr/bin/env", "python3"]),
            ("#!/opt/bin/python3.11 -I\n", ["/opt/bin/python3.11", "-I"]), ("#!/bin/sh\n", nil),
            ("\u{7F}ELF", nil), ("", nil),
        ] as [(String, [String]?)])
    func interpreter(text: String, words: [String]?) throws {
        let path = try folder.write(text, to: "program")
        #expect(HandRun.interpreter(of: path) == words)
    }

    @Test("the last traceback is the backtrace, else the last lines, printable")
    func backtrace() {
        let errors = """
            Traceback (most recent call last):
              first
            other
            Traceback (most recent call last):
              File "a.py", line 1
            ValueError: no stars\u{1B}
            """
        #expect(
            HandRun.backtrace(Data(errors.utf8)) == """
                Traceback (most recent call last):
                  File "a.py", line 1
                ValueError: no stars\u{FFFD}
                """)
        let lines = (1...50).map { "line \($0)" }.joined(separator: "\n")
        #expect(HandRun.backtrace(Data(lines.utf8)).hasPrefix("line 11\n"))
        #expect(HandRun.backtrace(Data()) == "")
    }

    @Test("a failed payload's words become its tag, and its folders stay")
    func tagged() async throws {
        let site = try TestSite()
        try site.addPipeline(
            "observation",
            steps: [("break", "echo \"no stars at $SGS_STEP\" >&2; exit 9", 1)])
        try site.place(site.order("1"))
        try await site.serve("SDC-FR")
        let answer = try await Answer(site, "job", "run", "1/break", "--pipelines", site.pipelines)
        #expect(answer.status == 9)
        #expect(answer.errors.contains("no stars at break"))
        let tags = try await Answer(site, "manage", "tags", "1", "--json").object["tags"]
        let tag = try #require((tags as? [[String: String]])?.first)
        #expect(tag == ["payload": "break", "name": "backtrace", "value": "no stars at break"])
        #expect(answer.lines.first?.hasSuffix("/break.3.hand") == true)
        let debug = try await Answer(
            site, "job", "run", "--debug", "1/break", "--pipelines", site.pipelines)
        #expect(debug.status == 0)
        #expect(debug.text.hasPrefix("mkdir -p "))
        #expect(
            try await Answer(site, "job", "run", "--debug", "--profile", "1/break").status == 64)
    }
}
