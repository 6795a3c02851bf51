import ArgumentParser
import Catalogue
import PostgreSQLServer

/// Which private cluster a command is about.
struct ClusterOptions: ParsableArguments {
    @Option(help: "Folder of the private catalogue (default: \(PrivateCluster.defaultDirectory)).")
    var directory: String?

    /// The cluster; says on standard error where it is when that is not the wanted folder.
    func cluster() throws -> PrivateCluster {
        let cluster = try PrivateCluster.catalogue(directory: directory)
        if let text = cluster.remark { SGS.remark(text) }
        return cluster
    }
}
