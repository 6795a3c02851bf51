import ArgumentParser
import Execution
import GroundSegment

/// `sdc-runner run graph`
struct RunGraphCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "graph", abstract: "Show the graph of a run, with the states of its payloads.",
        discussion: """
              sdc-runner run graph 17
              sdc-runner run graph 17 --dot | dot -Tsvg > graph.svg
            """)

    @Argument(help: "The run's identifier or number.")
    var run: String

    @Flag(help: "Print it in Graphviz' language DOT.")
    var dot = false

    @OptionGroup var store: StoreOptions

    func validate() throws {
        if dot && store.answer.json {
            throw ValidationError("--dot and --json exclude each other")
        }
    }

    func run() async throws {
        try await store.reporting {
            let view = RunGraphView(try await store.run(run).facts)
            if dot { return print(view.dot, terminator: "") }
            try store.show(view, view.text)
        }
    }
}
