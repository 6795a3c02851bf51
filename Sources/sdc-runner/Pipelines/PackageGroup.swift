import ArgumentParser
import Commands
import Foundation
import FrontEnds
import Markup
import Workflows

/// `sdc-runner pkg`
struct PackageGroup: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "pkg", abstract: "The tasks and pipelines of Euclid Package Definitions.",
        subcommands: [PackageListCommand.self, PackageShowCommand.self])
}

/// Where the modules are.
struct PackageOptions: ParsableArguments {
    @Option(help: "Folder of Package Definitions and Pipeline Scripts.")
    var folder = "\(ProgramPlaces.pipelines)/euclid"

    @OptionGroup var answer: AnswerOptions

    func catalogue() throws(CommandError) -> PackageCatalogue {
        do throws(WorkflowError) {
            return try EuclidFrontEnd().catalogue(of: folder)
        } catch {
            throw CommandError(error)
        }
    }
}

/// `sdc-runner pkg list`
struct PackageListCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List the tasks and pipelines.",
        discussion: """
              sdc-runner pkg list --folder pkgdefs
            """)

    @OptionGroup var options: PackageOptions

    func run() throws {
        let catalogue = try options.catalogue()
        var tasks = TextTable(
            "task", "module", .right("cores"), .right("MiB"), .right("walltime s"), "command")
        for task in catalogue.tasks {
            tasks.add([
                task.name, task.module, "\(task.resources.cores)", "\(task.resources.memory)",
                "\(Int(task.resources.walltime))", task.command,
            ])
        }
        var pipelines = TextTable("pipeline", "inputs", "outputs")
        for pipeline in catalogue.pipelines {
            pipelines.add([
                pipeline.name, pipeline.inputs.joined(separator: " "),
                pipeline.outputs.joined(separator: " "),
            ])
        }
        try options.answer.show(catalogue, "\(tasks.text)\n\(pipelines.text)")
    }
}

/// `sdc-runner pkg show`
struct PackageShowCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Show a module's tasks, or one task.",
        discussion: """
              sdc-runner pkg show vis_correct_dark --folder pkgdefs
            """)

    @Argument(help: "Name of a task or of a module.")
    var name: String

    @OptionGroup var options: PackageOptions

    func run() throws {
        let tasks = try options.catalogue().tasks.filter { $0.name == name || $0.module == name }
        guard !tasks.isEmpty else {
            throw CommandError(
                .unknownItem, "\(options.folder) has no task or module named \(name)")
        }
        try options.answer.show(tasks, tasks.map(Self.text).joined(separator: "\n"))
    }

    private static func text(_ task: PackageCatalogue.Task) -> String {
        var lines = ["\(task.name) (\(task.module))", "  command    \(task.command)"]
        let asked = task.resources
        var parts = [
            "cores \(asked.cores)", "memory \(asked.memory) MiB",
            "walltime \(Int(asked.walltime)) s",
        ]
        asked.virtualMemory.map { parts.append("address space \($0) MiB") }
        asked.temporary.map { parts.append("TMPDIR \($0) MiB") }
        asked.gpus.map { parts.append("GPUs \($0)") }
        lines.append("  resources  " + parts.joined(separator: ", "))
        lines += task.inputs.map { "  in         \($0.name) (\($0.content))" }
        lines += task.outputs.map { port in
            "  out        \(port.name).\(port.mime) (\(port.content)), from "
                + port.lineage.joined(separator: ", ")
        }
        return lines.joined(separator: "\n")
    }
}
