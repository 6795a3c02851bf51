public import PostgreSQLServer

extension PrivateCluster {
    /// The folder of the private catalogue where none is named, relative to the working directory.
    public static let defaultDirectory = ".state/catalogue"

    /// The private catalogue's cluster, running or not.
    ///
    /// - `directory`: its folder; `nil` means `defaultDirectory`, or one below
    ///   /var/lib/postgresql where the server's user cannot reach it.
    /// - Throws: `PostgreSQLServerError` of code `missing` or `cannotWrite`.
    public static func catalogue(
        directory: String? = nil, durability: Durability = .kept
    ) throws -> PrivateCluster {
        try PrivateCluster(
            name: "sgs", directory: directory ?? defaultDirectory, mayMove: directory == nil,
            durability: durability)
    }
}
