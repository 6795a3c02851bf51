import Execution
import Markup

/// Forms of what may be done to a run or a payload in the state that it is in; they work without
/// script.
struct ActionForms {
    /// The page of what it is done to.
    let address: String
    let legal: (state: String, commands: [String])
    let caller: Caller?
    let isOfPayload: Bool
    let priority: Int

    var fragment: Fragment {
        let actions = legal.commands.compactMap(Steering.Action.init)
        guard !actions.isEmpty else { return Fragment("p", "Nothing.") }
        guard caller != nil else {
            return Fragment(
                "p",
                [
                    .text(actions.map(\.rawValue).joined(separator: ", ") + ". "),
                    .link("/login", "Log in"), .text(" to do it."),
                ])
        }
        return .group(actions.map(form))
    }

    private func form(_ action: Steering.Action) -> Fragment {
        var fields = [
            hidden("action", action.rawValue), hidden("if_state", legal.state),
        ]
        switch action {
        case .priority:
            fields.append(labelled("Priority", ["name": "value", "value": "\(priority)"]))
        case .settle:
            fields.append(
                Fragment(
                    "label",
                    [
                        "As",
                        Fragment(
                            "select", ["name": "completed"],
                            [
                                Fragment("option", ["value": "true"], "completed"),
                                Fragment("option", ["value": "false"], "given up"),
                            ]),
                    ]))
        case .restart where isOfPayload:
            fields.append(
                labelled(
                    "Other resources, if any",
                    ["name": "resources", "placeholder": "{\"ram_MiB\": 4096}"]))
        case .hold, .release, .cancel, .restart: break
        }
        if action != .priority && action != .release && action != .restart {
            fields.append(labelled("Why", ["name": "reason", "maxlength": "200"]))
        }
        let name = action.rawValue.prefix(1).uppercased() + action.rawValue.dropFirst()
        fields.append(Fragment("button", ["title": action.words], .text(name)))
        return Fragment(
            "form", ["class": "action", "method": "post", "action": address], fields)
    }

    private func hidden(_ name: String, _ value: String) -> Fragment {
        Fragment("input", ["type": "hidden", "name": name, "value": value])
    }

    private func labelled(_ label: String, _ input: KeyValuePairs<String, String>) -> Fragment {
        Fragment("label", [.text(label), Fragment("input", input)])
    }
}
