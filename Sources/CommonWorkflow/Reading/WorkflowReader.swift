import Documents

/// Reads a workflow's steps, and the processes that they run.
struct WorkflowReader {
    let processes: ProcessReader
    let types: TypeReader
    let context: ProcessReader.Context

    private var faults: DocumentFaults { types.faults }

    /// - Parameter node: the workflow.
    /// - Returns: `nil` with faults where a step cannot be read.
    func workflow(_ node: Node) -> (workflow: Workflow, links: LinkReader)? {
        let nodes = ParameterReader.entries(node["steps"], key: "id", short: "run")
        if node["steps"] == nil {
            faults.add(at: node.place, field: "steps", found: "nothing", expected: "steps")
        }
        let names = nodes.compactMap { $0["id"]?.text.map(Identifier.short) }
        let links = LinkReader(
            workflow: node["id"]?.text.map { String(Identifier.fragment($0)) } ?? "",
            steps: Set(names), faults: faults)
        if Set(names).count < nodes.count {
            faults.add(
                at: node.place, field: "steps", found: "steps without a name, or of one name",
                expected: "each name once")
        }
        let steps = nodes.compactMap { step($0, links) }
        return steps.count == nodes.count ? (Workflow(steps: steps), links) : nil
    }

    private func step(_ node: Node, _ links: LinkReader) -> Step? {
        guard let name = node["id"]?.text.map(Identifier.short) else { return nil }
        KnownFields.check(node, "step", types.version, faults)
        let requirements = RequirementReader(version: types.version, faults: faults)
        let inputs = ParameterReader.entries(node["in"], key: "id", short: "source")
        for field in ["in", "out"] where node[field] == nil {
            faults.add(at: node.place, field: field, found: "nothing", expected: "a list")
        }
        let method = node["scatterMethod"]
        if let method, method.text.flatMap(ScatterMethod.init) == nil {
            faults.add(
                method, field: "scatterMethod",
                expected: "dotproduct, nested_crossproduct or flat_crossproduct")
        }
        let scatter = (node["scatter"]?.asList ?? []).compactMap { $0.text.map(Identifier.short) }
        if scatter.count > 1, method == nil {
            faults.add(
                at: node.place, field: "scatterMethod", found: "nothing",
                expected: "a method where several inputs are scattered over")
        }
        guard let process = process(node) else { return nil }
        return Step(
            name: name, inputs: inputs.compactMap { input($0, links) },
            outputs: (node["out"]?.asList ?? []).compactMap {
                ($0.text ?? $0["id"]?.text).map(Identifier.short)
            },
            process: process, requirements: requirements.requirements(node["requirements"]),
            hints: requirements.hints(node["hints"]), scatter: scatter,
            scatterMethod: method?.text.flatMap(ScatterMethod.init) ?? .dotProduct,
            when: condition(node), place: node.place)
    }

    private func condition(_ node: Node) -> String? {
        guard let condition = node["when"] else { return nil }
        if condition.text == nil { faults.add(condition, field: "when", expected: "an expression") }
        return condition.text
    }

    private func process(_ node: Node) -> Process? {
        guard let run = node["run"] else {
            faults.add(at: node.place, field: "run", found: "nothing", expected: "a process")
            return nil
        }
        if run.fields != nil { return processes.embedded(run, in: context, types: types) }
        guard let reference = run.text else {
            faults.add(run, field: "run", expected: "a process, or the name of its file")
            return nil
        }
        return processes.process(reference, from: run.place)
    }

    private func input(_ node: Node, _ links: LinkReader) -> StepInput? {
        guard let name = node["id"]?.text.map(Identifier.short) else {
            faults.add(node, field: "id", expected: "an object with an identifier")
            return nil
        }
        KnownFields.check(node, "step input", types.version, faults)
        let parameters = ParameterReader(types: types)
        return StepInput(
            name: name, link: links.link(node, source: "source"),
            defaultValue: node["default"]?.value,
            valueFrom: node["valueFrom"].map { $0.text ?? ValueText.json($0.value) },
            isContentLoaded: parameters.flag(node["loadContents"]),
            listing: parameters.depth(node["loadListing"]), place: node.place)
    }
}
