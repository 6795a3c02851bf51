/// A value of a feature; its place among all values is its bit in a `Situation`.
protocol FeatureValue: CaseIterable, Equatable, Sendable {}

extension FeatureValue {
    /// The place among all values, in the order in which the type names them: the tag of an
    /// enumeration without payloads, which counts its cases (Swift's ABI, "Type Layout").  Sweeps
    /// ask for it a million times, and looking through all values takes most of their time.
    var ordinal: Int { Int(unsafeBitCast(self, to: UInt8.self)) }
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
