/// A value of a feature; its place among all values is its bit in a `Situation`.
protocol FeatureValue: CaseIterable, Equatable, Sendable {}

extension FeatureValue {
    /// The place among all values, in the order in which the type names them.
    var ordinal: Int {
        var place = 0
        for value in Self.allCases {
            if value == self { return place }
            place += 1
        }
        return place
    }
}

extension TaskState: FeatureValue {}
extension InputState: FeatureValue {}
extension OutputState: FeatureValue {}
extension InputSummary: FeatureValue {}
extension Arrival: FeatureValue {}
extension JobProgress: FeatureValue {}
extension Outcome: FeatureValue {}
extension ScoutProgress: FeatureValue {}
extension Admission: FeatureValue {}
extension PlacementProgress: FeatureValue {}
extension StepProgress: FeatureValue {}
