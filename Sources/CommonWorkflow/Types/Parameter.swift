import Documents

/// An input or output of a process, or a field of a record.
struct Parameter: Hashable, Sendable {
    let name: String
    let type: DataType
    /// The value where none, or null, is given.
    var defaultValue: JSONValue?
    /// How it becomes part of a command.
    var binding: CommandBinding?
    /// Where a tool's output is found.
    var output: OutputBinding?
    var secondaryFiles: [SecondaryFile] = []
    /// IRIs of formats, or expressions that give them.
    var formats: [String] = []
    var isContentLoaded = false
    var listing: ListingDepth?
    /// What a workflow's output comes from.
    var link: Link?
    let place: Node.Place

    static func == (left: Parameter, right: Parameter) -> Bool {
        left.name == right.name && left.type == right.type && left.place == right.place
    }

    func hash(into hasher: inout Hasher) {
        hasher.combine(name)
        hasher.combine(place)
    }
}

/// A file that goes with another (CWL 1.2, SecondaryFileSchema).
struct SecondaryFile: Hashable, Sendable {
    /// A pattern of a name, or an expression.
    let pattern: String
    /// Whether it must be there: a boolean, or an expression that gives one; `nil` where not said.
    let required: JSONValue?
}

/// How much of a Directory's content is in its `listing` (CWL 1.2, LoadListingEnum).
enum ListingDepth: String, Sendable {
    case none = "no_listing"
    case shallow = "shallow_listing"
    case deep = "deep_listing"
}

/// How a value becomes words of a command (CWL 1.2, CommandLineBinding).
struct CommandBinding: Hashable, Sendable {
    /// A whole number, or an expression that gives one.
    var position: JSONValue = .integer(0)
    var prefix: String?
    var isSeparate = true
    var itemSeparator: String?
    /// A text, maybe with expressions.
    var valueFrom: String?
    var isQuoted = true
    /// In documents of CWL 1.0.
    var isContentLoaded = false
}

/// Where a tool's output is found (CWL 1.2, CommandOutputBinding).
struct OutputBinding: Hashable, Sendable {
    /// Patterns, or expressions that give them.
    var globs: [String] = []
    var isContentLoaded = false
    var listing: ListingDepth?
    var outputEval: String?
}

/// What a step's input or a workflow's output comes from.
struct Link: Hashable, Sendable {
    /// Inputs of the workflow, or outputs of its steps.
    var sources: [Source]
    /// Whether several sources, or a list of one, were written.
    var isList: Bool
    var merge: Merge = .nested
    var pick: Pick?

    struct Source: Hashable, Sendable {
        /// `nil`: an input of the workflow.
        let step: String?
        let name: String

        var description: String { step.map { "\($0)/\(name)" } ?? name }
    }

    /// How the values of several sources become one (CWL 1.2, LinkMergeMethod).
    enum Merge: String, Sendable {
        case nested = "merge_nested"
        case flattened = "merge_flattened"
    }

    /// How null values are left out (CWL 1.2, PickValueMethod).
    enum Pick: String, Sendable {
        case firstNonNull = "first_non_null"
        case onlyNonNull = "the_only_non_null"
        case allNonNull = "all_non_null"
    }
}
