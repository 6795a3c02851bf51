import Testing

@testable import Payloads

@Suite struct MessageTests {
    private static let order = AttemptOrder(
        id: "run/α#1", token: .max, program: "/bin/sh", arguments: ["-c", "echo \"\n\""],
        environment: ["A": "1", "B": ""], folder: "/f", workFolder: "/w",
        temporaryFolder: "/t", outputs: ["out": "/w/out"],
        limits: AttemptLimits(
            walltime: 0.25, grace: 3, memory: 4, virtualMemory: 5, temporary: 6, log: 7,
            processes: 8), need: Need(cores: 2, memory: 3, gpus: 1))

    private static let result = AttemptResult(
        id: "x", token: 3, start: 1.5, end: 1e9, exit: .signal(9), outOfMemory: .cgroup,
        ended: .walltime,
        usage: Usage(
            userSeconds: 0.1, systemSeconds: 0.2, peakMemory: 3, peakTree: 4, peakVirtual: 5,
            readBytes: 6, writtenBytes: 7),
        outputs: [
            "a": .file(bytes: 3), "b": .missing, "c": .link, "d": .folder, "e": .special,
            "f": .outside, "g": .hardLinked(bytes: 4),
        ], strays: 2, message: "m")

    static let runner: [RunnerMessage] = [
        .hello(version: "v"), .start(order), .cancel(id: "a", grace: 1.5),
        .cancel(id: "a", grace: nil), .withdraw(id: "a"), .acknowledge(id: "a"), .end, .kill,
        .start(
            AttemptOrder(
                id: "b", token: 0, program: "/p", folder: "/f", workFolder: "/w",
                limits: AttemptLimits(walltime: 1))),
    ]

    static let agent: [AgentMessage] = [
        .hello(
            AgentHello(
                pid: 1, cores: 2, memory: 3, gpus: ["0", "GPU-1"], isEnclosed: true,
                attempts: [
                    .init(id: "a", token: 1, state: .ended),
                    .init(id: "b", token: 2, state: .running),
                    .init(id: "c", token: 3, state: .waiting),
                ])),
        .hello(AgentHello(pid: 1, cores: 2, memory: 3, end: 1.75e9, host: "node1")),
        .draining(reason: "walltime"),
        .started(id: "a", pid: 2, time: 0.5), .ended(result),
        .ended(AttemptResult(id: "y", token: 1, start: 0, end: 0, exit: .code(0))),
        .ended(AttemptResult(id: "z", token: 1, start: 0, end: 0, exit: .notStarted("why"))),
        .withdrawn(id: "a"),
        .sample(
            Sample(
                id: "a", time: 1, cpuSeconds: 2, residentKiB: 3, virtualKiB: 4, readBytes: 5,
                writtenBytes: 6, processes: 7)),
        .subjob(id: "a", number: 3, text: "t"), .refused(id: nil, reason: "r"),
        .refused(id: "a", reason: "r"),
    ]

    @Test("a runner's message is one line, and read as what it was", arguments: runner)
    func runnerMessages(message: RunnerMessage) throws {
        let line = message.encoded()
        #expect(line.lastIndex(of: 0x0A) == line.count - 1)
        #expect(line.firstIndex(of: 0x0A) == line.count - 1)
        #expect(try RunnerMessage(line: Array(line.dropLast())) == message)
    }

    @Test("an agent's message is one line, and read as what it was", arguments: agent)
    func agentMessages(message: AgentMessage) throws {
        let line = message.encoded()
        #expect(line.firstIndex(of: 0x0A) == line.count - 1)
        #expect(try AgentMessage(line: Array(line.dropLast())) == message)
    }

    @Test(
        "what is no message is refused with the field",
        arguments: [
            ("[]", "message: expected an object"),
            ("{}", "message: field say: found nothing, expected a text"),
            (
                #"{"say":"jump"}"#,
                #"message: field say: found "jump", expected a message of a runner"#
            ),
            (#"{"say":"cancel","id":3}"#, "message: field id: found 3, expected a text"),
            (
                #"{"say":"cancel","id":"a","grace":1e999}"#,
                "message: field grace: found 1e999, expected a number"
            ),
        ])
    func faults(line: String, fault: String) {
        let error = #expect(throws: PayloadError.self) {
            try RunnerMessage(line: Array(line.utf8))
        }
        #expect(error?.description == fault)
    }

    @Test("an agent of another version is refused with both versions")
    func version() {
        let line = AgentMessage.hello(AgentHello(version: "other/2", pid: 1, cores: 1, memory: 1))
            .encoded().dropLast()
        let error = #expect(throws: PayloadError.self) { try AgentMessage(line: Array(line)) }
        #expect(error?.code == .version)
        #expect(error?.description == "the agent speaks other/2, expected sgs-payload/1")
    }

    @Test("amounts beyond all bounds are refused, none overflows")
    func bounds() {
        let line = String(
            decoding: RunnerMessage.start(Self.order).encoded().dropLast(), as: UTF8.self)
        for (from, to) in [
            ("\"log\":7", "\"log\":9223372036854775807"), ("\"log\":7", "\"log\":-1"),
            ("\"cores\":2", "\"cores\":-2"), ("\"walltime\":0.25", "\"walltime\":-1"),
        ] {
            #expect(throws: PayloadError.self) {
                try RunnerMessage(line: Array(line.replacing(from, with: to).utf8))
            }
        }
    }
}
