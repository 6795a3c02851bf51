import Documents

/// Whether values are of a type.
enum TypeCheck {
    /// Whether an output may be a value; null is one of any type there.
    static func acceptsOutput(_ type: DataType, _ value: JSONValue) -> Bool {
        value == .null && type.choices.contains(.any) || accepts(type, value)
    }

    static func accepts(_ type: DataType, _ value: JSONValue) -> Bool {
        switch type {
        case .null: value == .null
        case .any: value != .null
        case .boolean: if case .boolean = value { true } else { false }
        case .int: whole(value).map { Int32(exactly: $0) != nil } ?? false
        case .long: whole(value) != nil
        case .float, .double: value.number != nil
        case .string: value.string != nil
        case .file: value.isFile
        case .directory: value.isDirectory
        case .enumeration(let type): value.string.map { type.symbols.contains($0) } ?? false
        case .array(let type): value.elements?.allSatisfy { accepts(type.items, $0) } ?? false
        case .record(let type):
            value.members != nil && !value.isFile && !value.isDirectory
                && type.fields.allSatisfy { field in
                    accepts(field.type, value[field.name] ?? .null)
                        || ((value[field.name] ?? .null) == .null && field.defaultValue != nil)
                }
        case .union(let types): types.contains { accepts($0, value) }
        }
    }

    /// The member of a union of which a value is; the type itself where it is none.
    static func member(of type: DataType, for value: JSONValue) -> DataType {
        type.choices.first { $0 != .any && accepts($0, value) } ?? (type.choices.first ?? type)
    }

    private static func whole(_ value: JSONValue) -> Int? {
        if case .integer(let number) = value { number } else { nil }
    }
}
