import Foundation
import Glibc
import Testing

@testable import Payloads

/// The agent, killed at any moment and begun again on the same folder.
@Suite(.timeLimit(.minutes(30)), .serialized) struct AgentKillTests {
    static let ways: [[String]] = [[], ["--no-namespace"]]
    private static let rounds =
        ProcessInfo.processInfo.environment["SGS_TEST_FULL"] == "1" ? 500 : 15

    @Test(
        "no result is half written, none is lost, and what was revoked never runs", arguments: ways)
    func killed(way: [String]) throws {
        let folder = try TestFolder()
        var random = SplitMix(state: 17)
        var number = 0
        for _ in 0..<Self.rounds {
            let agent = try TestAgent(in: folder, options: way)
            let runner = try agent.connect()
            let orders = (number..<number + 8).map { number in
                agent.order("\(number)", "echo x >> ../../journal.\(number); echo \(number) > out")
            }
            number += 8
            for order in orders { try runner.send(.start(order)) }
            var told: [AttemptResult] = []
            for _ in 0..<random.next() % 8 {
                told.append(
                    try runner.first { if case .ended(let result) = $0 { result } else { nil } })
            }
            kill(agent.process, SIGKILL)
            #expect(eventually { !isAlive(agent.process) })
            #expect(Leftovers.kill(AttemptMark(home: agent.home)).isClean)
            let mark = AttemptMark(home: agent.home)
            for result in told {
                #expect(agent.attemptFolder(result.id).condition() == .ended(result))
            }
            for order in orders { try check(order, mark, in: folder) }
        }
    }

    /// What was begun and did not end is taken over: revoked, and begun at most once.
    private func check(_ order: AttemptOrder, _ mark: AttemptMark, in folder: TestFolder) throws {
        let attempt = AttemptFolder(path: order.folder)
        let condition = try attempt.takeOver(mark)
        let runs = folder.size(of: "journal.\(order.id)") ?? 0
        switch condition {
        case .ended(let result):
            #expect(result.exit == .code(0))
            #expect(runs == 2)
            #expect(try folder.text(of: "work/\(order.id)/out") == "\(order.id)\n")
        case .vanished: #expect(runs <= 2)
        case .running: Issue.record("\(order.id) still runs")
        }
    }
}

/// A small generator of numbers with a seed (Steele, Lea and Flood 2014, SplitMix64).
private struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var value = state
        value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
        return value ^ (value >> 31)
    }
}
