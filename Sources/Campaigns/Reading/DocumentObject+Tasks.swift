import Documents
import GroundSegment

extension DocumentObject {
    /// The most jobs of a task per number.
    static let mostJobs = 10_000_000

    /// What this object says of a task; `nil` where it has no name.
    ///
    /// - Parameter tasks: those that it may be a clone of.
    func task(cloning tasks: [TaskDraft]) -> TaskDraft? {
        check(keys: [
            "name", "clone", "title", "pipeline", "release", "per", "count", "items", "inputs",
            "outputs", "priority", "policy", "start", "prepare", "merge",
        ])
        guard let name = name("name", isQualified: true) else { return nil }
        var draft = TaskDraft(name: name)
        draft.title = optionalText("title")
        draft.pipeline = optionalName("pipeline")
        draft.release = optionalText("release")
        draft.unit = has("per") ? choice("per") : nil
        draft.count = optionalCount("count", in: 1...Self.mostJobs)
        draft.items = items("items")
        draft.inputs = names("inputs")
        draft.outputs = names("outputs")
        draft.priority = optionalCount("priority", in: -1_000_000...1_000_000)
        draft.policy = policy("policy")
        draft.triggers = triggers("start")
        draft.preparation = optionalName("prepare")
        draft.merging = optionalName("merge")
        guard let original = has("clone") ? self.name("clone", isQualified: true) : nil else {
            return draft
        }
        guard let task = tasks.first(where: { $0.name.text == original.text }) else {
            fault("clone", found: "task \(original.text)", expected: "a task above")
            return draft
        }
        return draft.over(task)
    }

    private func optionalName(_ key: String) -> String? { has(key) ? name(key)?.text : nil }

    /// What has to happen before a task starts; `nil` where the key is absent.
    func triggers(_ key: String) -> [Trigger]? {
        guard let start = object(key, required: false) else { return nil }
        start.check(keys: ["at", "on_product"])
        let date = start.has("at") ? start.time("at") : nil
        let product = start.optionalText("on_product")
        return [date.map(Trigger.date), product.map(Trigger.product)].compactMap(\.self)
    }

    /// A data set from outside.
    func outsideData() -> DataDraft? {
        check(keys: ["name", "per", "product"])
        let name = name("name", isQualified: true)
        let unit: JobUnit? = choice("per")
        let product = optionalText("product")
        guard let name, let unit else { return nil }
        return DataDraft(name: name, unit: unit, product: product)
    }
}
