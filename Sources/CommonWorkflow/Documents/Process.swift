import Documents

/// A process of a document, read and checked: what runs.
final class Process: Sendable {
    /// Its name in messages: the file's and, where it has one, its identifier.
    let name: String
    let version: CWLVersion
    let kind: Kind
    let inputs: [Parameter]
    let outputs: [Parameter]
    let requirements: [String: Requirement]
    let hints: [String: Requirement]
    let formats: FormatOntology
    /// Its texts that may have expressions.
    let expressions: [ProcessExpressions.Text]
    let place: Node.Place

    enum Kind: Sendable {
        case tool(CommandLineTool)
        case workflow(Workflow)
        /// Its expression.
        case expression(String)
        /// A process of unknown content.
        case operation
    }

    init(
        name: String, version: CWLVersion, kind: Kind, inputs: [Parameter], outputs: [Parameter],
        requirements: [String: Requirement], hints: [String: Requirement],
        formats: FormatOntology, expressions: [ProcessExpressions.Text], place: Node.Place
    ) {
        self.name = name
        self.version = version
        self.kind = kind
        self.inputs = inputs
        self.outputs = outputs
        self.requirements = requirements
        self.hints = hints
        self.formats = formats
        self.expressions = expressions
        self.place = place
    }

    /// The same process with further requirements, which go before its own.
    func adding(_ further: [String: Requirement]) -> Process {
        Process(
            name: name, version: version, kind: kind, inputs: inputs, outputs: outputs,
            requirements: requirements.merging(further) { $1 }, hints: hints, formats: formats,
            expressions: expressions, place: place)
    }
}

/// The version of CWL that a document follows.
enum CWLVersion: Int, Comparable, Sendable {
    case v10
    case v11
    case v12

    init?(_ word: String) {
        switch word {
        case "v1.0": self = .v10
        case "v1.1": self = .v11
        case "v1.2": self = .v12
        default: return nil
        }
    }

    static func < (left: CWLVersion, right: CWLVersion) -> Bool { left.rawValue < right.rawValue }
}

/// What a command-line tool is beside its inputs and outputs (CWL 1.2, CommandLineTool).
struct CommandLineTool: Sendable {
    let baseCommand: [String]
    let arguments: [Argument]
    let stdin: String?
    let stdout: String?
    let stderr: String?
    let successCodes: [Int]
    let temporaryFailCodes: [Int]
    let permanentFailCodes: [Int]

    /// A word of the command that is no input's.
    struct Argument: Sendable {
        /// `valueFrom` is its text.
        let binding: CommandBinding
    }
}

/// A workflow's steps (CWL 1.2, Workflow).
struct Workflow: Sendable {
    let steps: [Step]
}

/// One step of a workflow (CWL 1.2, WorkflowStep).
struct Step: Sendable {
    let name: String
    let inputs: [StepInput]
    let outputs: [String]
    let process: Process
    let requirements: [String: Requirement]
    let hints: [String: Requirement]
    let scatter: [String]
    let scatterMethod: ScatterMethod
    /// An expression; the step runs where it is true.
    let when: String?
    let place: Node.Place
}

/// How the lists that a step is scattered over are combined (CWL 1.2, ScatterMethod).
enum ScatterMethod: String, Sendable {
    case dotProduct = "dotproduct"
    case nestedCrossProduct = "nested_crossproduct"
    case flatCrossProduct = "flat_crossproduct"
}

/// An input of a step (CWL 1.2, WorkflowStepInput).
struct StepInput: Sendable {
    let name: String
    let link: Link
    let defaultValue: JSONValue?
    let valueFrom: String?
    let isContentLoaded: Bool
    let listing: ListingDepth?
    let place: Node.Place
}
