import Documents

/// The texts of a process that may have expressions.
enum ProcessExpressions {
    /// Fields whose texts never have any, or are read elsewhere.
    private static let without: Set<String> = [
        "doc", "label", "id", "default", "baseCommand", "class", "symbols", "intent", "run",
        "name", "expressionLib", "types", "hints", "cwlVersion", "$namespaces", "$schemas",
        "type", "source", "outputSource", "scatter", "out",
    ]

    /// A text with where it is written.
    struct Text: Sendable {
        let text: String
        let place: Node.Place
        /// Whether requirements of a step hold there beside those of the process: its name.
        let step: String?
    }

    static func all(of process: Node) -> [Text] {
        var found: [Text] = []
        for field in process.fields ?? []
        where !without.contains(field.name) && !isForeign(field.name) {
            if field.name == "steps" {
                for step in ParameterReader.entries(field.value, key: "id", short: "run") {
                    collect(step, step["id"]?.text.map(Identifier.short), &found)
                }
            } else {
                collect(field.value, nil, &found)
            }
        }
        return found
    }

    private static func isForeign(_ name: String) -> Bool { name.contains(":") }

    private static func collect(_ node: Node, _ step: String?, _ found: inout [Text]) {
        switch node.content {
        case .scalar(.text(let text)):
            if text.contains("$(") || text.contains("${") {
                found.append(Text(text: text, place: node.place, step: step))
            }
        case .scalar: break
        case .list(let nodes): for node in nodes { collect(node, step, &found) }
        case .object(let fields):
            for field in fields where !without.contains(field.name) && !isForeign(field.name) {
                collect(field.value, step, &found)
            }
            // A field may be called as one that has none, such as an input "type".
            if let type = fields.first(where: { $0.name == "type" }), type.value.text == nil {
                collect(type.value, step, &found)
            }
        }
    }
}
