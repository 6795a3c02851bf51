import ArgumentParser

/// `sdc-runner rules`
struct RulesGroup: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rules", abstract: "The rules by which attempts without success are judged.",
        subcommands: [RulesListCommand.self, RulesTestCommand.self],
        defaultSubcommand: RulesListCommand.self)
}
