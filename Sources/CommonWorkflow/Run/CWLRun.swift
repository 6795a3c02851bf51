import Documents
import Files
import Foundation

/// Runs a CWL document on this machine: its steps in this process, its commands by an executor.
public struct CWLRun: Sendable {
    /// Where outputs go: an absolute path, made where it is missing.
    public var outputFolder: String
    /// Where temporary folders are made, and removed at the end.
    public var temporaryFolder: String
    public var environment: [String: String]
    public var executor: any CommandExecutor
    /// Says a line to the operator, such as a command.
    public var remark: @Sendable (String) -> Void

    public init(
        outputFolder: String, temporaryFolder: String, environment: [String: String],
        executor: any CommandExecutor = LocalExecutor(),
        remark: @escaping @Sendable (String) -> Void = { _ in }
    ) {
        self.outputFolder = outputFolder
        self.temporaryFolder = temporaryFolder
        self.environment = environment
        self.executor = executor
        self.remark = remark
    }

    /// Runs a document; where the task is cancelled, all that it has started is ended.
    ///
    /// - Returns: the output object as JSON; its files are in the folder for outputs.
    /// - Throws: `CWLError`; no output is left then.
    public func outputs(of document: CWLDocument) async throws(CWLError) -> String {
        let outputs = try await stoppable(document) { try await run(document) }
        return ValueText.json(outputs, isSorted: false)
    }

    /// Does work of a document's run, and ends what that has started where the task is cancelled.
    func stoppable<Value: Sendable>(
        _ document: CWLDocument, _ work: @Sendable () async throws -> Value
    ) async throws(CWLError) -> Value {
        do {
            return try await withTaskCancellationHandler {
                try await work()
            } onCancel: {
                document.engine.interrupt()
            }
        } catch  where Task.isCancelled {
            throw CWLError(.stopped, "stopped")
        } catch let error as CWLError {
            throw error
        } catch {
            throw CWLError.failure("\(error)")
        }
    }

    private func run(_ document: CWLDocument) async throws -> JSONValue {
        try await placed(document) { context in
            try await context.run(
                document.process, document.inputs, RequirementScope(), name: document.process.name)
        }
    }

    /// The outputs of a run of a document, or of a part of it, in the folder for outputs.
    ///
    /// - Parameter keepsNames: as `OutputPlacement` has it.
    func placed(
        _ document: CWLDocument, keepsNames: Bool = false,
        _ outputs: @Sendable (RunContext) async throws -> JSONValue
    ) async throws -> JSONValue {
        let folders = try JobFolders(in: temporaryFolder)
        defer {
            document.engine.stop()
            folders.remove()
        }
        try OutputPlacement.prepare(outputFolder)
        let found = try await outputs(
            RunContext(
                folders: folders, engine: document.engine, executor: executor,
                environment: environment, remark: remark))
        try Task.checkCancellation()
        return try await BlockingThreads.shared.run { () throws -> JSONValue in
            var placement = OutputPlacement(
                folder: outputFolder, completion: FileCompletion(folders: folders),
                keepsNames: keepsNames)
            return try placement.placed(found)
        }
    }
}
