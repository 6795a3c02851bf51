import Yams

/// Reads a YAML text as values that JSON could have: objects whose names are scalars, each once,
/// lists and scalars.
struct YAMLReader {
    private var count = 0
    /// Values that are read, aliases counted each time: few anchors could stand for more than
    /// fits into memory, while what is written out has fewer values than bytes.
    private let most: Int

    /// The value that a text consists of.
    static func read(_ text: String) throws(DocumentError) -> DocumentValue {
        let node: Node?
        do {
            node = try Yams.compose(yaml: text)
        } catch let error as YamlError {
            throw error.documentError
        } catch {
            throw DocumentError(.problem("\(error)"), at: nil)
        }
        guard let node else { throw DocumentError(.empty, at: nil) }
        var reader = YAMLReader(most: max(10_000, text.utf8.count))
        return try reader.value(node, depth: 1)
    }

    private mutating func value(_ node: Node, depth: Int) throws(DocumentError) -> DocumentValue {
        let mark = TextMark(node.mark)
        count += 1
        if count > most {
            throw DocumentError(
                at: mark, found: "aliases for more than \(most) values", expected: "fewer")
        }
        if depth > DocumentValue.deepest { throw .tooDeep(at: mark) }
        let content: DocumentValue.Content
        switch node {
        case .scalar(let scalar):
            content = scalar.style == .plain ? .plain(scalar.string) : .text(scalar.string)
        case .sequence(let list):
            var values: [DocumentValue] = []
            values.reserveCapacity(list.count)
            for element in list { values.append(try value(element, depth: depth + 1)) }
            content = .list(values)
        case .mapping(let mapping):
            var fields: [DocumentValue.Field] = []
            fields.reserveCapacity(mapping.count)
            for (key, element) in mapping {
                guard case .scalar(let name) = key else {
                    throw DocumentError(
                        at: TextMark(key.mark), found: "a key of several values",
                        expected: "a text")
                }
                fields.append(
                    DocumentValue.Field(
                        name: name.string, mark: TextMark(key.mark),
                        value: try value(element, depth: depth + 1)))
            }
            content = .object(fields)
        case .alias: throw DocumentError(at: mark, found: "an alias", expected: "a value")
        }
        return DocumentValue(content: content, mark: mark)
    }
}

extension TextMark {
    fileprivate init(_ mark: Mark?) {
        self = mark.map { TextMark(line: $0.line, column: $0.column) } ?? .start
    }
}

extension YamlError {
    fileprivate var documentError: DocumentError {
        switch self {
        case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
            .composer(_, let problem, let mark, _):
            DocumentError(.problem(problem), at: TextMark(mark))
        case .duplicatedKeysInMapping(let names, let context):
            DocumentError(.twice(names.sorted()), at: TextMark(context.mark))
        case .reader(let problem, _, _, _): DocumentError(.problem(problem), at: nil)
        default: DocumentError(.problem("\(self)"), at: nil)
        }
    }
}
