import ArgumentParser
import Execution

/// `sdc-runner tag`
struct TagCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "tag", abstract: "Write a word beside a run or a payload.",
        discussion: """
            NAME=VALUE sets it in place of what it was; NAME alone removes it.

              sdc-runner tag 17 checked=yes
              sdc-runner tag 17/stack ticket=4711
              sdc-runner tag 17/stack ticket
            """)

    @Argument(help: "RUN or RUN/PATH.")
    var target: String

    @Argument(help: ArgumentHelp("What to write.", valueName: "name[=value]"))
    var tag: String

    @OptionGroup var control: ControlOptions

    func run() async throws {
        let place = target.split(separator: "/", maxSplits: 1).map(String.init)
        let parts = tag.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        try await control.give(
            .tag(
                run: place.first ?? "", payload: place.count > 1 ? place[1] : nil,
                name: parts.first.map(String.init) ?? "",
                value: parts.count > 1 ? String(parts[1]) : nil))
    }
}
