import Documents
import Files

/// One run of a workflow: each step as soon as what it takes is there.
struct WorkflowRun: Sendable {
    let context: RunContext
    let process: Process
    let workflow: Workflow
    let scope: RequirementScope
    let name: String

    func outputs(of inputs: JSONValue) async throws -> JSONValue {
        var values = Self.values(of: inputs)
        try await runSteps(&values)
        return try outputs(from: values)
    }

    /// What links get from an input object.
    static func values(of inputs: JSONValue) -> [Link.Source: JSONValue] {
        var values: [Link.Source: JSONValue] = [:]
        for member in inputs.members ?? [] {
            values[Link.Source(step: nil, name: member.name)] = member.value
        }
        return values
    }

    /// The workflow's own outputs, of those of its steps.
    func outputs(from values: [Link.Source: JSONValue]) throws -> JSONValue {
        .object(
            try process.outputs.map { output in
                let value =
                    try output.link.map {
                        try LinkValue($0).value(from: values, of: "output \(output.name)")
                    } ?? .null
                guard TypeCheck.acceptsOutput(output.type, value) else {
                    throw CWLError.failure(
                        "output \(output.name): found "
                            + (value == .null ? "nothing" : ValueText.brief(value))
                            + ", expected " + output.type.description)
                }
                return .init(name: output.name, value: value)
            })
    }

    /// Runs all steps; with the first that fails the others are stopped.
    private func runSteps(_ values: inout [Link.Source: JSONValue]) async throws {
        try await withThrowingTaskGroup(of: (Step, JSONValue).self) { group in
            var waiting = workflow.steps
            repeat {
                let ready = waiting.filter { step in
                    step.inputs.allSatisfy { $0.link.sources.allSatisfy { values[$0] != nil } }
                }
                waiting.removeAll { step in ready.contains { $0.name == step.name } }
                for step in ready {
                    let run = StepRun(
                        context: context, workflow: process, step: step, scope: scope,
                        name: "\(name)/\(step.name)")
                    let known = values
                    group.addTask { (step, try await run.outputs(from: known)) }
                }
                guard let (step, outputs) = try await group.next() else { break }
                for output in step.outputs {
                    values[Link.Source(step: step.name, name: output)] = outputs[output] ?? .null
                }
            } while true
            if let step = waiting.first {
                throw CWLError.failure("\(name): step \(step.name) waits for itself")
            }
        }
    }
}
