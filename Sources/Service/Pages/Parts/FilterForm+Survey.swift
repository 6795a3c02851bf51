import Markup

extension FilterForm.Field {
    /// The survey; not asked for where there is only one.
    static func survey(_ state: ServedState, _ value: String?, none: String? = nil) -> [Self] {
        let surveys = state.snapshot.surveys.map(\.survey.text)
        guard surveys.count > 1 else { return [] }
        return [
            .choice(
                name: "survey", label: "Survey", value: value ?? "", choices: surveys, none: none)
        ]
    }
}
