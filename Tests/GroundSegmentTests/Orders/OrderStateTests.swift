import GroundSegment
import Testing

@Suite("OrderState")
struct OrderStateTests {
    /// Every legal step; all others are refused.
    private static let legal: [OrderState: [OrderState.Event: OrderState]] = [
        .allocated: [.take: .executing, .withdraw: .withdrawn],
        .executing: [.complete: .completed, .fail: .error, .abort: .aborted],
        .error: [.retry: .allocated],
        .aborted: [.retry: .allocated],
    ]

    @Test("each event leads where the life cycle says, or nowhere", arguments: OrderState.allCases)
    func transitions(state: OrderState) {
        for event in OrderState.Event.allCases {
            #expect(state.after(event) == Self.legal[state]?[event], "\(state) \(event)")
        }
    }

    @Test("a runner has more to do only for allocated and executing orders")
    func final() {
        #expect(
            OrderState.allCases.filter { !$0.isFinal } == [.allocated, .executing])
    }

    @Test("the states have the archive's words")
    func words() {
        #expect(
            OrderState.allCases.map(\.rawValue) == [
                "ALLOCATED", "EXECUTING", "COMPLETED", "ERROR", "ABORTED", "WITHDRAWN",
            ])
    }
}
