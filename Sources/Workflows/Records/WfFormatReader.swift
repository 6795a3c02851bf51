public import Foundation

/// Reads recorded workflows of WfFormat 1.5 (WfCommons; Coleman et al. 2022, FGCS 128, 16).
public enum WfFormatReader {
    /// Bytes of a record that is read at all; the largest published ones have some 30 MB.
    static let mostBytes = 100_000_000

    /// Reads one workflow: the tasks of its specification with what its execution says of them.
    ///
    /// - Parameter file: the record's name, for diagnostics.
    /// - Throws: `WorkflowError` with all faults of the record.
    public static func read(_ data: Data, file: String) throws(WorkflowError) -> RecordedWorkflow {
        var reader = DocumentReader(file: file)
        var workflow: RecordedWorkflow?
        if let document = reader.document(data, mostBytes: mostBytes) {
            workflow = read(document, &reader)
        }
        guard reader.count == 0, let workflow else {
            throw WorkflowError(.badRecord, file: file, reader.faults)
        }
        return workflow
    }

    private static func read(_ document: DocumentValue, _ reader: inout DocumentReader)
        -> RecordedWorkflow?
    {
        guard let root = reader.object(document, ""), let name = reader.text(root, "name"),
            let workflow = reader.part(root, "workflow"),
            let specification = reader.part(workflow, "specification")
        else { return nil }
        let version = reader.text(root, "schemaVersion")
        if let version, version.value != "1.5" {
            reader.fault(
                version.mark, version.path, found: DocumentValue.quoted(version.value),
                expected: "\"1.5\"")
        }
        let execution = workflow["execution"] == nil ? nil : reader.part(workflow, "execution")
        var executed: [String: Execution] = [:]
        let runs = execution.map { reader.list($0, "tasks") } ?? []
        for (index, run) in runs.enumerated() {
            reader.execution(run, "workflow.execution.tasks[\(index)]", &executed)
        }
        var drafts: [Marked<RecordedWorkflow.Task>] = []
        for (index, task) in reader.list(specification, "tasks", required: true).enumerated() {
            let path = "workflow.specification.tasks[\(index)]"
            if let draft = reader.task(task, path, executed) { drafts.append(draft) }
        }
        return RecordedWorkflow(
            name: name.value, tasks: sorted(drafts, &reader),
            files: reader.sizes(specification),
            makespan: execution.flatMap {
                $0["makespanInSeconds"] == nil
                    ? nil : reader.number($0, "makespanInSeconds", 0...1e12, default: 0)
            })
    }

    /// The tasks, each after its parents, which children confirm.
    private static func sorted(
        _ drafts: [Marked<RecordedWorkflow.Task>], _ reader: inout DocumentReader
    ) -> [RecordedWorkflow.Task] {
        reader.check(names: drafts.map { $0.named($0.value.id) }, of: "task")
        let places = Dictionary(drafts.enumerated().map { ($1.value.id, $0) }) { first, _ in first }
        var parents: [[Int]] = []
        var edges: Set<[Int]> = []
        for (place, draft) in drafts.enumerated() {
            let own = draft.value.parents.compactMap { places[$0] }
            parents.append(own)
            for parent in own { edges.insert([parent, place]) }
            for name in draft.value.parents + draft.value.children where places[name] == nil {
                reader.fault(
                    draft.mark, draft.path, found: "task \(DocumentValue.quoted(name))",
                    expected: "a task of the workflow")
            }
        }
        for (place, draft) in drafts.enumerated() {
            for name in draft.value.children {
                guard let child = places[name], edges.remove([place, child]) == nil else {
                    continue
                }
                reader.fault(
                    draft.mark, draft.path, found: "a child \(DocumentValue.quoted(name))",
                    expected: "one that has this task among its parents")
            }
        }
        for edge in edges.sorted(by: { $0.lexicographicallyPrecedes($1) }) {
            let (parent, child) = (drafts[edge[0]], drafts[edge[1]])
            reader.fault(
                child.mark, child.path,
                found: "a parent \(DocumentValue.quoted(parent.value.id))",
                expected: "one that has this task among its children")
        }
        let order = NodeOrder(parents: parents)
        for cycle in order.cycles.prefix(10) {
            let names = (cycle + [cycle[0]]).prefix(20).map { drafts[$0].value.id }
            reader.fault(
                drafts[cycle[0]].mark, drafts[cycle[0]].path,
                found: "a cycle: \(names.joined(separator: " -> "))", expected: "no cycle")
        }
        return order.nodes.map { drafts[$0].value }
    }

    /// What is known of a task's run.
    fileprivate struct Execution {
        let runtime: Double
        let cores: Int
        let memory: Int?
        let program: String?
    }
}

extension DocumentReader {
    /// An object of any fields within another.
    fileprivate mutating func part(_ object: DocumentObject, _ field: String) -> DocumentObject? {
        guard let value = object[field] else {
            fault(object.mark, object.path(field), found: "nothing", expected: "an object")
            return nil
        }
        return self.object(value, object.path(field))
    }

    fileprivate mutating func execution(
        _ value: DocumentValue, _ path: String, _ executed: inout [String: WfFormatReader.Execution]
    ) {
        guard let object = object(value, path), let id = text(object, "id") else { return }
        let command = object["command"] == nil ? nil : part(object, "command")
        executed[id.value] = WfFormatReader.Execution(
            runtime: number(object, "runtimeInSeconds", 0...1e9, default: 0),
            // Recorded as a number of any kind.
            cores: Int(exactly: number(object, "coreCount", 1...1e6, default: 1).rounded(.up)) ?? 1,
            memory: object["memoryInBytes"].flatMap { _ in
                Int(exactly: number(object, "memoryInBytes", 0...1e15, default: 0).rounded())
            },
            program: command.flatMap { text($0, "program", optional: true)?.value })
    }

    fileprivate mutating func task(
        _ value: DocumentValue, _ path: String, _ executed: [String: WfFormatReader.Execution]
    ) -> Marked<RecordedWorkflow.Task>? {
        guard let object = object(value, path), let id = text(object, "id") else { return nil }
        let name = text(object, "name", optional: true)?.value ?? id.value
        let execution = executed[id.value]
        return Marked(
            value: RecordedWorkflow.Task(
                id: id.value, name: name, program: execution?.program ?? name,
                parents: distinct(object, "parents"), children: distinct(object, "children"),
                runtime: execution?.runtime ?? 0, cores: execution?.cores ?? 1,
                memory: execution?.memory, inputs: arguments(object, "inputFiles"),
                outputs: arguments(object, "outputFiles")),
            mark: id.mark, path: path)
    }

    /// Texts of a list, each once.
    private mutating func distinct(_ object: DocumentObject, _ field: String) -> [String] {
        var seen: Set<String> = []
        return arguments(object, field).filter { seen.insert($0).inserted }
    }

    fileprivate mutating func sizes(_ specification: DocumentObject) -> [String: Int] {
        var sizes: [String: Int] = [:]
        for (index, value) in list(specification, "files").enumerated() {
            let path = "workflow.specification.files[\(index)]"
            guard let object = object(value, path), let id = text(object, "id") else { continue }
            let size = number(object, "sizeInBytes", 0...1e18, default: 0)
            sizes[id.value] = Int(exactly: size.rounded()) ?? 0
        }
        return sizes
    }
}
