/// What a document is, without running it: its steps, and what flows between them.
public struct CWLSummary: Hashable, Sendable, Encodable {
    public let name: String
    /// The class of its process: `Workflow`.
    public let kind: String
    public let inputs: [String]
    public let outputs: [String]
    /// Those of a workflow, in its order.
    public let steps: [Step]
    public let links: [Link]

    /// One step of a workflow.
    public struct Step: Hashable, Sendable, Encodable {
        public let name: String
        /// The process that it runs, and its class.
        public let process: String
        public let kind: String
        /// The inputs that it is scattered over.
        public let scatter: [String]
        public let isConditional: Bool
    }

    /// A value that flows.
    public struct Link: Hashable, Sendable, Encodable {
        /// A step; `nil` for an input of the workflow.
        public let from: String?
        public let output: String
        /// A step; `nil` for an output of the workflow.
        public let to: String?
        public let input: String
    }

    init(_ process: Process) {
        name = process.name
        kind = process.className
        inputs = process.inputs.map(\.name)
        outputs = process.outputs.map(\.name)
        guard case .workflow(let workflow) = process.kind else {
            steps = []
            links = []
            return
        }
        steps = workflow.steps.map { step in
            Step(
                name: step.name, process: step.process.name, kind: step.process.className,
                scatter: step.scatter, isConditional: step.when != nil)
        }
        links =
            workflow.steps.flatMap { step in
                step.inputs.flatMap { input in
                    input.link.sources.map {
                        Link(from: $0.step, output: $0.name, to: step.name, input: input.name)
                    }
                }
            }
            + process.outputs.flatMap { output in
                (output.link?.sources ?? []).map {
                    Link(from: $0.step, output: $0.name, to: nil, input: output.name)
                }
            }
    }

    /// The steps and links in Graphviz' language DOT.
    public var dot: String {
        var text = "digraph \(Self.quoted(name)) {\n    rankdir=LR;\n    node [shape=box];\n"
        for input in inputs {
            text += "    \(Self.quoted("in:" + input)) "
            text += "[shape=ellipse, label=\(Self.quoted(input))];\n"
        }
        for step in steps {
            var lines = step.name == step.process ? [step.name] : [step.name, step.process]
            if !step.scatter.isEmpty {
                lines.append("for each \(step.scatter.joined(separator: ", "))")
            }
            let shape = step.kind == "Workflow" ? ", shape=component" : ""
            let style = step.isConditional ? ", style=dashed" : ""
            text += "    \(Self.quoted(step.name)) [label=\(Self.quoted(lines))\(shape)\(style)];\n"
        }
        for output in outputs {
            text += "    \(Self.quoted("out:" + output)) "
            text += "[shape=ellipse, label=\(Self.quoted(output))];\n"
        }
        for link in links {
            let label =
                link.output == link.input ? link.output : "\(link.output) as \(link.input)"
            text += "    \(Self.quoted(link.from ?? "in:" + link.output)) -> "
            text +=
                "\(Self.quoted(link.to ?? "out:" + link.input)) [label=\(Self.quoted(label))];\n"
        }
        return text + "}\n"
    }

    private static func quoted(_ text: String) -> String { quoted([text]) }

    private static func quoted(_ lines: [String]) -> String {
        let plain = lines.map {
            $0.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
        }
        return "\"" + plain.joined(separator: "\\n") + "\""
    }
}

extension Process {
    /// The class that it has in documents.
    var className: String {
        switch kind {
        case .tool: "CommandLineTool"
        case .workflow: "Workflow"
        case .expression: "ExpressionTool"
        case .operation: "Operation"
        }
    }
}

extension CWLDocument {
    /// Whether a file is a CWL document, by its name, behind which one of its processes may be
    /// named.
    public static func isOne(_ file: String) -> Bool {
        Identifier.parts(file).file.hasSuffix(".cwl") || file.hasSuffix(".cwl")
    }

    /// What it is.
    public var summary: CWLSummary { CWLSummary(process) }
}
