/// How many short payloads are handed to a host together, to run one after the other in the room
/// of one; each keeps an attempt, a result and a verdict of its own.
///
/// After the quantum clustering of Rubin's ctrl_bps (a largest size, and the dimensions that all
/// of a cluster share) and the job sizing of PanDA's JEDI (by walltime).
public struct ClusterTerms: Hashable, Sendable, Codable {
    /// The most payloads of a cluster.
    public var size: Int
    /// The most walltime of a cluster, the sum of its payloads', seconds; not limited where `nil`.
    public var walltime: Double?
    /// A parallel node around the payloads: only those of the same element of its list are put
    /// together. Empty where that does not matter.
    public var by: String

    /// The largest size that there is.
    public static let mostPayloads = 10_000

    public init(size: Int, walltime: Double? = nil, by: String = "") {
        self.size = size
        self.walltime = walltime
        self.by = by
    }

    /// How many payloads of this walltime, seconds, a cluster has at most; at least 1.
    public func count(ofWalltime seconds: Double) -> Int {
        let most = max(1, min(size, Self.mostPayloads))
        guard let walltime, seconds > 0 else { return most }
        let fitting = (walltime / seconds).rounded(.down)
        return fitting < Double(most) ? max(1, Int(fitting)) : most
    }
}
