import GroundSegment
import Testing

@Suite("DistributionState")
struct DistributionStateTests {
    /// Every legal step; all others are refused.
    private static let legal: [DistributionState: [DistributionState.Event: DistributionState]] = [
        .draft: [.check: .checked, .withdraw: .withdrawn],
        .checked: [.approve: .approved, .withdraw: .withdrawn],
        .approved: [.publish: .published, .withdraw: .withdrawn],
        .published: [.supersede: .superseded, .withdraw: .withdrawn],
        .superseded: [.reinstate: .published],
    ]

    @Test(
        "each event leads where the life cycle says, or nowhere",
        arguments: DistributionState.allCases)
    func transitions(state: DistributionState) {
        for event in DistributionState.Event.allCases {
            #expect(state.after(event) == Self.legal[state]?[event], "\(state) \(event)")
        }
    }

    @Test("nothing is published that was not checked and approved")
    func wayToPublication() {
        let publishing = DistributionState.allCases.filter { $0.after(.publish) != nil }
        let approving = DistributionState.allCases.filter { $0.after(.approve) != nil }
        #expect(publishing == [.approved])
        #expect(approving == [.checked])
    }
}
