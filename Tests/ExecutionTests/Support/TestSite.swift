import Foundation
import GroundSegment
import Logging
import Payloads

@testable import Execution

/// Storages, orders and pipelines of a test, with runners in this process.
struct TestSite {
    let folder: TestFolder
    var pipelines: String
    var room = Room(cores: 2, memory: 4096)
    var retention = Retention()
    var transports: [ID<SDC>: SiteTransport] = [:]
    var clock = WallClock.fixed(MJD(100))
    var agent = Programs.agent
    var endsWhenIdle = true
    var availability: @Sendable (ID<SDC>, MJD) -> Double = { _, _ in 1 }

    init() throws {
        folder = try TestFolder()
        pipelines = "\(folder.path)/pipelines"
    }

    var storageRoot: String { "\(folder.path)/storage" }
    var state: String { "\(folder.path)/state" }
    var orders: String { "\(folder.path)/orders" }

    func source(_ sdc: ID<SDC>) throws -> FolderOrderSource {
        try FolderOrderSource(root: orders, sdc: sdc)
    }

    func storage(_ sdc: ID<SDC>) -> Storage { Storage(root: storageRoot, sdc: sdc) }

    /// Folder of the self-test's pipelines.
    var selfTestPipelines: String { "\(Programs.samplePipelines)/selftest" }

    /// A runner of the site's order folder, or of another source.
    func runner(
        _ sdc: ID<SDC>, source: (any OrderSource)? = nil,
        _ change: (inout RunnerConfiguration) -> Void = { _ in }
    ) async throws -> Runner {
        var logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        logger.logLevel = .critical
        var configuration = RunnerConfiguration(
            storage: storage(sdc), state: state, room: room, clock: clock,
            endsWhenIdle: endsWhenIdle,
            pollInterval: .milliseconds(200), availability: availability)
        configuration.retention = retention
        configuration.transports = transports
        configuration.selfTestPipelines = selfTestPipelines
        configuration.storagePauses = 0.01...0.05
        change(&configuration)
        return try await Runner(
            configuration: configuration,
            source: try source ?? self.source(sdc),
            library: try PipelineLibrary(
                folder: pipelines, searchPath: [Programs.folder]),
            agent: agent, logger: logger)
    }

    /// Serves an SDC until nothing that is due remains.
    @discardableResult
    func serve(_ sdc: ID<SDC>) async throws -> RunnerOutcome { try await runner(sdc).run() }

    /// A pipeline of shell steps in a row; each step's script gets its ports as arguments.
    func addPipeline(
        _ name: String, steps: [(name: String, script: String, cores: Int)], memory: Int = 16
    ) throws {
        var executables: [String] = []
        var nodes: [String] = []
        for (place, step) in steps.enumerated() {
            let script = try folder.write(
                "#!/bin/sh\nset -e\n\(Self.ports)\n\(step.script)\n",
                to: "pipelines/\(step.name).sh")
            chmod(script, 0o755)
            let input = place == 0 ? "" : #""inputs": [{"name": "before"}],"#
            let source =
                place == 0 ? "" : #""before": {"node": "\#(steps[place - 1].name)", "port": "out"}"#
            executables.append(
                """
                {"name": "\(step.name)", "command": "./\(step.name).sh", \(input)
                 "outputs": [{"name": "out", "mime_type": "txt"}],
                 "resources": {"cores": \(step.cores), "ram_MiB": \(memory), "walltime_s": 60}}
                """)
            nodes.append(
                #"{"id": "\#(step.name)", "kind": "exec", "executable": "\#(step.name)", "in": {\#(source)}}"#
            )
        }
        try folder.write(
            """
            {"format": "sgs-graph/1", "pipeline": {"name": "\(name)", "nodes": [\(nodes.joined(separator: ","))],
             "outputs": [{"name": "result", "node": "\(steps[steps.count - 1].name)", "port": "out"}]},
             "executables": [\(executables.joined(separator: ","))]}
            """, to: "pipelines/\(name).json")
    }

    /// A pipeline of tiles with one shell step that reads a file `$file` of one observation.
    func addTile(_ script: String) throws {
        let program = try folder.write(
            """
            #!/bin/sh
            set -e
            for a; do case $a in --out=*) out=${a#--out=};; --in=*) list=${a#--in=};; esac; done
            file=$(sed 's/[]["]//g' $list)
            \(script)
            """, to: "pipelines/tile.sh")
        chmod(program, 0o755)
        try folder.write(
            """
            {"format": "sgs-graph/1", "pipeline": {"name": "tile",
             "inputs": [{"name": "in", "content_type": "listfile", "kind": "observation",
               "product": "result"}],
             "nodes": [{"id": "t", "kind": "exec", "executable": "t", "in": {"in": {"input": "in"}}}],
             "outputs": [{"name": "merged", "node": "t", "port": "out"}]},
             "executables": [{"name": "t", "command": "./tile.sh",
               "inputs": [{"name": "in", "content_type": "listfile"}],
               "outputs": [{"name": "out", "mime_type": "txt"}],
               "resources": {"cores": 1, "ram_MiB": 16, "walltime_s": 60}}]}
            """, to: "pipelines/tile.json")
    }

    private static let ports = """
        for a; do case $a in --out=*) out=${a#--out=};; --before=*) before=${a#--before=};; esac; done
        """

    /// An order of an observation without inputs.
    func order(
        _ id: String, pipeline: String = "observation", sdc: ID<SDC> = "SDC-FR",
        replicaAt: ID<SDC> = "SDC-IT", priority: Int = 0, release: Double = 50,
        task: OrderTask? = nil
    ) -> ProcessingOrder {
        ProcessingOrder(
            id: ID("order-\(id)"), survey: "survey", item: .observation(ID(id)), pipeline: pipeline,
            softwareRelease: "1.0", sdc: sdc, replicaAt: replicaAt, inputs: [],
            release: MJD(release),
            priority: priority, task: task)
    }

    /// An order of a tile that needs these observations.
    func tileOrder(_ id: String, needing observations: [String], sdc: ID<SDC>, replicaAt: ID<SDC>)
        -> ProcessingOrder
    {
        ProcessingOrder(
            id: ID("order-tile-\(id)"), survey: "survey", item: .tile(ID(id)), pipeline: "tile",
            softwareRelease: "1.0", sdc: sdc, replicaAt: replicaAt,
            inputs: observations.map {
                OrderInput(
                    item: .observation(ID($0)), producer: ID("order-\($0)"), volume: Terabytes(0.1))
            },
            release: MJD(60), priority: 0)
    }

    func place(_ orders: ProcessingOrder...) throws {
        let source = try source("SDC-FR")
        for order in orders { try source.place(order) }
    }

    func report(_ order: ProcessingOrder) throws -> OrderReport? {
        try source(order.sdc).report(order.id)
    }
}
