import ArgumentParser
import Execution
import GroundSegment

/// `sdc-runner job show`
struct JobShowCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "Show a payload: state, attempts, what it used, its command.",
        discussion: """
            Exit status: the number of the payload's state, as in Rubin's ctrl_bps: COMPLETED 0, \
            UNREADY 12, READY 13, ASSIGNED 14, RUNNING 15, ABORTED 16, HELD 17, FAILED 19, \
            PRUNED 20.

              sdc-runner job show 17/vis
              sdc-runner job show 17/correct.iterations.3.flat --json
            """)

    @OptionGroup var options: JobOptions

    func run() async throws {
        let store = options.store
        try await store.reporting {
            let (name, place, facts) = try await options.find()
            let page = try await place.store.page(
                of: name.payload, in: facts, place.configuration, library: options.library,
                at: store.now)
            try store.show(page, page.text)
            if page.exitStatus != 0 { throw ExitCode(Int32(page.exitStatus)) }
        }
    }
}
