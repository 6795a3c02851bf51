import ArgumentParser

/// `sdc-runner pilots`
struct PilotsGroup: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "pilots",
        abstract: "The pilots at the site's batch system (list by default).",
        subcommands: [
            PilotsListCommand.self, PilotsTopCommand.self, PilotsImportCommand.self,
        ], defaultSubcommand: PilotsListCommand.self)
}
