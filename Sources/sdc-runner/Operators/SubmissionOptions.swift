import ArgumentParser
import Commands
import Execution
import Foundation
import GroundSegment

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
    var pipelines = "contrib/pipelines"

    @Flag(help: "Do again, too, what has been done with the same command, inputs and release.")
    var force = false

    @OptionGroup var clusters: ClusterOptions

    func validate() throws {
        try clusters.validate()
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

    func submission(of pipeline: String) -> Submission {
        Submission(
            id: id ?? UUID().uuidString, pipeline: pipeline, inputs: Self.files(input),
            softwareRelease: release, priority: priority, user: user ?? ControlOptions.user,
            project: project, campaign: campaign, isForced: force, cluster: clusters.terms,
            share: share)
    }

    /// The pipeline's document.
    ///
    /// - Parameter isWhole: whether every input has to be given.
    func graph(of pipeline: String, isWhole: Bool = true) throws -> String {
        try self.pipeline(pipeline, isWhole: isWhole).document
    }

    /// What its submission would run.
    func forecast(of pipeline: String) throws -> RunForecast {
        RunForecast(
            try self.pipeline(pipeline, isWhole: true).graph, files: Self.files(input),
            cluster: clusters.terms)
    }

    private func pipeline(_ name: String, isWhole: Bool) throws -> Pipeline {
        let files = Self.files(input)
        let found = try Self.pipeline(name, in: pipelines, files: files)
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
        return found
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
        let ports = Set(found.graph.inputs.map(\.name))
        let unknown = files.keys.filter { !ports.contains($0) }.sorted()
        guard unknown.isEmpty else {
            throw CommandError(
                .badInput,
                "pipeline \"\(name)\" has no input \(unknown.joined(separator: ", ")); "
                    + "it has \(ports.sorted().joined(separator: ", "))")
        }
        return found
    }
}
