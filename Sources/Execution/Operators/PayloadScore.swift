/// How a payload in line suits a host.
public struct PayloadScore: Hashable, Sendable, Codable {
    public let run: String
    /// Its path.
    public let payload: String
    /// The host's name; empty where there is but one.
    public let pilot: String
    /// Why it does not start there now; `nil` where it may.
    public let reason: String?
    public let terms: [Fitness.Part]
    /// The sum of the terms' products.
    public let total: Double

    init(run: String, payload: String, pilot: String, reason: String?, _ fitness: Fitness) {
        self.run = run
        self.payload = payload
        self.pilot = pilot
        self.reason = reason
        terms = fitness.parts
        total = fitness.total
    }
}
