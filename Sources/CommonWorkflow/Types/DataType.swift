import Documents

/// A type of CWL (CWL 1.2, CWLType and the schemas).
indirect enum DataType: Hashable, Sendable {
    case null
    case boolean
    case int
    case long
    case float
    case double
    case string
    case file
    case directory
    /// Every value but null.
    case any
    case enumeration(EnumerationType)
    case record(RecordType)
    case array(ArrayType)
    case union([DataType])

    /// The types of which a value may be.
    var choices: [DataType] {
        if case .union(let types) = self { types.flatMap(\.choices) } else { [self] }
    }

    /// Whether null is a value of it.
    var isOptional: Bool { choices.contains(.null) }

    /// The simple types by their names.
    static let named: [String: DataType] = [
        "null": .null, "boolean": .boolean, "int": .int, "long": .long, "float": .float,
        "double": .double, "string": .string, "File": .file, "Directory": .directory, "Any": .any,
    ]

    /// As messages name it.
    var description: String {
        switch self {
        case .enumeration(let type): "one of \(type.symbols.joined(separator: ", "))"
        case .record(let type): type.name ?? "a record"
        case .array(let type): "\(type.items.description)[]"
        case .union(let types): types.map(\.description).joined(separator: " or ")
        default: Self.named.first { $0.value == self }?.key ?? "?"
        }
    }
}

/// A choice of words.
struct EnumerationType: Hashable, Sendable {
    let name: String?
    let symbols: [String]
    let binding: CommandBinding?
}

/// Fields of their own types.
struct RecordType: Hashable, Sendable {
    let name: String?
    let fields: [Parameter]
    let binding: CommandBinding?
}

/// Any number of values of one type.
struct ArrayType: Hashable, Sendable {
    let items: DataType
    let binding: CommandBinding?
}
