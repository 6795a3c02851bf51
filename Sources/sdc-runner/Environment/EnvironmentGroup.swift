import ArgumentParser

/// `sdc-runner env`
struct EnvironmentGroup: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "env", abstract: "The releases of the pipelines' software at a site.",
        subcommands: [EnvironmentCheckCommand.self, EnvironmentImportCommand.self])
}
