/// What a runner found when it was asked for a self-test.
public struct SelfTestReport: Hashable, Sendable {
    /// Something that pipelines may ask for.
    public struct Feature: Hashable, Sendable {
        public let name: String
        /// What was found in its place; empty where it is there.
        public let found: String

        public init(name: String, found: String) {
            self.name = name
            self.found = found
        }

        public var isThere: Bool { found.isEmpty }
    }

    public let features: [Feature]
    /// SHA-256 in hexadecimal, the same wherever the same release does the same; `nil` where the
    /// self-test could not be done.
    public let digest: String?
    /// Why it could not be done; empty where it was.
    public let message: String
    public let window: TimeWindow

    public init(features: [Feature], digest: String?, message: String = "", window: TimeWindow) {
        self.features = features
        self.digest = digest
        self.message = message
        self.window = window
    }

    /// Whether it was done and every feature is there.
    public var isOK: Bool { digest != nil && features.allSatisfy(\.isThere) }
}
