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
    /// The most clusters of the payloads of a node, as far as they are ready together, but at least
    /// one for each element of `by`; not limited where `nil`. `size` and `walltime` go before it.
    public var clusters: Int?

    /// The largest size that there is.
    public static let mostPayloads = 10_000

    /// The largest number of clusters that can be asked for.
    public static let mostClusters = 1_000_000

    public init(
        size: Int = ClusterTerms.mostPayloads, walltime: Double? = nil, by: String = "",
        clusters: Int? = nil
    ) {
        self.size = size
        self.walltime = walltime
        self.by = by
        self.clusters = clusters
    }

    /// How many payloads of this walltime, seconds, a cluster has at most; at least 1.
    ///
    /// Of `clusters` each element of `by` has the same whole number, what is left over is not used
    /// (`partitionMaxClusters` of Rubin's ctrl_bps: of 10,000 for 189 detectors each has 52, which
    /// makes 9,828).
    /// - Parameters:
    ///   - payloads: those of each element of `by`, or all where there is none.
    ///   - groups: how many elements `by` has.
    public func count(
        ofWalltime seconds: Double, among payloads: Int = .max, groups: Int = 1
    ) -> Int {
        var most = max(1, min(size, Self.mostPayloads))
        if let clusters, payloads > 0 {
            let (part, rest) = payloads.quotientAndRemainder(
                dividingBy: max(1, clusters / max(1, groups)))
            most = min(most, max(1, rest == 0 ? part : part + 1))
        }
        guard let walltime, seconds > 0 else { return most }
        let fitting = (walltime / seconds).rounded(.down)
        return fitting < Double(most) ? max(1, Int(fitting)) : most
    }
}
