import Documents
import Files
import Foundation

/// One run of a command-line tool.
struct ToolRun: Sendable {
    let context: RunContext
    let process: Process
    let tool: CommandLineTool
    let scope: RequirementScope
    let name: String

    /// What is ready to be run.
    private struct Prepared {
        /// That of all that belongs to this run of the tool.
        let folder: String
        let command: ToolCommand
        let evaluator: Evaluator
        let sources: Set<String>
    }

    /// Runs it.
    ///
    /// - Parameter inputs: as `ProcessInputs` has them.
    /// - Throws: `CWLError`: `permanentFailure`, `temporaryFailure`.
    func outputs(of inputs: JSONValue) async throws -> JSONValue {
        let prepared = try await BlockingThreads.shared.run { () throws -> Prepared in
            try prepare(inputs)
        }
        let end = try await context.executor.run(prepared.command)
        let status = try self.status(of: end)
        return try await BlockingThreads.shared.run { () throws -> JSONValue in
            var evaluator = prepared.evaluator
            if process.version >= .v11 {
                evaluator.runtime = evaluator.runtime.setting("exitCode", to: .integer(status))
            }
            let outputs = try OutputCollection(
                outputs: process.outputs, folder: prepared.command.folder,
                removed: "\(prepared.folder)/tmp/",
                sources: prepared.sources, evaluator: evaluator,
                completion: FileCompletion(folders: context.folders), listing: scope.listing
            ).collect()
            try? FileTree.remove("\(prepared.folder)/tmp")
            return outputs.mappingFiles(Self.bare)
        }
    }

    /// A file without where it was staged.
    static func bare(_ object: JSONValue) -> JSONValue {
        var bare = object.setting("dirname", to: nil)
        if object["location"] != nil { bare = bare.setting("path", to: nil) }
        for part in ["listing", "secondaryFiles"] {
            if let values = object[part]?.elements {
                bare = bare.setting(part, to: .list(values.map { $0.mappingFiles(Self.bare) }))
            }
        }
        return bare
    }

    // MARK: - Before

    private func prepare(_ inputs: JSONValue) throws -> Prepared {
        let folder = try context.folders.make("job")
        let (outputs, temporary) = ("\(folder)/out", "\(folder)/tmp")
        for path in [outputs, temporary, "\(folder)/in"] { try JobFolders.makeFolder(path) }
        var evaluator = context.evaluator(scope, process.version)
        evaluator.inputs = inputs
        let resources = try Resources(scope.resources, evaluator: evaluator)
        evaluator.runtime = resources.runtime(outputs: outputs, temporary: temporary)
        var staged = StagedFiles(folder: "\(folder)/in")
        evaluator.inputs = try staged.stage(inputs)
        if let initial = scope.initialFolder {
            evaluator.inputs = try InitialFolder(
                folder: outputs, evaluator: evaluator,
                completion: FileCompletion(folders: context.folders),
                isInplace: scope.isInplaceUpdate, version: process.version
            ).fill(initial, staged: &staged)
        }
        var words = try CommandWords(
            tool: tool, inputs: process.inputs, evaluator: evaluator,
            isShellCommand: scope.isShellCommand
        ).words()
        if scope.isShellCommand { words = ["/bin/sh", "-c", words.joined(separator: " ")] }
        guard !words.isEmpty else { throw CWLError.failure("\(name): a command without words") }
        guard !words.contains(where: { $0.utf8.contains(0) }) else {
            throw CWLError.failure("\(name): a word with a zero byte")
        }
        let command = ToolCommand(
            name: name, words: words,
            environment: try environment(evaluator, outputs: outputs, temporary: temporary),
            folder: outputs, input: try path(tool.stdin, "stdin", evaluator, in: outputs),
            output: try outputPath(tool.stdout, "stdout", evaluator, in: outputs),
            error: try outputPath(tool.stderr, "stderr", evaluator, in: outputs),
            cores: resources.cores, memory: resources.memory, timeLimit: try timeLimit(evaluator))
        context.remark("[\(name)] " + words.map(CommandWords.quoted).joined(separator: " "))
        return Prepared(
            folder: folder, command: command, evaluator: evaluator, sources: staged.sources)
    }

    /// PATH and the language of this program, and what is asked for (CWL 1.2, "Runtime
    /// environment").
    private func environment(_ evaluator: Evaluator, outputs: String, temporary: String) throws
        -> [String: String]
    {
        var environment = context.environment.filter {
            ["PATH", "LANG", "LC_ALL"].contains($0.key)
        }
        environment["HOME"] = outputs
        environment["TMPDIR"] = temporary
        for variable in scope.environment {
            let value = try evaluator.text(variable.value, of: "variable \(variable.name)")
            guard !value.utf8.contains(0) else {
                throw CWLError.failure("variable \(variable.name): a zero byte")
            }
            environment[variable.name] = value
        }
        return environment
    }

    private func path(
        _ field: String?, _ name: String, _ evaluator: Evaluator, in folder: String
    ) throws -> String? {
        guard let field else { return nil }
        return FileLocation.absolute(try evaluator.text(field, of: name), in: folder)
    }

    /// The path of an output stream, which is in the tool's folder.
    private func outputPath(
        _ field: String?, _ name: String, _ evaluator: Evaluator, in folder: String
    ) throws -> String? {
        guard let field else { return nil }
        let file = try evaluator.text(field, of: name)
        guard !file.isEmpty, file != ".", file != "..", !file.contains("/"), !file.utf8.contains(0)
        else {
            throw CWLError.failure("\(name): \(ValueText.brief(.text(file))) is no name of a file")
        }
        return "\(folder)/\(file)"
    }

    private func timeLimit(_ evaluator: Evaluator) throws -> Duration? {
        guard let limit = try scope.timeLimit.map({ try evaluator.value($0) }) else { return nil }
        guard let seconds = limit.number, seconds >= 0, seconds < 1e12 else {
            throw CWLError.failure("timelimit: found \(ValueText.brief(limit)), expected seconds")
        }
        return seconds == 0 ? nil : .seconds(seconds)
    }

    // MARK: - After

    /// The exit status of a command that has succeeded.
    private func status(of end: CommandEnd) throws -> Int {
        switch end {
        case .timedOut: throw CWLError.failure("\(name): longer than its time limit")
        case .killed(let signal): throw CWLError.failure("\(name): ended by signal \(signal)")
        case .exited(let status):
            if tool.successCodes.contains(status) { return status }
            if tool.temporaryFailCodes.contains(status) {
                throw CWLError(.temporaryFailure, "\(name): exit status \(status)")
            }
            if status == 0, !tool.permanentFailCodes.contains(0) { return 0 }
            throw CWLError.failure("\(name): exit status \(status)")
        }
    }
}
