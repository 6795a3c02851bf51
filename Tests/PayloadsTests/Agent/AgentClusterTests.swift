import Foundation
import Glibc
import Payloads
import Testing

/// Attempts that were ordered together, by the real agent.
@Suite(.timeLimit(.minutes(10))) struct AgentClusterTests {
    private let agent: TestAgent
    private let runner: TestRunner

    init() throws {
        agent = try TestAgent(cores: 2)
        runner = try agent.connect()
    }

    private func order(_ id: String, _ script: String, in cluster: String? = "c") -> AttemptOrder {
        var order = agent.order(id, script)
        order.cluster = cluster
        return order
    }

    private func journal() throws -> [String] {
        try agent.folder.text(of: "journal").split(separator: "\n").map(String.init)
    }

    private func script(_ id: String, then end: String = "") -> String {
        let journal = "\(agent.folder.path)/journal"
        return "echo \(id) begins >> \(journal); sleep 0.02; echo \(id) ends >> \(journal); \(end)"
    }

    @Test("those of a cluster run one after the other in the room of one, with a result each")
    func inTurn() throws {
        let codes = [0, 3, 0, 1, 0]
        for (place, code) in codes.enumerated() {
            try runner.send(
                .start(order("\(place)", script("\(place)", then: "exit \(code)"))))
        }
        let results = try codes.indices.map { try runner.result(of: "\($0)") }
        #expect(results.map(\.exit) == codes.map { .code($0) })
        // The start is noted once the process is there, which may be a little after it has begun.
        #expect(results.allSatisfy { $0.usage.peakMemory > 0 && $0.end > $0.start })
        for (before, after) in zip(results, results.dropFirst()) {
            #expect(before.start <= after.start)
        }
        #expect(try journal() == codes.indices.flatMap { ["\($0) begins", "\($0) ends"] })
    }

    @Test("others have the room beside a cluster, and come before what follows in no cluster")
    func beside() throws {
        let gate = "\(agent.folder.path)/gate"
        let wait = "until test -e \(gate); do sleep 0.01; done"
        try runner.send(
            .start(order("a", wait)), .start(order("b", "true")),
            .start(order("alone", "true", in: nil)))
        #expect(try runner.result(of: "alone").exit == .code(0))
        let hello = try agent.connect().connection.hello
        #expect(hello.attempts.filter { $0.id == "a" }.map(\.state) == [.running])
        #expect(hello.attempts.filter { $0.id == "b" }.map(\.state) == [.waiting])
        #expect(hello.attempts.filter { $0.id == "b" }.map(\.cluster) == ["c"])
        try agent.folder.write("", to: "gate")
    }

    @Test("one that is withdrawn, cancelled or cannot begin leaves its turn to the next")
    func leaves() throws {
        var missing = order("c", "true")
        missing.program = "/nowhere"
        try runner.send(
            .start(order("a", "exec sleep 3600")), .start(order("b", "true")), .start(missing),
            .start(order("d", "true")), .withdraw(id: "b"))
        #expect(try runner.withdrawn() == "b")
        _ = try runner.started("a")
        try runner.send(.cancel(id: "a", grace: nil))
        #expect(try runner.result(of: "a").ended == .cancelled)
        guard case .notStarted = try runner.result(of: "c").exit else {
            Issue.record("it began")
            return
        }
        #expect(try runner.result(of: "d").exit == .code(0))
        // Its name may be used again when nothing of it is left.
        #expect(try runner.run(order("e", "true")).exit == .code(0))
    }
}
