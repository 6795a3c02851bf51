import Foundation
import GroundSegment
public import Logging
public import Payloads

/// Shows that this release of the runner, its agent and this machine together can do all that
/// pipelines may ask for.
///
/// A runner of its own carries out one order of the pipeline `selftest`, with its state, its
/// storage and its orders in one folder that nothing else uses.
public struct SelfTest: Sendable {
    /// Name of the pipeline whose report tells what was done.
    public static let pipeline = "selftest"

    private static let sdc: ID<SDC> = "SELFTEST"
    private static let replica: ID<SDC> = "SELFTEST-REPLICA"

    private let library: PipelineLibrary
    private let folder: String
    private let room: Room
    private let agent: String

    /// - Parameters:
    ///   - library: has the pipeline `selftest` and those that it is made of.
    ///   - folder: absolute path of a folder that is empty, or not there yet.
    ///   - agent: path of the program that runs payloads.
    /// - Throws: `ExecutionError` of code `unknownItem` where the library has no such pipeline.
    public init(library: PipelineLibrary, folder: String, room: Room, agent: String) throws {
        guard library.pipelines[Self.pipeline] != nil else {
            throw ExecutionError(
                .unknownItem, "there is no pipeline \"\(Self.pipeline)\" among the pipelines")
        }
        self.library = library
        self.folder = folder
        self.room = room
        self.agent = agent
    }

    /// Carries the order out and looks at what came of it.
    public func run(logger: Logger) async throws -> SelfTestResult {
        let source = try FolderOrderSource(root: "\(folder)/orders", sdc: Self.sdc)
        let order = ProcessingOrder(
            id: "selftest", survey: "selftest", item: .observation("selftest"),
            pipeline: Self.pipeline, softwareRelease: "", sdc: Self.sdc, replicaAt: Self.replica,
            inputs: [], release: MJD(0), priority: 0)
        try source.place(order)
        let storage = Storage(root: "\(folder)/storage", sdc: Self.sdc)
        let configuration = RunnerConfiguration(
            storage: storage, state: "\(folder)/state", room: room, endsWhenIdle: true)
        let runner = try await Runner(
            configuration: configuration, source: source, library: library, agent: agent,
            logger: logger)
        _ = try await runner.run()
        let path = RunStore.path(state: configuration.state, sdc: Self.sdc)
        let facts = try await RunStore(reading: path).facts(
            of: Self.sdc, at: configuration.wallClock(), isWhole: true)
        let product = try source.report(order.id)?.products.first
        let report = product.flatMap {
            FileManager.default.contents(
                atPath: storage.path(of: $0.name, survey: order.survey, at: Self.sdc))
        }
        return SelfTestResult(
            documents: library.pipelines.mapValues(\.document), report: report,
            facts: facts.first)
    }
}
