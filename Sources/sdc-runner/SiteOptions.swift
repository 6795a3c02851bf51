import ArgumentParser
import Execution
import Foundation
import GroundSegment

/// The options that say where a runner works.
struct SiteOptions: ParsableArguments {
    @Option(help: "The SDC to serve: SDC-FR.")
    var sdc: String

    @Option(help: "Folder of the SDCs' storages; the SDC's own is the folder of its name there.")
    var storage: String

    @Option(help: "Folder of the pipelines' documents (*.json).")
    var pipelines: String

    @Option(help: "Folder of the runner's own state; it makes a folder of the SDC's name there.")
    var state: String

    @Option(help: "Folder of orders and reports, in place of a catalogue.")
    var orders: String?

    @Option(help: "Cores to use at the same time; all of the machine by default.")
    var slots: Int?

    @Option(help: "Memory to use at the same time, MiB; all of the machine by default.")
    var memory: Int?

    func validate() throws {
        for (name, value) in [("--slots", slots), ("--memory", memory)] {
            if let value, value < 1 { throw ValidationError("\(name) \(value): expected at least 1") }
        }
    }

    func configuration() throws -> RunnerConfiguration {
        RunnerConfiguration(
            storage: Storage(root: Self.absolute(storage), sdc: ID(sdc)), state: Self.absolute(state),
            slots: Slots(
                cores: slots ?? ProcessInfo.processInfo.activeProcessorCount,
                memory: memory ?? Int(ProcessInfo.processInfo.physicalMemory >> 20)))
    }

    func pipelineLibrary() throws -> PipelineLibrary {
        let path = ProcessInfo.processInfo.environment["PATH"] ?? ""
        return try PipelineLibrary(
            folder: Self.absolute(pipelines),
            searchPath: [Self.programFolder] + path.split(separator: ":").map(String.init))
    }

    func localBatch() throws -> LocalBatch {
        let wrapper = "\(Self.programFolder)/sdc-payload"
        guard FileManager.default.isExecutableFile(atPath: wrapper) else {
            throw CommandFailure(.serviceMissing, "\(wrapper): the payloads' wrapper is not there")
        }
        return LocalBatch(wrapper: wrapper)
    }

    func orderSource() async throws -> any OrderSource {
        guard let orders else {
            throw CommandFailure(.usage, "--orders FOLDER is needed")
        }
        return try FolderOrderSource(root: Self.absolute(orders), sdc: ID(sdc))
    }

    /// The folder of this program; its companions lie beside it.
    private static var programFolder: String {
        let path = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? ""
        return (path as NSString).deletingLastPathComponent
    }

    private static func absolute(_ path: String) -> String {
        URL(fileURLWithPath: path).standardizedFileURL.path
    }
}
