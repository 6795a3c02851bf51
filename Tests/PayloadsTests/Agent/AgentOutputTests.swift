import Foundation
import Glibc
import Testing

@testable import Payloads

/// What attempts leave, and where it cannot be left.
@Suite(.timeLimit(.minutes(10))) struct AgentOutputTests {
    private let agent: TestAgent
    private let runner: TestRunner

    init() throws {
        agent = try TestAgent()
        runner = try agent.connect()
    }

    @Test(
        "declared outputs are told as what they are",
        arguments: [
            ("printf abc > out", OutputFact.file(bytes: 3)),
            ("true", .missing),
            ("printf abc > other; ln -s other out", .link),
            ("printf abc > other; ln other out", .hardLinked(bytes: 3)),
            ("mkdir out", .folder),
            ("mkfifo out", .special),
            (": > out", .file(bytes: 0)),
        ])
    func facts(script: String, fact: OutputFact) throws {
        var order = agent.order("a", script)
        order.outputs = ["port": "\(order.workFolder)/out"]
        let result = try runner.run(order)
        #expect(result.exit == .code(0))
        #expect(result.outputs == ["port": fact])
    }

    @Test("an output outside the work folder is none, however its path is written")
    func outside() throws {
        try agent.folder.write("x", to: "work/b/out")
        var order = agent.order("a", "mkdir real; echo x > real/out; ln -s real by; exit 0")
        let work = order.workFolder
        order.outputs = [
            "beside": "\(agent.folder.path)/work/b/out", "up": "\(work)/../b/out",
            "relative": "out", "itself": work, "prefix": "\(work)2/out",
            "by link": "\(work)/by/out", "below": "\(work)/./real//out",
            "no folder": "\(work)/none/out", "below a file": "\(work)/real/out/x",
        ]
        #expect(
            try runner.run(order).outputs == [
                "beside": .outside, "up": .outside, "relative": .outside, "itself": .outside,
                "prefix": .outside, "by link": .link, "below": .file(bytes: 2),
                "no folder": .missing, "below a file": .missing,
            ])
    }

    @Test("a work folder that has become a link holds nothing")
    func movedWorkFolder() throws {
        var order = agent.order("a", "echo x > out; cd ..; mv a b; ln -s b a")
        order.outputs = ["port": "\(order.workFolder)/out"]
        #expect(try runner.run(order).outputs == ["port": .link])
    }

    @Test("bytes of every kind on standard error stay harmless")
    func controlBytes() throws {
        let script = #"printf 'line\n\000\033[31mred\377\t end\n \n' >&2; exit 1"#
        #expect(try runner.run(agent.order("a", script)).exit == .code(1))
        #expect(
            agent.attemptFolder("a").lastErrorLine()
                == "\u{FFFD}\u{FFFD}[31mred\u{FFFD} \u{20}end".replacing("  ", with: "  "))
    }

    @Test("a result that cannot be written is written as soon as it can be")
    func blockedResult() throws {
        let order = agent.order("a", "cd ../..; rm -r attempts/a; echo x > attempts/a; exit 3")
        try runner.send(.start(order))
        #expect(eventually { agent.folder.size(of: "attempts/a") == 2 })
        let other = try runner.run(agent.order("b", "exit 0"))
        #expect(other.exit == .code(0))
        unlink(order.folder)
        let result = try runner.result(of: "a")
        #expect(result.exit == .code(3))
        #expect(agent.attemptFolder("a").condition() == .ended(result))
    }

    /// Whether this process may mount a file system.
    static let mayMount = geteuid() == 0 && mount(at: "/mnt", options: ["--fake"])

    private static func mount(at path: String, options: [String]) -> Bool {
        run("/bin/mount", ["-t", "tmpfs", "-o", "size=1m"] + options + ["tmpfs", path])
    }

    private static func run(_ program: String, _ arguments: [String]) -> Bool {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: program)
        process.arguments = arguments
        process.standardError = FileHandle.nullDevice
        guard (try? process.run()) != nil else { return false }
        process.waitUntilExit()
        return process.terminationStatus == 0
    }

    @Test("on a full disk a result waits for room, and the agent goes on", .enabled(if: mayMount))
    func fullDisk() throws {
        let small = "\(agent.folder.path)/attempts"
        try FolderTree.make(small)
        try #require(Self.mount(at: small, options: []))
        defer { _ = Self.run("/bin/umount", ["-l", small]) }
        // An agent that begins now sees what has been mounted.
        let agent = try TestAgent(in: agent.folder, home: "second")
        let runner = try agent.connect()
        try runner.send(
            .start(
                agent.order(
                    "a", "dd if=/dev/zero of=\(small)/filler bs=4k; echo > full; exit 3")))
        #expect(eventually { agent.folder.exists("work/a/full") })
        var other = agent.order("b", "exit 0")
        other.folder = "\(agent.folder.path)/elsewhere/b"
        #expect(try runner.run(other).exit == .code(0))
        #expect(agent.attemptFolder("a").condition() == .running)
        unlink("\(small)/filler")
        let result = try runner.result(of: "a")
        #expect(result.exit == .code(3))
        #expect(agent.attemptFolder("a").condition() == .ended(result))
    }

    @Test("a result of an attempt's own making is not taken for its result")
    func forgedResult() throws {
        let forged = "{\\\"exit\\\": 0}"
        let order = agent.order(
            "a", "echo \"\(forged)\" > ../../attempts/a/result.json; exec sleep 3600")
        try runner.send(.start(order))
        #expect(eventually { agent.folder.exists("attempts/a/result.json") })
        #expect(agent.attemptFolder("a").condition() == .running)
        try runner.send(.cancel(id: "a", grace: 0))
        let result = try runner.result(of: "a")
        #expect(agent.attemptFolder("a").condition() == .ended(result))
    }

    @Test("what an attempt asks for is told once it is kept, and again until it is acknowledged")
    func subjobs() throws {
        let program = TestAgent.program
        let order = agent.order(
            "a",
            """
            \(program) tell add "tile 7" && \(program) tell "$(printf 'b\\na\\033d')" || exit 9
            SGS_TOKEN=8 \(program) tell forged && exit 8
            exit 0
            """)
        let result = try runner.run(order)
        #expect(result.exit == .code(0))
        #expect(try runner.subjob() == "a 0 add tile 7")
        #expect(try runner.subjob() == "a 1 b\u{FFFD}a\u{FFFD}d")
        #expect(agent.attemptFolder("a").subjobs() == ["add tile 7", "b\u{FFFD}a\u{FFFD}d"])
        let next = try agent.connect()
        #expect(try next.subjob() == "a 0 add tile 7")
        #expect(try next.subjob() == "a 1 b\u{FFFD}a\u{FFFD}d")
        #expect(try next.result(of: "a") == result)
        #expect(
            agent.attemptFolder("a").lastErrorLine()
                == "sdc-payload: no such attempt runs here")
    }
}

extension TestRunner {
    /// The next subjob: the attempt, its number, its text.
    fileprivate func subjob() throws -> String {
        try first { message in
            if case .subjob(let id, let number, let text) = message {
                "\(id) \(number) \(text)"
            } else {
                nil
            }
        }
    }
}
