import ArgumentParser
import Commands
import Execution
import Foundation
import FrontEnds
import GroundSegment
import Workflows

/// What a run that is made by hand is to do, and for whom.
struct SubmissionOptions: ParsableArguments {
    @Option(help: ArgumentHelp("A file for an input; again for each file.", valueName: "port=path"))
    var input: [String] = []

    @Option(help: "Unique; the same submission given again is the same run.")
    var id: String?

    @Option(help: "Release of the pipelines' software.")
    var release = ""

    @Option(help: "Larger ones first.")
    var priority = 0

    @Option(help: "Who asks for it; by default whoever gives the command.")
    var user: String?

    @Option(help: "For what project.")
    var project = ""

    @Option(help: "In what campaign.")
    var campaign = ""

    @Option(help: "The share of the site's hosts that it uses; by default its campaign's.")
    var share: String?

    @Option(help: "Folder of the pipelines' documents.")
    var pipelines = ProgramPlaces.pipelines

    @Flag(help: "Do again, too, what has been done with the same command, inputs and release.")
    var force = false

    @OptionGroup var clusters: ClusterOptions

    @Option(help: "A Euclid run file (ISF): lines of KEY = VALUE, with a file for each input.")
    var isf: String?

    @OptionGroup var file: PipelineFileOptions

    func validate() throws {
        try clusters.validate()
        try file.validate()
        try Self.validate(input)
        guard (-1_000_000_000...1_000_000_000).contains(priority) else {
            throw ValidationError("--priority \(priority): expected -1000000000 to 1000000000")
        }
    }

    static func validate(_ input: [String]) throws {
        for text in input where text.firstIndex(of: "=") == nil {
            throw ValidationError("--input \(text): expected PORT=PATH")
        }
    }

    /// The files of `--input`, by port; a port without a path has none.
    static func files(_ input: [String]) -> [String: [String]] {
        var files: [String: [String]] = [:]
        for text in input {
            let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            let paths = parts[1].isEmpty ? [] : [SiteOptions.absolute(String(parts[1]))]
            files[String(parts[0]), default: []] += paths
        }
        return files
    }

    /// What is given to the runner.
    struct Made {
        let submission: Submission
        let pipeline: Pipeline
    }

    /// The submission of a pipeline, and its graph.
    ///
    /// - Parameters:
    ///   - pipeline: its name in the folder of pipelines, or a file that describes it.
    ///   - isWhole: whether every input has to be given.
    func made(of pipeline: String, isWhole: Bool = true) throws -> Made {
        let runFile = try runFile()
        var files = try Self.files(runFile)
        files.merge(try PipelineFile.isOne(pipeline) ? file.inputs(of: pipeline) : [:]) { $1 }
        files.merge(Self.files(input)) { $1 }
        let release = release.isEmpty ? runFile?.release ?? "" : release
        let found = try self.pipeline(pipeline, runFile, files: files)
        for (port, path) in runFile?.inputs ?? [:] where path != nil {
            let isList = found.graph.inputs.contains { $0.name == port && $0.content == .listfile }
            if isList, let list = files[port]?.first { files[port] = try Self.elements(of: list) }
        }
        let missing = found.graph.inputs.map(\.name).filter { files[$0] == nil }.sorted()
        guard missing.isEmpty || !isWhole else {
            throw CommandError(.badInput, "--input \(missing.joined(separator: ", ")) is missing")
        }
        if let installed = try SiteOptions.release(in: SiteOptions.absolute(pipelines)),
            !release.isEmpty, release != installed
        {
            throw CommandError(
                .badInput,
                "release \(release) of the pipelines' software is wanted, \(installed) is installed"
            )
        }
        return Made(
            submission: Submission(
                id: id ?? UUID().uuidString, pipeline: found.graph.name, inputs: files,
                softwareRelease: release, priority: priority, user: user ?? ControlOptions.user,
                project: project, campaign: campaign, isForced: force, cluster: clusters.terms,
                share: share), pipeline: found)
    }

    private func runFile() throws(CommandError) -> EuclidRunFile? {
        guard let isf else { return nil }
        do throws(WorkflowError) { return try EuclidRunFile(contentsOf: isf) } catch {
            throw CommandError(error)
        }
    }

    /// The files of a run's file, which are looked for beside it.
    private static func files(_ runFile: EuclidRunFile?) throws -> [String: [String]] {
        let folder = runFile?.workFolder ?? FileManager.default.currentDirectoryPath
        return runFile?.inputs.mapValues { path in
            path.map { [URL(fileURLWithPath: $0, relativeTo: URL(fileURLWithPath: folder)).path] }
                ?? []
        } ?? [:]
    }

    /// The files that a list of a run's file names, which are looked for beside it.
    private static func elements(of list: String) throws(CommandError) -> [String] {
        guard let data = FileManager.default.contents(atPath: list),
            let names = try? JSONDecoder().decode([String].self, from: data)
        else { throw CommandError(.badInput, "\(list): found no JSON list of files") }
        let folder = URL(fileURLWithPath: list).deletingLastPathComponent()
        return names.map { URL(fileURLWithPath: $0, relativeTo: folder).path }
    }

    /// The pipeline of this name, or the one that a file of this name describes.
    private func pipeline(
        _ name: String, _ runFile: EuclidRunFile?, files: [String: [String]]
    ) throws -> Pipeline {
        var path = name
        if let scripts = runFile?.scripts, !FileManager.default.fileExists(atPath: path) {
            path = "\(scripts)/\(name)"
        }
        guard PipelineFile.isOne(path) else {
            return try Self.pipeline(name, in: pipelines, files: files)
        }
        var options = file
        runFile?.packages.map { options.packages.append($0) }
        let graph = try options.graph(of: path)
        return try Self.checked(Pipeline(graph: graph, document: graph.document), files)
    }

    /// The pipeline of this name in a folder of documents, which has an input for all these files.
    static func pipeline(_ name: String, in folder: String, files: [String: [String]]) throws
        -> Pipeline
    {
        let library: PipelineLibrary
        do {
            library = try PipelineLibrary(
                folder: SiteOptions.absolute(folder), searchPath: SiteOptions.searchPath)
        } catch let error as ExecutionError {
            throw CommandError(error)
        }
        guard let found = library.pipelines[name] else {
            let known = library.pipelines.keys.sorted().joined(separator: ", ")
            throw CommandError(.unknownItem, "pipeline \"\(name)\" is unknown; known are \(known)")
        }
        return try checked(found, files)
    }

    /// A pipeline that has an input for all these files.
    private static func checked(_ found: Pipeline, _ files: [String: [String]]) throws -> Pipeline {
        try check(files, areInputsOf: found.graph)
        return found
    }

    /// - Throws: `CommandError` where there are files for what is no input of a graph.
    static func check(_ files: [String: [String]], areInputsOf graph: Graph) throws {
        let ports = Set(graph.inputs.map(\.name))
        let unknown = files.keys.filter { !ports.contains($0) }.sorted()
        guard unknown.isEmpty else {
            throw CommandError(
                .badInput,
                "pipeline \"\(graph.name)\" has no input \(unknown.joined(separator: ", ")); "
                    + "it has \(ports.sorted().joined(separator: ", "))")
        }
    }
}
