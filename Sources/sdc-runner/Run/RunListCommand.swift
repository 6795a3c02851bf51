import ArgumentParser
import Execution
import GroundSegment

/// `sdc-runner run list`
struct RunListCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List runs, oldest first.",
        discussion: """
            %S is the part of the payloads that has completed.

              sdc-runner run list --state-is EXECUTING,HELD
              sdc-runner run list --sdc SDC-FR --hist 7 --json
            """)

    @OptionGroup var filter: FilterOptions
    @OptionGroup var store: StoreOptions

    private struct Answer: Encodable { let runs: [RunRow] }

    func run() async throws {
        try await store.reporting {
            let now = store.now
            let rows = try await store.runs(filter.filter).map { RunRow($0, at: now) }
            try store.show(Answer(runs: rows), RunRow.text(rows))
        }
    }
}
