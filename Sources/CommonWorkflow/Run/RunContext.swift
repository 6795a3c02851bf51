import Documents
import Files
import Foundation

/// What all processes of one run share.
struct RunContext: Sendable {
    let folders: JobFolders
    let engine: JavaScriptEngine
    let executor: any CommandExecutor
    /// The environment of this program, of which tools get PATH and the language.
    let environment: [String: String]
    /// Says a line to the operator.
    let remark: @Sendable (String) -> Void

    func evaluator(_ scope: RequirementScope, _ version: CWLVersion) -> Evaluator {
        Evaluator(javascript: scope.javascript, engine: engine, version: version)
    }

    /// Runs a process to its end.
    ///
    /// - Parameters:
    ///   - given: its input object.
    ///   - scope: the requirements around it.
    /// - Returns: its output object.
    func run(
        _ process: Process, _ given: JSONValue, _ scope: RequirementScope, name: String
    ) async throws -> JSONValue {
        do {
            return try await outputs(of: process, given, scope, name: name)
        } catch let error as CWLError {
            throw error.named(name)
        }
    }

    private func outputs(
        of process: Process, _ given: JSONValue, _ scope: RequirementScope, name: String
    ) async throws -> JSONValue {
        let scope = scope.entering(process)
        let inputs = try await BlockingThreads.shared.run { [self] () throws -> JSONValue in
            try ProcessInputs(
                process: process, completion: FileCompletion(folders: folders),
                evaluator: evaluator(scope, process.version), listing: scope.listing
            ).values(given)
        }
        switch process.kind {
        case .tool(let tool):
            return try await ToolRun(
                context: self, process: process, tool: tool, scope: scope, name: name
            ).outputs(of: inputs)
        case .workflow(let workflow):
            return try await WorkflowRun(
                context: self, process: process, workflow: workflow, scope: scope, name: name
            ).outputs(of: inputs)
        case .expression(let expression):
            return try await BlockingThreads.shared.run { [self] () throws -> JSONValue in
                try outputs(of: expression, process, inputs, scope)
            }
        case .operation:
            throw CWLError(.unsupported, "\(name): an Operation is not run")
        }
    }

    private func outputs(
        of expression: String, _ process: Process, _ inputs: JSONValue, _ scope: RequirementScope
    ) throws -> JSONValue {
        var evaluator = evaluator(scope, process.version)
        let resources = try Resources(scope.resources, evaluator: evaluator)
        // There are no folders where nothing is executed.
        evaluator.runtime = resources.runtime(outputs: "", temporary: "")
        evaluator.inputs = try inputs.mappingFiles { file in
            StagedFiles.placed(file, at: try FileObject.path(file))
        }
        let value = try evaluator.value(expression)
        guard value.members != nil else {
            throw CWLError.failure("the expression gives \(ValueText.brief(value)) and no object")
        }
        let completion = FileCompletion(folders: folders)
        return .object(
            try process.outputs.map { output in
                let found = try completion.complete(
                    (value[output.name] ?? .null).mappingFiles { ToolRun.bare($0) })
                guard TypeCheck.acceptsOutput(output.type, found) else {
                    throw CWLError.failure(
                        "output \(output.name): found \(ValueText.brief(found)), expected "
                            + output.type.description)
                }
                return .init(name: output.name, value: found)
            })
    }
}
