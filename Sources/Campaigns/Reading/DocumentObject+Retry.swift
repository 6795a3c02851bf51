import Documents
import GroundSegment

extension DocumentObject {
    /// The rules of a list for failed jobs; `nil` where the key is absent.
    func retryRules(_ key: String) -> [RetryRule]? {
        guard has(key) else { return nil }
        var names: Set<String> = []
        return objects(key).compactMap { object in
            guard let rule = object.retryRule() else { return nil }
            if !names.insert(rule.name).inserted {
                object.fault(
                    "name", found: "a second rule \(rule.name)", expected: "a name of its own")
            }
            return rule
        }
    }

    /// A rule for failed jobs; `nil` with a fault where it is none.
    private func retryRule() -> RetryRule? {
        check(keys: [
            "name", "source", "code", "message", "pipeline", "release", "sdc", "active", "action",
        ])
        let before = faults.count
        let name = self.name("name")?.text
        let source: JobFailure.Source? = has("source") ? choice("source") : nil
        let codes = has("code") ? self.codes() : nil
        let message = optionalText("message")
        let pipeline = optionalText("pipeline")
        let release = optionalText("release")
        let sdc = optionalText("sdc")
        let isActive = flag("active", default: true) ?? true
        let action = self.action()
        guard faults.count == before, let name, let action else { return nil }
        do throws(RetryRuleError) {
            return try RetryRule(
                name, source: source, codes: codes, message: message, pipeline: pipeline,
                release: release, sdc: sdc.map { ID($0) }, isActive: isActive, action: action)
        } catch {
            fault("message", expected: "a regular expression")
            return nil
        }
    }

    /// `42`, or `[1, 99]` for all between them.
    private func codes() -> ClosedRange<Int>? {
        let ends =
            words("code")?.map { $0.flatMap { Int($0) } } ?? [word("code").flatMap { Int($0) }]
        guard (1...2).contains(ends.count), let first = ends[0], let last = ends[ends.count - 1],
            first <= last
        else {
            fault("code", expected: "a whole number, or a list of the first and the last")
            return nil
        }
        return first...last
    }

    private static let actions = [
        "no_retry", "retry", "elsewhere", "increase_memory", "limit_retry",
        "increase_memory_times", "increase_time", "reduce_input",
    ]

    private func action() -> RetryRule.Action? {
        guard isObject("action") else {
            switch word("action") {
            case "no_retry": return .noRetry
            case "retry": return .retry
            case "elsewhere": return .elsewhere
            case "increase_memory": return .increaseMemory
            default:
                fault("action", expected: "one of: \(Self.actions.joined(separator: ", "))")
                return nil
            }
        }
        guard let action = object("action") else { return nil }
        action.check(keys: Self.actions)
        switch action.oneOf([
            "limit_retry", "increase_memory_times", "increase_time", "reduce_input",
        ])
        {
        case "limit_retry": return action.count("limit_retry", in: 0...1000).map { .limitRetry($0) }
        case "increase_time":
            return action.number("increase_time", .from(1, to: 100)).map { .increaseTime($0) }
        case "reduce_input":
            return action.number("reduce_input", .from(0.001, to: 1)).map { .reduceInput($0) }
        case "increase_memory_times": return action.growth().map { .increaseMemoryTimes($0) }
        default: return nil
        }
    }

    private func growth() -> MemoryGrowth? {
        guard let growth = object("increase_memory_times") else { return nil }
        growth.check(keys: ["factor", "offset_MiB", "step_MiB", "most_MiB"])
        let most = 1_000_000_000
        let factor = growth.number("factor", .from(1, to: 100))
        let offset = growth.count("offset_MiB", in: 0...most, default: 0)
        let step = growth.count("step_MiB", in: 1...most, default: 1)
        let limit = growth.count("most_MiB", in: 1...most)
        guard let factor, let offset, let step, let limit else { return nil }
        return MemoryGrowth(factor: factor, offset: offset, step: step, most: limit)
    }
}
