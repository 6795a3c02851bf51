import ArgumentParser

/// `sdc-runner profile`
struct ProfileGroup: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "profile",
        abstract: "What payloads used beside what they asked for, of all runs.",
        discussion: """
            Of one payload: `sdc-runner job profile`.
            """,
        subcommands: [ProfileSuggestCommand.self, ProfileExportCommand.self])
}
