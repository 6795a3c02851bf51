import Foundation
import GroundSegment

/// Turns a step of a run into a process to be started.
struct JobPreparation: Sendable {
    let configuration: RunnerConfiguration
    let library: PipelineLibrary

    /// The job of a step; nothing is written.
    func job(_ run: Run, _ node: PipelineNode, attempt: Int, files: [String: [String]]) throws
        -> PayloadJob
    {
        guard let program = library.program(node.executable) else {
            throw ExecutionError(.storage, "there is no program \(node.executable.command)")
        }
        let work = configuration.workFolder(run.id, node.id, attempt)
        let folder = configuration.payloadFolder(run.id, node.id, attempt)
        var outputs: [String: String] = [:]
        for port in node.executable.outputs {
            outputs[port.name] = "\(work)/\(port.name).\(port.mime)"
        }
        var arguments =
            node.executable.arguments + ["--workdir=\(work)", "--logdir=\(folder.path)"]
        for port in node.executable.inputs {
            let path = port.content == .file ? files[port.name]?.first : listPath(port.name, work)
            arguments.append("--\(port.name)=\(path ?? "")")
        }
        for port in node.executable.outputs {
            arguments.append("--\(port.name)=\(outputs[port.name] ?? "")")
        }
        return PayloadJob(
            program: program, arguments: arguments, environment: environment(run, node, attempt),
            workFolder: work, folder: folder, walltime: node.executable.resources.walltime,
            outputs: outputs)
    }

    /// Writes what a job needs before it can start: its lists of files.
    func prepare(_ job: PayloadJob, _ node: PipelineNode, files: [String: [String]]) throws {
        try FileTree.makeFolder(job.workFolder)
        for port in node.executable.inputs where port.content == .listfile {
            try Document.data(files[port.name] ?? [])
                .write(to: URL(fileURLWithPath: listPath(port.name, job.workFolder)))
        }
    }

    /// The files behind each input port of a step.
    func files(
        of node: PipelineNode, inputs: [StagedInput], outputs: [RunStore.StoredOutput]
    ) -> [String: [String]] {
        node.sources.mapValues { source in
            switch source {
            case .input(let name): inputs.filter { $0.port == name }.map(\.path)
            case .port(let parent, let port):
                outputs.filter { $0.node == parent && $0.port == port }.map(\.path)
            }
        }
    }

    private func listPath(_ port: String, _ work: String) -> String { "\(work)/\(port).list.json" }

    private func environment(_ run: Run, _ node: PipelineNode, _ attempt: Int) -> [String: String] {
        [
            "SGS_SURVEY": run.order.survey.text, "SGS_ORDER": run.order.id.text,
            "SGS_RUN": run.id.text,
            "SGS_ITEM_KIND": run.order.item.kind.rawValue, "SGS_ITEM": run.order.item.text,
            "SGS_SOFTWARE_RELEASE": run.order.softwareRelease, "SGS_STEP": node.id,
            "SGS_ATTEMPT": String(attempt), "SGS_CORES": String(node.executable.resources.cores),
            "SGS_MEMORY_MIB": String(node.executable.resources.memory),
        ]
    }
}
