import ArgumentParser
import Execution
import GroundSegment

/// `sdc-runner run show`
struct RunShowCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "Show a run: its state, tasks, inputs, outputs and lineage.",
        discussion: """
            Exit status: the number of the run's state, as in Rubin's ctrl_bps: COMPLETED 0, \
            PENDING 14, EXECUTING 15, ABORTED 16, HELD 17, ERROR 19, or the status of the abort \
            code that ended the run; 66 where there is no such run.

              sdc-runner run show RUN_20270104_120000_000000_observation
              sdc-runner run show 17 --sdc SDC-FR --json
            """)

    @Argument(help: "The run's identifier or number.")
    var run: String

    @Flag(help: "List all tasks, however many there are.")
    var all = false

    @OptionGroup var store: StoreOptions

    func run() async throws {
        try await store.reporting {
            let (place, facts) = try await store.run(run)
            let page = RunPage(facts, place.configuration, at: store.now)
            try store.show(page, page.text(isWhole: all))
            if page.run.exitStatus != 0 { throw ExitCode(Int32(page.run.exitStatus)) }
        }
    }
}
