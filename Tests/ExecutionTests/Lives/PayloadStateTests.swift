import Testing

@testable import Execution

@Suite struct PayloadStateTests {
    /// One row a state, one column what may follow, as an operator's handbook has it.
    private static let legal: [PayloadState: Set<PayloadState>] = [
        .unready: [.ready, .held, .completed, .aborted, .pruned],
        .ready: [.assigned, .running, .standBy, .held, .completed, .failed, .aborted],
        .assigned: [.ready, .running, .aborted],
        .running: [.ready, .standBy, .held, .completed, .failed, .aborted],
        .standBy: [.ready, .failed, .aborted],
        .held: [.unready, .completed, .failed, .aborted, .pruned],
        .completed: [.unready],
        .failed: [.unready],
        .aborted: [.unready],
        .pruned: [.unready],
    ]

    @Test(arguments: PayloadState.allCases)
    func `exactly the listed states follow a state`(state: PayloadState) {
        #expect(Set(state.successors) == Self.legal[state])
    }

    @Test func `four states are ends`() {
        #expect(
            PayloadState.allCases.filter(\.isFinal) == [.completed, .failed, .aborted, .pruned])
    }

    @Test func `one who does not see every step sees what several lead to`() {
        #expect(PayloadState.assigned.mayLead(to: .completed))
        #expect(!PayloadState.assigned.mayBecome(.completed))
        // An attempt that was lost and begun again.
        #expect(PayloadState.running.mayLead(to: .running))
        #expect(!PayloadState.running.mayBecome(.running))
    }

    @Test func `the numbers of the states are those of the batch production service`() {
        let numbers = PayloadState.allCases.map { ($0.rawValue, $0.exitStatus) }
        #expect(
            Dictionary(uniqueKeysWithValues: numbers) == [
                "UNREADY": 12, "READY": 13, "ASSIGNED": 14, "RUNNING": 15, "STAND-BY": 15,
                "HELD": 17, "COMPLETED": 0, "FAILED": 19, "ABORTED": 16, "PRUNED": 20,
            ])
        #expect(PayloadState.unknownExitStatus == 10)
    }
}
