import ArgumentParser
import Workflows

/// How short payloads are handed over together where their graph says nothing of it.
struct ClusterOptions: ParsableArguments {
    @Option(help: "Payloads of a node that are handed over together, one after the other.")
    var cluster: Int?

    @Option(help: "The most walltime of those, s; where it alone is given, as many as fit.")
    var clusterWalltime: Double?

    /// The most walltime of a cluster of which nothing is said, s.
    private static let walltime = 3600.0

    func validate() throws {
        if let cluster, !(1...ClusterTerms.mostPayloads).contains(cluster) {
            throw ValidationError(
                "--cluster \(cluster): expected 1 to \(ClusterTerms.mostPayloads)")
        }
        if let clusterWalltime, !(clusterWalltime > 0 && clusterWalltime <= 1e9) {
            throw ValidationError("--cluster-walltime: expected more than 0 and at most 1e9")
        }
    }

    /// `nil` where nothing is said.
    var terms: ClusterTerms? {
        guard cluster != nil || clusterWalltime != nil else { return nil }
        return ClusterTerms(
            size: cluster ?? ClusterTerms.mostPayloads,
            walltime: clusterWalltime ?? Self.walltime)
    }
}
