import Documents

extension RecordedWorkflow {
    /// The record in WfFormat 1.5, in lines for people.
    ///
    /// What the format does not allow in the name of a task or a file is written as `_`, names that
    /// would then be the same get numbers.
    ///
    /// - Parameters:
    ///   - software: the name and version of what carried it out.
    ///   - created: when the record was made; ISO 8601.
    public func document(
        software: (name: String, version: String)? = nil, created: String? = nil
    ) -> String {
        WfFormatWriter(self, software: software, created: created).document.inLines + "\n"
    }
}

/// Writes a record (WfCommons' schema of WfFormat 1.5).
private struct WfFormatWriter {
    let workflow: RecordedWorkflow
    let software: (name: String, version: String)?
    let created: String?
    private let ids: [String: String]
    private let fileNames: [String: String]

    init(
        _ workflow: RecordedWorkflow, software: (name: String, version: String)?, created: String?
    ) {
        self.workflow = workflow
        self.software = software
        self.created = created
        ids = Self.names(workflow.tasks.map(\.id), also: "-_.#")
        fileNames = Self.names(
            workflow.tasks.flatMap { $0.inputs + $0.outputs } + workflow.files.keys.sorted(),
            also: "-_./:#")
    }

    /// For each text a name of letters, digits and a few others.
    private static func names(_ texts: [String], also others: String) -> [String: String] {
        var names: [String: String] = [:]
        var used: Set<String> = []
        for text in texts where names[text] == nil {
            let letters = text.map { letter in
                letter.isASCII && (letter.isLetter || letter.isNumber || others.contains(letter))
                    ? letter : "_"
            }
            let plain = letters.isEmpty ? "_" : String(letters)
            var (name, count) = (plain, 1)
            while !used.insert(name).inserted {
                count += 1
                name = "\(plain)_\(count)"
            }
            names[text] = name
        }
        return names
    }

    var document: JSONValue {
        .fields([
            "name": .text(workflow.name), "createdAt": created.map(JSONValue.text),
            "schemaVersion": .text("1.5"),
            "runtimeSystem": software.map {
                .fields(["name": .text($0.name), "version": .text($0.version)])
            },
            "workflow": .fields([
                "specification": .fields([
                    "tasks": .list(workflow.tasks.map(specified)),
                    "files": .list(
                        Set(fileNames.keys).sorted().map {
                            .fields([
                                "id": .text(fileNames[$0] ?? $0),
                                "sizeInBytes": .integer(max(0, workflow.files[$0] ?? 0)),
                            ])
                        }),
                ]), "execution": execution,
            ]),
        ])
    }

    private func names(_ texts: [String], _ names: [String: String]) -> JSONValue {
        .list(texts.map { names[$0] ?? $0 })
    }

    private func specified(_ task: RecordedWorkflow.Task) -> JSONValue {
        .fields([
            "name": .text(task.name), "id": .text(ids[task.id] ?? task.id),
            "parents": names(task.parents, ids), "children": names(task.children, ids),
            "inputFiles": names(task.inputs, fileNames),
            "outputFiles": names(task.outputs, fileNames),
        ])
    }

    /// `nil` where nothing has run: the format wants a task.
    private var execution: JSONValue? {
        let run = workflow.tasks.filter(\.isRun)
        guard !run.isEmpty, let started = workflow.started else { return nil }
        return .fields([
            "makespanInSeconds": .real(workflow.makespan ?? 0), "executedAt": .text(started),
            "tasks": .list(run.map(executed)),
            "machines": workflow.machines.isEmpty
                ? nil : .list(workflow.machines.map(machine)),
        ])
    }

    private func executed(_ task: RecordedWorkflow.Task) -> JSONValue {
        let arguments = task.arguments.filter { !$0.isEmpty }
        return .fields([
            "id": .text(ids[task.id] ?? task.id), "runtimeInSeconds": .real(task.runtime),
            "executedAt": task.started.map(JSONValue.text),
            "command": .fields([
                "program": .text(task.program), "arguments": .list(arguments),
            ]),
            "coreCount": .integer(max(1, task.cores)),
            "avgCPU": task.processor.map(JSONValue.real),
            "readBytes": task.readBytes.map(JSONValue.integer),
            "writtenBytes": task.writtenBytes.map(JSONValue.integer),
            "memoryInBytes": task.memory.map(JSONValue.integer),
            "priority": task.priority.map(JSONValue.integer),
            "machines": task.machines.isEmpty ? nil : .list(task.machines),
        ])
    }

    private func machine(_ machine: RecordedWorkflow.Machine) -> JSONValue {
        .fields([
            "nodeName": .text(machine.name), "system": .text("linux"),
            "architecture": machine.architecture.map(JSONValue.text),
            "release": machine.release.map(JSONValue.text),
            "cpu": machine.cores.map { .fields(["coreCount": .integer($0)]) },
            "memoryInBytes": machine.memory.map(JSONValue.integer),
        ])
    }
}
