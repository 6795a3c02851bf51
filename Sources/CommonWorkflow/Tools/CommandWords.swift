import Documents

/// Builds the words of a tool's command from its inputs (CWL 1.2, "Input binding").
struct CommandWords {
    let tool: CommandLineTool
    let inputs: [Parameter]
    let evaluator: Evaluator
    /// Whether the words are put together as a command of the shell.
    let isShellCommand: Bool

    /// A part of the sorting key: numbers come before names.
    private enum Key: Comparable {
        case number(Int)
        case name(String)

        static func < (left: Key, right: Key) -> Bool {
            switch (left, right) {
            case (.number(let one), .number(let other)): one < other
            case (.name(let one), .name(let other)): one < other
            case (.number, .name): true
            case (.name, .number): false
            }
        }
    }

    /// A binding with the value that it is for and its place among all.
    private struct Bound {
        var key: [Key]
        let binding: CommandBinding
        let value: JSONValue
    }

    /// The words, the program first.
    func words() throws -> [String] {
        var bound: [Bound] = []
        for (index, argument) in tool.arguments.enumerated() {
            let position = try position(argument.binding, itself: .null)
            bound.append(
                Bound(
                    key: [.number(position), .number(index)], binding: argument.binding,
                    value: .null))
        }
        for input in inputs {
            let value = evaluator.inputs[input.name] ?? .null
            if value == .null { continue }
            bound += try bind(
                input.type, value, input.binding, before: [], after: [.name(input.name)])
        }
        let sorted = bound.enumerated().sorted { left, right in
            left.element.key.lexicographicallyPrecedes(right.element.key)
                || (left.element.key == right.element.key && left.offset < right.offset)
        }.map(\.element)
        var words = tool.baseCommand.map { isShellCommand ? Self.quoted($0) : $0 }
        for bound in sorted {
            let own = try self.words(of: bound)
            words += isShellCommand && bound.binding.isQuoted ? own.map(Self.quoted) : own
        }
        return words
    }

    // MARK: - Binding

    private func position(_ binding: CommandBinding, itself: JSONValue) throws -> Int {
        let value = try evaluator.value(binding.position, itself: itself)
        if value == .null { return 0 }
        guard let position = value.wholeNumber else {
            throw CWLError.failure("position: found \(ValueText.brief(value)), expected a number")
        }
        return position
    }

    /// The bindings of a value and of what is in it.
    ///
    /// - Parameters:
    ///   - binding: that of the parameter, or what a list gives to its elements.
    ///   - before: what precedes its position in the key.
    ///   - after: what follows it.
    private func bind(
        _ type: DataType, _ value: JSONValue, _ binding: CommandBinding?, before: [Key],
        after: [Key]
    ) throws -> [Bound] {
        let type = effective(type, value)
        var inner: [Bound] = []
        var key: [Key] = []
        if let binding {
            key = before + [.number(try position(binding, itself: value))] + after
        }
        let before = binding == nil ? before : []
        let after = binding == nil ? after : []
        if binding?.valueFrom == nil {
            inner = try bindParts(type, value, binding, before: before, after: after)
        }
        guard let binding else { return inner }
        for index in inner.indices { inner[index].key = key + inner[index].key }
        return inner + [Bound(key: key, binding: binding, value: value)]
    }

    /// The bindings of what is in a value, and of its type.
    private func bindParts(
        _ type: DataType, _ value: JSONValue, _ outer: CommandBinding?, before: [Key], after: [Key]
    ) throws -> [Bound] {
        switch type {
        case .array(let array):
            return try bindElements(array, value, outer, before: before, after: after)
        case .record(let record):
            var found: [Bound] = []
            for field in record.fields {
                let part = value[field.name] ?? .null
                if part == .null { continue }
                found += try bind(
                    field.type, part, field.binding, before: record.binding == nil ? before : [],
                    after: [.name(field.name)])
            }
            guard let binding = record.binding else { return found }
            let key = before + [.number(try position(binding, itself: value))] + after
            for index in found.indices { found[index].key = key + found[index].key }
            return found + [Bound(key: key, binding: binding, value: value)]
        case .enumeration(let enumeration):
            guard let binding = enumeration.binding else { return [] }
            let key = before + [.number(try position(binding, itself: value))] + after
            return [Bound(key: key, binding: binding, value: value)]
        default: return []
        }
    }

    private func bindElements(
        _ array: ArrayType, _ value: JSONValue, _ outer: CommandBinding?, before: [Key],
        after: [Key]
    ) throws -> [Bound] {
        // Joined elements have no words of their own.
        if outer?.itemSeparator != nil, array.binding == nil { return [] }
        let elements = value.elements ?? []
        let each = array.binding ?? (outer == nil ? nil : CommandBinding())
        var found: [Bound] = []
        for (index, element) in elements.enumerated() where element != .null {
            found += try bind(
                array.items, element, each, before: before + [.number(index)], after: after)
        }
        return found
    }

    /// The type of which a value is; what is in a value of any type is told from itself.
    private func effective(_ type: DataType, _ value: JSONValue) -> DataType {
        let member = TypeCheck.member(of: type, for: value)
        guard member == .any else { return member }
        if value.elements != nil { return .array(ArrayType(items: .any, binding: nil)) }
        return member
    }

    // MARK: - Words

    private func words(of bound: Bound) throws -> [String] {
        let binding = bound.binding
        var value = bound.value
        if let text = binding.valueFrom { value = try evaluator.value(text, itself: value) }
        if case .list(let values) = value {
            if let separator = binding.itemSeparator {
                guard !values.isEmpty else { return [] }
                return prefixed(try values.map(word).joined(separator: separator), binding)
            }
            if binding.valueFrom != nil {
                return (binding.prefix.map { [$0] } ?? []) + (try values.map(word))
            }
            return values.isEmpty ? [] : binding.prefix.map { [$0] } ?? []
        }
        switch value {
        case .null, .boolean(false): return []
        case .boolean(true): return binding.prefix.map { [$0] } ?? []
        case .object where !value.isFile && !value.isDirectory:
            return binding.prefix.map { [$0] } ?? []
        default: return prefixed(try word(value), binding)
        }
    }

    private func prefixed(_ word: String, _ binding: CommandBinding) -> [String] {
        guard let prefix = binding.prefix else { return [word] }
        return binding.isSeparate ? [prefix, word] : [prefix + word]
    }

    private func word(_ value: JSONValue) throws -> String {
        guard value.isFile || value.isDirectory else { return ValueText.interpolated(value) }
        guard let path = value["path"]?.string else {
            throw CWLError.failure("\(ValueText.brief(value)) has no path")
        }
        return path
    }

    /// A word that the shell takes as it is (POSIX.1-2017, "Single-Quotes").
    static func quoted(_ word: String) -> String {
        let isPlain =
            !word.isEmpty
            && word.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"):
                    true
                default: "@%_-+=:,./".utf8.contains(byte)
                }
            }
        return isPlain ? word : "'" + word.replacing("'", with: "'\"'\"'") + "'"
    }
}
