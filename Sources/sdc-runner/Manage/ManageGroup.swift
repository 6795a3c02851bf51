import ArgumentParser

/// `sdc-runner manage`
struct ManageGroup: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "manage",
        abstract: "Manage runs and payloads in one list, as brownthrower does.",
        discussion: """
            Several may work at the same time, whether a runner runs or not; of two that change \
            the same the second is told what it has become.
            """,
        subcommands: [
            ManageCreateCommand.self, ManageListCommand.self, RunShowCommand.self,
            RunGraphCommand.self, ManageTagsCommand.self, ManageSubmitCommand.self,
            ManageEditCommand.self, ManageCloneCommand.self, ManageLinkCommand.self,
            ManageUnlinkCommand.self, ManageResetCommand.self, ManageAbortCommand.self,
            ManageRemoveCommand.self,
        ])
}
