import Testing

@testable import Execution

@Suite struct RunStateTests {
    private static let legal: [RunState: Set<RunState>] = [
        .pending: [.executing, .held, .error, .aborted],
        .executing: [.held, .completed, .error, .aborted],
        .held: [.pending, .executing, .completed, .error, .aborted],
        .completed: [.pending],
        .error: [.pending],
        .aborted: [.pending],
    ]

    @Test(arguments: RunState.allCases)
    func `exactly the listed states follow a state`(state: RunState) {
        #expect(Set(state.successors) == Self.legal[state])
    }

    @Test func `a failed run has the number 19, a completed one 0`() {
        #expect(RunState.allCases.map(\.exitStatus) == [14, 15, 17, 0, 19, 16])
    }
}
