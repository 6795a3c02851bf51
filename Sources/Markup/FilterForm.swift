/// A form that asks for the same page with other parameters; works without script.
public struct FilterForm {
    /// A field; its value is the one that was asked for, empty where none was.
    public enum Field {
        case text(name: String, label: String, value: String)
        case date(name: String, label: String, value: String)
        case choice(name: String, label: String, value: String, choices: [String], none: String?)
        /// A choice among values in words of their own.
        case words(name: String, label: String, value: String, choices: [(String, String)])
    }

    private let action: String
    private let fields: [Field]
    private let button: String

    public init(action: String, fields: [Field], button: String = "Show") {
        self.action = action
        self.fields = fields
        self.button = button
    }

    public var fragment: Fragment {
        Fragment(
            "form", ["action": action, "class": "filter"],
            fields.map(Self.fragment) + [Fragment("button", .text(button))])
    }

    private static func fragment(_ field: Field) -> Fragment {
        switch field {
        case .text(let name, let label, let value):
            labelled(label, Fragment("input", ["name": name, "value": value]))
        case .date(let name, let label, let value):
            labelled(
                label,
                Fragment(
                    "input", ["name": name, "type": "date", "value": String(value.prefix(10))]))
        case .choice(let name, let label, let value, let choices, let none):
            labelled(
                label,
                Fragment(
                    "select", ["name": name],
                    (none.map { [option("", $0, isChosen: value.isEmpty)] } ?? [])
                        + choices.map { option($0, $0, isChosen: $0 == value) }))
        case .words(let name, let label, let value, let choices):
            labelled(
                label,
                Fragment(
                    "select", ["name": name],
                    choices.map { option($0.0, $0.1, isChosen: $0.0 == value) }))
        }
    }

    private static func labelled(_ label: String, _ input: Fragment) -> Fragment {
        Fragment("label", [.text(label), input])
    }

    private static func option(_ value: String, _ text: String, isChosen: Bool) -> Fragment {
        isChosen
            ? Fragment("option", ["value": value, "selected": ""], .text(text))
            : Fragment("option", ["value": value], .text(text))
    }
}
