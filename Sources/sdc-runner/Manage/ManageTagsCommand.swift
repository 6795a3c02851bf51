import ArgumentParser
import Execution

/// `sdc-runner manage tags`
struct ManageTagsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "tags", abstract: "Show the tags of a run and of its payloads.",
        discussion: """
              sdc-runner manage tags 17
            """)

    @Argument(help: "The run's identifier or number.")
    var run: String

    @OptionGroup var store: StoreOptions

    func run() async throws {
        try await store.reporting {
            let list = TagList(try await store.run(run).facts)
            try store.show(list, list.text)
        }
    }
}
