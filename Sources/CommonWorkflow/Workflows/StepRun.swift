import Documents
import Files

/// One step of a run of a workflow, maybe scattered.
struct StepRun: Sendable {
    let context: RunContext
    /// The process of the workflow.
    let workflow: Process
    let step: Step
    /// The requirements at the workflow.
    let scope: RequirementScope
    let name: String

    private var inner: RequirementScope { scope.entering(step.requirements, hints: step.hints) }

    /// - Parameter values: of all sources that the step has.
    /// - Returns: an object with the step's outputs.
    func outputs(from values: [Link.Source: JSONValue]) async throws -> JSONValue {
        do {
            return try await run(values)
        } catch let error as CWLError {
            throw error.named(name)
        }
    }

    private func run(_ values: [Link.Source: JSONValue]) async throws -> JSONValue {
        let linked = try await BlockingThreads.shared.run { () throws -> JSONValue in
            try self.linkedValues(values)
        }
        guard !step.scatter.isEmpty else { return try await single(linked) }
        let lists = try step.scatter.map { input -> [JSONValue] in
            guard let elements = linked[input]?.elements else {
                throw CWLError.failure(
                    "\(name): \(input) is scattered over, and is "
                        + ValueText.brief(linked[input] ?? .null))
            }
            return elements
        }
        let scatter = try Scatter(lists, method: step.scatterMethod, name: name)
        let results = try await scattered(linked, scatter)
        return .object(
            step.outputs.map { output in
                .init(
                    name: output, value: scatter.shaped(results.map { $0[output] ?? .null }))
            })
    }

    // MARK: - Inputs

    /// The values of the step's inputs by its links.
    private func linkedValues(_ values: [Link.Source: JSONValue]) throws -> JSONValue {
        let completion = FileCompletion(folders: context.folders)
        return .object(
            try step.inputs.map { input in
                var value: JSONValue = .null
                if !input.link.sources.isEmpty {
                    value = try LinkValue(input.link).value(
                        from: values, of: "\(name): input \(input.name)")
                }
                if value == .null, let standard = input.defaultValue {
                    value = try completion.complete(standard)
                }
                if input.isContentLoaded {
                    value = try value.mappingFiles {
                        $0.isFile
                            ? try FileObject.loadingContents($0, version: workflow.version) : $0
                    }
                }
                if let depth = input.listing {
                    value = try value.mappingFiles {
                        $0.isDirectory ? try FileObject.loadingListing($0, depth: depth) : $0
                    }
                }
                return .init(name: input.name, value: value)
            })
    }

    /// The values with what `valueFrom` makes of them.
    private func evaluated(_ linked: JSONValue) throws -> (inputs: JSONValue, evaluator: Evaluator)
    {
        var evaluator = context.evaluator(inner, workflow.version)
        evaluator.inputs = linked.mappingFiles { object in
            (try? FileObject.path(object)).map { StagedFiles.placed(object, at: $0) } ?? object
        }
        var inputs = linked
        for input in step.inputs {
            guard let expression = input.valueFrom else { continue }
            let value = try evaluator.value(
                expression, itself: evaluator.inputs[input.name] ?? .null)
            inputs = inputs.setting(input.name, to: value.mappingFiles(ToolRun.bare))
        }
        return (inputs, evaluator)
    }

    // MARK: - Running

    /// Runs the process once, where the step's condition holds.
    private func single(_ linked: JSONValue) async throws -> JSONValue {
        let inputs = try await BlockingThreads.shared.run { () throws -> JSONValue? in
            let evaluated = try self.evaluated(linked)
            guard let condition = step.when else { return evaluated.inputs }
            var evaluator = evaluated.evaluator
            evaluator.inputs = evaluated.inputs.mappingFiles { object in
                (try? FileObject.path(object)).map { StagedFiles.placed(object, at: $0) } ?? object
            }
            switch try evaluator.value(condition) {
            case .boolean(true): return evaluated.inputs
            case .boolean(false): return nil
            case let value:
                throw CWLError.failure("when: found \(ValueText.brief(value)), expected a boolean")
            }
        }
        guard let inputs else {
            return .object(step.outputs.map { .init(name: $0, value: .null) })
        }
        return try await context.run(step.process, inputs, inner, name: name)
    }

    /// Runs the process for every combination, a bounded number at a time.
    private func scattered(_ linked: JSONValue, _ scatter: Scatter) async throws -> [JSONValue] {
        let combinations = scatter.combinations
        var results = [JSONValue](repeating: .null, count: combinations.count)
        try await withThrowingTaskGroup(of: (Int, JSONValue).self) { group in
            var next = 0
            func start() {
                let number = next
                next += 1
                var inputs = linked
                for (input, value) in zip(step.scatter, combinations[number]) {
                    inputs = inputs.setting(input, to: value)
                }
                let own = inputs
                group.addTask { (number, try await single(own)) }
            }
            while next < min(Self.atATime, combinations.count) { start() }
            while let (number, outputs) = try await group.next() {
                results[number] = outputs
                if next < combinations.count { start() }
            }
        }
        return results
    }

    /// How many runs of one step are under way at a time.
    private static let atATime = 32
}
