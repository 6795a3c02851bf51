import Documents

/// What a part of a document has given.
public struct CWLPartOutputs: Hashable, Sendable {
    /// As JSON: the step and its output object, whose files stay where they are.
    public let document: String
    /// The absolute paths of its files.
    public let files: [String]
}

extension CWLRun {
    /// Runs one part of a document; each of its files keeps its name in a folder below that for
    /// outputs.
    ///
    /// - Parameters:
    ///   - step: the step; the whole document where `nil`.
    ///   - earlier: the documents of the parts that it needs, as they gave them.
    /// - Throws: `CWLError`; of code `badDocument` where there is no such step, or what it needs is
    ///   missing.
    public func outputs(
        ofStep step: String?, of document: CWLDocument, earlier: [String]
    ) async throws(CWLError) -> CWLPartOutputs {
        try await stoppable(document) {
            let outputs = try await placed(document, keepsNames: true) { context in
                guard let step else {
                    return try await context.run(
                        document.process, document.inputs, RequirementScope(),
                        name: document.process.name)
                }
                return try await self.outputs(of: step, document, earlier, context)
            }
            let given = JSONValue.object([
                .init(name: "step", value: step.map(JSONValue.text) ?? .null),
                .init(name: "outputs", value: outputs),
            ])
            return CWLPartOutputs(
                document: ValueText.json(given, isSorted: false), files: Self.files(in: outputs))
        }
    }

    /// The output object of a whole document, of what its parts have given; its files are copied
    /// into the folder for outputs.
    ///
    /// - Returns: the output object itself as the document, and no files: they are no run's.
    /// - Throws: `CWLError`.
    public func results(
        of document: CWLDocument, parts: [String]
    ) async throws(CWLError) -> CWLPartOutputs {
        let outputs = try await stoppable(document) {
            try await placed(document) { context in
                let given = try parts.map(Self.given)
                guard case .workflow(let workflow) = document.process.kind else {
                    guard let only = given.first else {
                        throw CWLError(.badDocument, "no part has given anything")
                    }
                    return only.outputs
                }
                let values = try self.values(of: document, given, context)
                return try WorkflowRun(
                    context: context, process: document.process, workflow: workflow,
                    scope: RequirementScope().entering(document.process),
                    name: document.process.name
                ).outputs(from: values)
            }
        }
        return CWLPartOutputs(document: ValueText.json(outputs, isSorted: false), files: [])
    }

    private func outputs(
        of name: String, _ document: CWLDocument, _ earlier: [String], _ context: RunContext
    ) async throws -> JSONValue {
        guard case .workflow(let workflow) = document.process.kind,
            let step = workflow.steps.first(where: { $0.name == name })
        else { throw CWLError(.badDocument, "\(document.process.name) has no step \(name)") }
        let values = try self.values(of: document, earlier.map(Self.given), context)
        for source in step.inputs.flatMap(\.link.sources) where values[source] == nil {
            throw CWLError(
                .badDocument, "step \(name): \(source.step ?? ""): its outputs are missing")
        }
        return try await StepRun(
            context: context, workflow: document.process, step: step,
            scope: RequirementScope().entering(document.process),
            name: "\(document.process.name)/\(name)"
        ).outputs(from: values)
    }

    /// What links get: of the input object, and of the outputs of steps.
    private func values(
        of document: CWLDocument, _ given: [(step: String?, outputs: JSONValue)],
        _ context: RunContext
    ) throws -> [Link.Source: JSONValue] {
        let scope = RequirementScope().entering(document.process)
        let inputs = try ProcessInputs(
            process: document.process, completion: FileCompletion(folders: context.folders),
            evaluator: context.evaluator(scope, document.process.version), listing: scope.listing
        ).values(document.inputs)
        var values = WorkflowRun.values(of: inputs)
        for (step, outputs) in given {
            for member in outputs.members ?? [] {
                values[Link.Source(step: step, name: member.name)] = member.value
            }
        }
        return values
    }

    private static func given(_ text: String) throws -> (step: String?, outputs: JSONValue) {
        let value: JSONValue
        do { value = JSONValue(try DocumentValue(text, notation: .json)) } catch {
            throw CWLError(.badDocument, "the outputs of a step: \(error)")
        }
        guard let outputs = value["outputs"], outputs.members != nil else {
            throw CWLError(.badDocument, "the outputs of a step: found no object \"outputs\"")
        }
        return (value["step"]?.string, outputs)
    }

    private static func files(in value: JSONValue) -> [String] {
        let own = value.isFile ? [value["path"]?.string].compactMap { $0 } : []
        let inner = value.elements ?? value.members?.map(\.value) ?? []
        return own + inner.flatMap(files)
    }
}
