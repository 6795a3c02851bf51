import Foundation
import GroundSegment
import Payloads
import Workflows

@testable import Execution

/// A site whose runner gets submissions and commands. Its payloads are lines of shell, which have
/// `$out` and `$before` as their ports and write to a journal by `say`.
struct OperatedSite {
    let site: TestSite
    let sdc: ID<SDC> = "SDC-FR"

    init() throws {
        site = try TestSite()
        // A runner wants a pipeline.
        try site.addPipeline("observation", steps: [("step", "echo > $out", 1)])
    }

    var journal: String { "\(site.folder.path)/journal" }

    /// What payloads have written, a word for each.
    var said: [String] {
        guard let text = try? String(contentsOfFile: journal, encoding: .utf8) else { return [] }
        return text.split(separator: "\n").map(String.init)
    }

    var configuration: RunnerConfiguration {
        RunnerConfiguration(
            storage: site.storage(sdc), state: site.state, room: site.room, clock: site.clock)
    }

    var control: RunnerControl { RunnerControl(configuration) }

    func give(_ command: RunnerCommand) async throws -> CommandAnswer {
        try await control.give(command, by: "tester")
    }

    /// Lets payloads go on that wait for it.
    func open(_ gate: String) throws { try site.folder.write("", to: "gates/\(gate)") }

    func close(_ gate: String) throws {
        try StoredFiles.remove("\(site.folder.path)/gates/\(gate)")
    }

    struct Step {
        var id: String
        var script: String
        var after: String?
        var cores = 1
        var memory = 16
        var walltime = 60
        var policy = ""
    }

    /// A graph of steps, each with a file; `final` runs after them.
    func graph(_ name: String, _ steps: [Step], final: String? = nil, more: String = "") throws
        -> Graph
    {
        var nodes = steps.map { step in
            let input = step.after == nil ? "" : #", "inputs": [{"name": "before"}]"#
            let source =
                step.after.map { #", "in": {"before": {"node": "\#($0)", "port": "out"}}"# } ?? ""
            return """
                {"id": "\(step.id)", "kind": "exec"\(source)\(step.policy), "executable": {
                 \(command(step.script)), "outputs": [{"name": "out", "mime_type": "txt"}]\(input),
                 "resources": {"cores": \(step.cores), "ram_MiB": \(step.memory), "walltime_s": \(step.walltime)}}}
                """
        }
        if let final {
            nodes.append(
                """
                {"id": "final", "kind": "final", "when_run": "always", "executable": {
                 \(command(final)), "resources": {"cores": 1, "ram_MiB": 16, "walltime_s": 60}}}
                """)
        }
        let document = """
            {"format": "sgs-graph/2", "name": "\(name)", "policy": {"attempts": 1}\(more),
             "nodes": [\(nodes.joined(separator: ","))]}
            """
        return try GraphReader.read(Data(document.utf8), file: name)
    }

    /// A graph of one payload for each element of a list, which gets its own as `$element`.
    func wide(_ script: String, policy: String, memory: Int = 16, walltime: Int = 600) throws
        -> Graph
    {
        let document = """
            {"format": "sgs-graph/2", "name": "wide",
             "inputs": [{"name": "elements", "content_type": "listfile", "kind": "observation",
               "product": "x"}],
             "nodes": [{"id": "each", "kind": "parallel", "over": "element",
               "in": {"element": {"input": "elements"}},
               "body": {"nodes": [{"id": "one", "kind": "exec",
                "in": {"element": {"input": "element"}}, "policy": {\(policy)},
                "executable": {\(command(script)), "inputs": [{"name": "element"}],
                "resources": {"cores": 1, "ram_MiB": \(memory), "walltime_s": \(walltime)}}}]}}]}
            """
        return try GraphReader.read(Data(document.utf8), file: "wide")
    }

    /// Submits a graph over so many files.
    func submit(
        _ graph: Graph, over count: Int, cluster: ClusterTerms? = nil
    ) async throws -> String {
        let files = try (0..<count).map { try site.folder.write("", to: "in/\($0)") }
        let answer = try await give(
            .submit(
                submission: Submission(
                    id: graph.name, pipeline: graph.name, inputs: ["elements": files],
                    cluster: cluster),
                graph: graph.document))
        guard let run = answer.run else { throw ExecutionError(.store, answer.message) }
        return run
    }

    private func command(_ script: String) -> String {
        let whole = """
            set -eu
            for a do case $a in --out=*) out=${a#--out=};; --before=*) before=${a#--before=};; --element=*) element=${a#--element=};; esac; done
            say() { echo "$1" >> \(journal); }
            wait_for() { until test -e \(site.folder.path)/gates/$1; do sleep 0.02; done; }
            \(script)
            """
        let text = (try? JSONEncoder().encode(whole)).map { String(decoding: $0, as: UTF8.self) }
        return
            #""name": "shell", "command": "/bin/sh", "arguments": ["-c", \#(text ?? ""), "step"]"#
    }

    /// Submits a graph and gives the name of its run.
    @discardableResult
    func submit(_ graph: Graph, id: String? = nil, priority: Int = 0, release: String = "1.0")
        async throws -> String
    {
        let answer = try await give(
            .submit(
                submission: Submission(
                    id: id ?? graph.name, pipeline: graph.name, softwareRelease: release,
                    priority: priority),
                graph: graph.document))
        guard let run = answer.run else { throw ExecutionError(.store, answer.message) }
        return run
    }

    /// The run as the store has it; `nil` where there is no store yet.
    func run(_ name: String) async throws -> Run? {
        try await RunStore(reading: RunStore.path(state: site.state, sdc: sdc)).run(named: name)
    }

    func state(_ name: String) async throws -> RunState? { try await run(name)?.life.state }

    func states(_ name: String) async throws -> [String: PayloadState] {
        guard let life = try await run(name)?.life else { return [:] }
        return Dictionary(
            (0..<life.count).map { (life.path($0), life[$0].state) }, uniquingKeysWith: { $1 })
    }

    /// Waits until a run is in a state.
    func reaches(_ name: String, _ state: RunState) async throws -> Bool {
        try await comes { try await self.state(name) == state }
    }

    /// Waits until a payload is in a state.
    func reaches(_ name: String, _ payload: String, _ state: PayloadState) async throws -> Bool {
        try await comes { try await states(name)[payload] == state }
    }

    /// Waits until a runner takes commands.
    func isServed() async throws -> Bool {
        try await comes { try await control.ask(.status) != nil }
    }

    private func comes(_ condition: () async throws -> Bool) async throws -> Bool {
        let end = Date().addingTimeInterval(600)
        while try await !condition() {
            guard Date() < end else { return false }
            try await Task.sleep(for: .milliseconds(10))
        }
        return true
    }

    func serve(_ more: String...) throws -> RunnerProcess {
        try RunnerProcess(site, sdc: sdc.text, more: more)
    }

    /// Ends a runner once it has done what it has.
    func drain(_ runner: RunnerProcess) -> Int32 {
        runner.signal(SIGTERM)
        return runner.end()
    }

    /// Processes of payloads that live.
    var payloads: [Int] { Leftovers.processes(AttemptMark(home: configuration.agentHome)) }
}
