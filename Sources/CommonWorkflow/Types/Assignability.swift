/// Whether values of one type may be what another type wants.
enum Assignability {
    /// Whether some value of the type fits: whether all do is known only once they are there.
    static func fits(_ source: DataType, _ sink: DataType) -> Bool {
        if case .union(let types) = source {
            let choices = types.flatMap(\.choices)
            let some = choices.filter { $0 != .null }
            return (some.isEmpty ? choices : some).contains { fits($0, sink) }
        }
        if case .union(let types) = sink { return types.contains { fits(source, $0) } }
        switch (source, sink) {
        case (.any, _), (_, .any): return true
        case (.int, .long), (.int, .float), (.int, .double), (.long, .int), (.long, .float),
            (.long, .double), (.float, .double), (.double, .float):
            return true
        case (.array(let one), .array(let other)): return fits(one.items, other.items)
        case (.record(let one), .record(let other)):
            return other.fields.allSatisfy { field in
                one.fields.first { $0.name == field.name }.map { fits($0.type, field.type) }
                    ?? field.type.isOptional
            }
        case (.enumeration(let one), .enumeration(let other)):
            return one.symbols.contains { other.symbols.contains($0) }
        case (.enumeration, .string), (.string, .enumeration): return true
        default: return source == sink
        }
    }

    /// The type of what a link makes of a source.
    static func merged(_ type: DataType, by link: Link) -> DataType {
        switch link.pick {
        case .firstNonNull, .onlyNonNull:
            if link.isList, link.merge == .nested { return withoutNull(type) }
            return withoutNull(items(of: type))
        case .allNonNull:
            return .array(
                ArrayType(
                    items: withoutNull(
                        link.isList && link.merge == .nested ? type : items(of: type)),
                    binding: nil))
        case nil: break
        }
        guard link.isList else { return type }
        return .array(
            ArrayType(items: link.merge == .flattened ? items(of: type) : type, binding: nil))
    }

    /// The type of a list's elements; of what is no list, itself.
    private static func items(of type: DataType) -> DataType {
        let choices = type.choices.flatMap { choice in
            if case .array(let array) = choice { array.items.choices } else { [choice] }
        }
        return choices.count == 1 ? choices[0] : .union(choices)
    }

    static func withoutNull(_ type: DataType) -> DataType {
        let choices = type.choices.filter { $0 != .null }
        return choices.isEmpty ? .null : choices.count == 1 ? choices[0] : .union(choices)
    }
}
