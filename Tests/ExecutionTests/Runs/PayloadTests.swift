import Testing

@testable import Execution

@Suite struct PayloadTests {
    private static let events: [Payload.Event] = [
        .parentsDone, .parentFailed, .assigned, .started, .completed,
        .failed(exitCode: 1, message: "m"), .lost(message: "l"), .refused(message: "r"),
    ]

    /// Every legal pair and where it leads; all others are illegal.
    private static let legal: [Payload.State: [Payload.Event: Payload.State]] = [
        .unready: [.parentsDone: .ready, .parentFailed: .pruned],
        .ready: [.assigned: .assigned, .refused(message: "r"): .failed],
        .assigned: [
            .started: .running, .failed(exitCode: 1, message: "m"): .ready,
            .lost(message: "l"): .ready,
        ],
        .running: [
            .completed: .completed, .failed(exitCode: 1, message: "m"): .ready,
            .lost(message: "l"): .ready,
        ],
        .completed: [:], .failed: [:], .pruned: [:],
    ]

    @Test(
        "every event in every state leads where the table says", arguments: Payload.State.allCases)
    func transitions(state: Payload.State) {
        for event in Self.events {
            let after = Payload(node: "n", state: state).after(event, policy: RetryPolicy())
            #expect(after?.state == Self.legal[state]?[event], "\(state) \(event)")
        }
    }

    @Test("a step fails with its last attempt and not before")
    func attempts() throws {
        var payload = Payload(node: "n", state: .running)
        for expected in [Payload.State.ready, .ready, .failed] {
            payload = try #require(
                Payload(node: "n", state: .running, failures: payload.failures)
                    .after(.failed(exitCode: 2, message: "m"), policy: RetryPolicy(attempts: 3)))
            #expect(payload.state == expected)
        }
        #expect(payload.failures == 3)
    }

    @Test("an exit code that is final ends the step at once")
    func finalCode() {
        let policy = RetryPolicy(attempts: 3, finalCodes: [2])
        let running = Payload(node: "n", state: .running)
        #expect(running.after(.failed(exitCode: 2, message: ""), policy: policy)?.state == .failed)
        #expect(running.after(.failed(exitCode: 3, message: ""), policy: policy)?.state == .ready)
    }

    @Test("a lost run uses up no attempt and has a number of its own")
    func losses() throws {
        let running = Payload(node: "n", state: .running, failures: 1)
        #expect(running.attempt == 2)
        let lost = try #require(running.after(.lost(message: "l"), policy: RetryPolicy()))
        #expect(lost.failures == 1)
        #expect(lost.losses == 1)
        #expect(lost.attempt == 3)
    }

    @Test("a step that is lost too often fails")
    func tooManyLosses() {
        let running = Payload(node: "n", state: .running, losses: 2)
        #expect(
            running.after(.lost(message: "l"), policy: RetryPolicy(losses: 2))?.state == .failed)
    }
}
