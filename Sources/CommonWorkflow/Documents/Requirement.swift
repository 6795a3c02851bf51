import Documents

/// What a process needs, or would like (CWL 1.2, "Requirements and hints").
enum Requirement: Sendable {
    /// Code that precedes expressions.
    case javascript([String])
    case initialFolder(Node)
    case environment([Variable])
    case shellCommand
    case resources([String: JSONValue])
    /// Seconds, or an expression that gives them.
    case timeLimit(JSONValue)
    case networkAccess(JSONValue)
    case inplaceUpdate(Bool)
    case listing(ListingDepth)
    /// One that only says that a feature is used, or that changes nothing here.
    case marker

    /// A variable of a tool's environment, whose value may have expressions.
    struct Variable: Sendable {
        let name: String
        let value: String
    }
}

/// The requirements and hints in force at a process: its own, and those of the workflows and steps
/// around it.
struct RequirementScope: Sendable {
    private var requirements: [String: Requirement] = [:]
    private var hints: [String: Requirement] = [:]

    init() {}

    /// Inside of a process or step; what it says itself goes before what those around it say.
    func entering(_ own: [String: Requirement], hints ownHints: [String: Requirement])
        -> RequirementScope
    {
        var inner = self
        inner.requirements.merge(own) { $1 }
        inner.hints.merge(ownHints) { $1 }
        return inner
    }

    func entering(_ process: Process) -> RequirementScope {
        entering(process.requirements, hints: process.hints)
    }

    subscript(name: String) -> Requirement? { requirements[name] ?? hints[name] }

    /// The code that precedes expressions; `nil` where expressions are parameter references only.
    var javascript: [String]? {
        if case .javascript(let code)? = self["InlineJavascriptRequirement"] { code } else { nil }
    }

    var initialFolder: Node? {
        if case .initialFolder(let node)? = self["InitialWorkDirRequirement"] { node } else { nil }
    }

    var environment: [Requirement.Variable] {
        if case .environment(let variables)? = self["EnvVarRequirement"] { variables } else { [] }
    }

    var isShellCommand: Bool { self["ShellCommandRequirement"] != nil }

    var resources: [String: JSONValue] {
        if case .resources(let fields)? = self["ResourceRequirement"] { fields } else { [:] }
    }

    var timeLimit: JSONValue? {
        if case .timeLimit(let limit)? = self["ToolTimeLimit"] { limit } else { nil }
    }

    var isInplaceUpdate: Bool {
        if case .inplaceUpdate(let isSo)? = self["InplaceUpdateRequirement"] { isSo } else { false }
    }

    var listing: ListingDepth? {
        if case .listing(let depth)? = self["LoadListingRequirement"] { depth } else { nil }
    }
}
