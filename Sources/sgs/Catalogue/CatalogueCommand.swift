import ArgumentParser

/// `sgs catalogue`: the private PostgreSQL cluster, and the schema of any.
struct CatalogueCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "catalogue",
        abstract: "Start, stop and look into the catalogue's database.",
        subcommands: [
            CatalogueStart.self, CatalogueStop.self, CatalogueStatus.self, CatalogueURL.self,
            CataloguePsql.self, CatalogueMigrate.self, CatalogueBackup.self, CatalogueRestore.self,
            CatalogueGrant.self, CatalogueDescriptors.self,
        ])
}
