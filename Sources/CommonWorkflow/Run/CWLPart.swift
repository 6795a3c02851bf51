import Documents

/// A part of a document that can run by itself when those that it needs have: one step of a
/// workflow, or the whole of another process.
public struct CWLPart: Hashable, Sendable {
    /// The step; `nil` where it is the whole document.
    public let step: String?
    /// The steps whose outputs it takes.
    public let needs: Set<String>
    /// The most cores that one of its commands asks for, as far as that is a number in the
    /// document.
    public let cores: Int
    /// MiB, likewise.
    public let memory: Int
}

extension CWLDocument {
    /// The parts, each after those that it needs.
    public var parts: [CWLPart] {
        let scope = RequirementScope().entering(process)
        guard case .workflow(let workflow) = process.kind else {
            let need = Self.need(of: process, scope)
            return [CWLPart(step: nil, needs: [], cores: need.cores, memory: need.memory)]
        }
        return workflow.steps.map { step in
            let need = Self.need(
                of: step.process,
                scope.entering(step.requirements, hints: step.hints).entering(step.process))
            return CWLPart(
                step: step.name,
                needs: Set(step.inputs.flatMap { $0.link.sources.compactMap(\.step) }),
                cores: need.cores, memory: need.memory)
        }
    }

    /// The steps whose outputs the workflow gives; none of another process.
    public var givingSteps: Set<String> {
        Set(process.outputs.flatMap { $0.link?.sources.compactMap(\.step) ?? [] })
    }

    /// - Throws: `CWLError` of code `badDocument` where it is not the one of this digest.
    public func check(digest: String) throws(CWLError) {
        guard self.digest == digest else {
            throw CWLError(
                .badDocument, "\(process.name) is not what it was when it was submitted")
        }
    }

    /// Looks whether the input object has what the process takes, and its files are there.
    ///
    /// - Parameter temporaryFolder: where files that are only described are made, and removed.
    /// - Throws: `CWLError`.
    public func checkInputs(temporaryFolder: String) throws(CWLError) {
        do {
            let folders = try JobFolders(in: temporaryFolder)
            defer {
                engine.stop()
                folders.remove()
            }
            let scope = RequirementScope().entering(process)
            _ = try ProcessInputs(
                process: process, completion: FileCompletion(folders: folders),
                evaluator: Evaluator(
                    javascript: scope.javascript, engine: engine, version: process.version),
                listing: scope.listing
            ).values(inputs)
        } catch let error as CWLError {
            throw error
        } catch {
            throw CWLError.failure("\(error)")
        }
    }

    /// The files of its input object, by absolute paths, each once; folders are left out.
    public var inputFiles: [String] {
        var found: Set<String> = []
        func look(_ value: JSONValue) {
            if value.isFile, let path = try? FileObject.path(FileObject.located(value, in: "/")) {
                found.insert(path)
            }
            for value in value.elements ?? value.members?.map(\.value) ?? [] { look(value) }
        }
        look(inputs)
        return found.sorted()
    }

    /// The name of its process, without folder and ending.
    public var shortName: String {
        FileObject.nameParts(FileLocation.name(ofPath: process.name)).root
    }

    private static func need(of process: Process, _ scope: RequirementScope) -> (
        cores: Int, memory: Int
    ) {
        if case .workflow(let workflow) = process.kind {
            return workflow.steps.reduce((1, 1)) { most, step in
                let need = need(
                    of: step.process,
                    scope.entering(step.requirements, hints: step.hints).entering(step.process))
                return (max(most.0, need.cores), max(most.1, need.memory))
            }
        }
        func amount(_ name: String) -> Int {
            let values = ["Min", "Max"].lazy.compactMap { scope.resources[name + $0]?.number }
            guard let value = values.first, value >= 1, value < 1e9 else { return 1 }
            return Int(value.rounded(.up))
        }
        return (amount("cores"), amount("ram"))
    }
}
