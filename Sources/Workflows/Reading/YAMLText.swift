import Yams

/// A YAML text as the values that JSON has: what is written plainly as `true`, `false`, `null`
/// or a decimal number is that, everything else a text.
struct YAMLText {
    private var count = 0
    /// Values that are read, aliases counted each time: few anchors could stand for more than
    /// fits into memory, while what is written out has fewer values than bytes.
    private let most: Int

    /// The value that a text consists of.
    static func read(_ text: String) throws(SyntaxError) -> DocumentValue {
        let node: Yams.Node?
        do {
            node = try Yams.compose(yaml: text)
        } catch let error as YamlError {
            throw error.syntaxError
        } catch {
            throw SyntaxError(mark: .start, found: "\(error)", expected: "YAML")
        }
        guard let node else {
            throw SyntaxError(mark: .start, found: "an empty text", expected: "a document")
        }
        var reader = YAMLText(most: max(10_000, text.utf8.count))
        return try reader.value(node, depth: 1)
    }

    private mutating func value(_ node: Yams.Node, depth: Int) throws(SyntaxError) -> DocumentValue
    {
        let mark = TextMark(node.mark)
        count += 1
        if count > most {
            throw SyntaxError(
                mark: mark, found: "aliases for more than \(most) values", expected: "fewer")
        }
        if depth > JSONText.deepest {
            throw SyntaxError(
                mark: mark, found: "values nested deeper than \(JSONText.deepest) levels",
                expected: "fewer levels")
        }
        switch node {
        case .scalar(let scalar):
            return DocumentValue(content: Self.content(scalar), mark: mark)
        case .sequence(let list):
            var values: [DocumentValue] = []
            for element in list { values.append(try value(element, depth: depth + 1)) }
            return DocumentValue(content: .list(values), mark: mark)
        case .mapping(let mapping):
            var fields: [DocumentValue.Field] = []
            for (key, element) in mapping {
                guard case .scalar(let name) = key else {
                    throw SyntaxError(
                        mark: TextMark(key.mark), found: "a key of several values",
                        expected: "a text")
                }
                fields.append(
                    DocumentValue.Field(
                        name: name.string, mark: TextMark(key.mark),
                        value: try value(element, depth: depth + 1)))
            }
            return DocumentValue(content: .object(fields), mark: mark)
        case .alias:
            throw SyntaxError(mark: mark, found: "an alias", expected: "a value")
        }
    }

    private static func content(_ scalar: Yams.Node.Scalar) -> DocumentValue.Content {
        guard scalar.style == .plain else { return .text(scalar.string) }
        switch scalar.string {
        case "", "~", "null": return .null
        case "true": return .bool(true)
        case "false": return .bool(false)
        default:
            if let number = try? JSONText.read(Array(scalar.string.utf8)),
                case .number = number.content
            {
                return number.content
            }
            return .text(scalar.string)
        }
    }
}

extension TextMark {
    fileprivate init(_ mark: Mark?) {
        self = mark.map { TextMark(line: $0.line, column: $0.column) } ?? .start
    }
}

extension YamlError {
    fileprivate var syntaxError: SyntaxError {
        switch self {
        case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
            .composer(_, let problem, let mark, _):
            SyntaxError(mark: TextMark(mark), found: problem, expected: "YAML or JSON")
        case .duplicatedKeysInMapping(let names, let context):
            SyntaxError(
                mark: TextMark(context.mark),
                found: "a field twice: \(names.sorted().joined(separator: ", "))",
                expected: "each field once")
        case .reader(let problem, _, _, _):
            SyntaxError(mark: .start, found: problem, expected: "YAML or JSON")
        default:
            SyntaxError(mark: .start, found: "\(self)", expected: "YAML or JSON")
        }
    }
}
