import ArgumentParser
import Commands
import Execution
import Foundation
import Glibc
import GroundSegment
import Workflows

/// `sdc-runner run export`
struct RunExportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export", abstract: "Write a run for other programs.",
        discussion: """
            wfformat: WfFormat 1.5 of WfCommons, as simulators and schedulers' research read it: the \
            tasks with their files, and how long they ran, on how many cores, with how much memory. \
            What was a replay of a recorded workflow has that one's names.

            dagman: a folder with a DAG and submit descriptions for HTCondor's DAGMan, which does it \
            all again without this program; parallel nodes have the width that they had.

              sdc-runner run export 17 --format wfformat > night.json
              sdc-runner graph night.json
              sdc-runner run export 17 --format dagman --output night
            """)

    @Argument(help: "The run's identifier or number.")
    var run: String

    @Option(help: "wfformat or dagman.")
    var format = Format.wfformat

    @Option(help: "A folder that is empty or not there yet, for dagman.")
    var output: String?

    @Option(help: "Folder of the pipelines' documents, beside which programs are.")
    var pipelines = ProgramPlaces.pipelines

    @OptionGroup var store: StoreOptions

    enum Format: String, ExpressibleByArgument, CaseIterable {
        case wfformat, dagman
    }

    func run() async throws {
        try await store.reporting {
            let (place, facts) = try await store.run(run)
            if format == .dagman {
                return try DAGManOutput.write(output, store.answer) {
                    DAGManExport(facts, folder: $0) {
                        PipelineLibrary.program(
                            $0.command, folder: SiteOptions.absolute(pipelines),
                            searchPath: SiteOptions.searchPath)
                    }
                }
            }
            let record = RecordedWorkflow(
                facts, place.configuration, machine: Self.thisMachine)
            print(
                record.document(
                    software: ("sdc-runner", SoftwareVersion.current),
                    created: store.now.exactISO8601), terminator: "")
        }
    }

    private static var thisMachine: RecordedWorkflow.Machine {
        var names = utsname()
        uname(&names)
        func text<Bytes>(_ bytes: Bytes) -> String {
            withUnsafeBytes(of: bytes) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
        }
        let name = text(names.nodename)
        return RecordedWorkflow.Machine(
            name: name.isEmpty ? "localhost" : name, release: text(names.release),
            architecture: text(names.machine), cores: ProcessInfo.processInfo.processorCount,
            memory: Int(exactly: ProcessInfo.processInfo.physicalMemory))
    }
}
