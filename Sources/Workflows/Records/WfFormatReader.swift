import Documents
public import Foundation

/// Reads recorded workflows of WfFormat 1.5 (WfCommons; Coleman et al. 2022, FGCS 128, 16).
public enum WfFormatReader {
    /// Bytes of a record that is read at all; the largest published ones have some 30 MB.
    package static let mostBytes = 100_000_000

    /// Reads one workflow: the tasks of its specification with what its execution says of them.
    ///
    /// - Parameter file: the record's name, for diagnostics.
    /// - Throws: `WorkflowError` with all faults of the record.
    public static func read(_ data: Data, file: String) throws(WorkflowError) -> RecordedWorkflow {
        let faults = FaultLog(file: file)
        let root = DocumentObject(data, mostBytes: mostBytes, faults: faults)
        guard let workflow = root.flatMap(workflow), faults.isEmpty else {
            throw WorkflowError(.badRecord, file: file, faults.diagnostics)
        }
        return workflow
    }

    private static func workflow(_ root: DocumentObject) -> RecordedWorkflow? {
        guard let name = root.text("name"), let workflow = root.object("workflow"),
            let specification = workflow.object("specification")
        else { return nil }
        if let version = root.text("schemaVersion"), version != "1.5" {
            root.fault("schemaVersion", expected: "\"1.5\"")
        }
        let execution = workflow.object("execution", required: false)
        var executed: [String: Execution] = [:]
        for run in execution?.objects("tasks") ?? [] {
            guard let id = run.text("id") else { continue }
            executed[id] = run.execution()
        }
        let drafts = specification.objects("tasks", required: true).compactMap {
            $0.task(executed)
        }
        return RecordedWorkflow(
            name: name, tasks: sorted(drafts, root.faults), files: specification.sizes(),
            makespan: execution?.optionalNumber("makespanInSeconds", .from(0, to: 1e12)),
            started: execution?.optionalText("executedAt"),
            machines: (execution?.objects("machines") ?? []).compactMap { $0.machine() })
    }

    /// The tasks, each after its parents, which children confirm.
    private static func sorted(
        _ drafts: [Marked<RecordedWorkflow.Task>], _ faults: FaultLog
    ) -> [RecordedWorkflow.Task] {
        faults.check(names: drafts.map { $0.named($0.value.id) }, of: "task")
        let places = Dictionary(drafts.enumerated().map { ($1.value.id, $0) }) { first, _ in first }
        var parents: [[Int]] = []
        var edges: Set<[Int]> = []
        for (place, draft) in drafts.enumerated() {
            let own = draft.value.parents.compactMap { places[$0] }
            parents.append(own)
            for parent in own { edges.insert([parent, place]) }
            for name in draft.value.parents + draft.value.children where places[name] == nil {
                faults.add(
                    at: draft.mark, field: draft.path, found: "task \(PlainText.quoted(name))",
                    expected: "a task of the workflow")
            }
        }
        for (place, draft) in drafts.enumerated() {
            for name in draft.value.children {
                guard let child = places[name], edges.remove([place, child]) == nil else {
                    continue
                }
                faults.add(
                    at: draft.mark, field: draft.path, found: "a child \(PlainText.quoted(name))",
                    expected: "one that has this task among its parents")
            }
        }
        for edge in edges.sorted(by: { $0.lexicographicallyPrecedes($1) }) {
            let (parent, child) = (drafts[edge[0]], drafts[edge[1]])
            faults.add(
                at: child.mark, field: child.path,
                found: "a parent \(PlainText.quoted(parent.value.id))",
                expected: "one that has this task among its children")
        }
        let order = NodeOrder(parents: parents)
        for cycle in order.cycles.prefix(10) {
            let names = (cycle + [cycle[0]]).prefix(20).map { drafts[$0].value.id }
            faults.add(
                at: drafts[cycle[0]].mark, field: drafts[cycle[0]].path,
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
        let arguments: [String]
        let started: String?
        let processor: Double?
        let readBytes: Int?
        let writtenBytes: Int?
        let priority: Int?
        let machines: [String]
    }
}

extension DocumentObject {
    fileprivate func execution() -> WfFormatReader.Execution {
        // Cores and bytes are recorded as numbers of any kind.
        func bytes(_ key: String) -> Int? {
            optionalNumber(key, .from(0, to: 1e15)).flatMap { Int(exactly: $0.rounded()) }
        }
        /// What says nothing of how the task is replayed may be any number.
        func count(_ key: String) -> Int? {
            optionalNumber(key, .from(-1e300, to: 1e300)).flatMap { Int(exactly: $0.rounded()) }
        }
        let command = object("command", required: false)
        return WfFormatReader.Execution(
            runtime: optionalNumber("runtimeInSeconds", .from(0, to: 1e9)) ?? 0,
            cores: optionalNumber("coreCount", .from(1, to: 1e6))
                .flatMap { Int(exactly: $0.rounded(.up)) } ?? 1,
            memory: bytes("memoryInBytes"), program: command?.optionalText("program"),
            arguments: command?.arguments("arguments") ?? [],
            started: optionalText("executedAt"),
            processor: optionalNumber("avgCPU", .from(-1e300, to: 1e300)).flatMap {
                $0 >= 0 && $0 <= 1e9 ? $0 : nil
            },
            readBytes: count("readBytes"), writtenBytes: count("writtenBytes"),
            priority: count("priority"), machines: arguments("machines"))
    }

    fileprivate func task(_ executed: [String: WfFormatReader.Execution])
        -> Marked<RecordedWorkflow.Task>?
    {
        guard let id = text("id") else { return nil }
        let name = optionalText("name") ?? id
        let execution = executed[id]
        return Marked(
            value: RecordedWorkflow.Task(
                id: id, name: name, program: execution?.program ?? name,
                arguments: execution?.arguments ?? [], parents: distinct("parents"),
                children: distinct("children"), isRun: execution != nil,
                started: execution?.started, runtime: execution?.runtime ?? 0,
                cores: execution?.cores ?? 1, processor: execution?.processor,
                memory: execution?.memory, readBytes: execution?.readBytes,
                writtenBytes: execution?.writtenBytes, priority: execution?.priority,
                machines: execution?.machines ?? [], inputs: arguments("inputFiles"),
                outputs: arguments("outputFiles")),
            mark: mark("id"), path: path)
    }

    fileprivate func machine() -> RecordedWorkflow.Machine? {
        guard let name = text("nodeName") else { return nil }
        let cores = object("cpu", required: false)?.optionalNumber(
            "coreCount", .from(1, to: 1e9))
        return RecordedWorkflow.Machine(
            name: name, release: optionalText("release"),
            architecture: optionalText("architecture"),
            cores: cores.flatMap { Int(exactly: $0.rounded()) },
            memory: optionalNumber("memoryInBytes", .from(0, to: 1e18))
                .flatMap { Int(exactly: $0.rounded()) })
    }

    /// Texts of a list, each once.
    private func distinct(_ key: String) -> [String] {
        var seen: Set<String> = []
        return arguments(key).filter { seen.insert($0).inserted }
    }

    fileprivate func sizes() -> [String: Int] {
        var sizes: [String: Int] = [:]
        for file in objects("files") {
            guard let id = file.text("id") else { continue }
            let size = file.optionalNumber("sizeInBytes", .from(0, to: 1e18)) ?? 0
            sizes[id] = Int(exactly: size.rounded()) ?? 0
        }
        return sizes
    }
}
