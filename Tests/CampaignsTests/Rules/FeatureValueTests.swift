import Testing

@testable import Campaigns

@Suite struct FeatureValueTests {
    private static func ordinals<Value: FeatureValue>(_: Value.Type) -> [Int] {
        Value.allCases.map(\.ordinal)
    }

    @Test func `a value's bit is its place among all values`() {
        let ordinals = [
            Self.ordinals(TaskState.self), Self.ordinals(InputState.self),
            Self.ordinals(OutputState.self), Self.ordinals(InputSummary.self),
            Self.ordinals(Arrival.self), Self.ordinals(JobProgress.self),
            Self.ordinals(Outcome.self), Self.ordinals(ScoutProgress.self),
            Self.ordinals(Admission.self), Self.ordinals(PlacementProgress.self),
            Self.ordinals(StepProgress.self),
        ]
        for own in ordinals { #expect(own == Array(own.indices)) }
        #expect(ordinals.map(\.count) == [30, 6, 5, 5, 4, 4, 3, 4, 3, 2, 4])
    }
}
