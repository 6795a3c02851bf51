import Documents

extension RetryTable {
    /// The rules as they stand in a campaign's document.
    var document: JSONValue { .list(rules.map(\.document)) }
}

extension RetryRule {
    /// The rule as it stands in a campaign's document.
    fileprivate var document: JSONValue {
        var members: [JSONValue.Member] = []
        func add(_ name: String, _ value: JSONValue?) {
            if let value { members.append(JSONValue.Member(name: name, value: value)) }
        }
        add("name", .text(name))
        add("source", source.map { .text($0.rawValue) })
        add(
            "code",
            codes.map { codes in
                codes.count == 1
                    ? .integer(codes.lowerBound)
                    : .list([.integer(codes.lowerBound), .integer(codes.upperBound)])
            })
        add("message", message.map { .text($0) })
        add("pipeline", pipeline.map { .text($0) })
        add("release", release.map { .text($0) })
        add("sdc", sdc.map { .text($0.text) })
        add("active", isActive ? nil : false)
        add("action", action.document)
        return .object(members)
    }
}

extension RetryRule.Action {
    fileprivate var document: JSONValue {
        switch self {
        case .noRetry: "no_retry"
        case .retry: "retry"
        case .elsewhere: "elsewhere"
        case .increaseMemory: "increase_memory"
        case .limitRetry(let count): ["limit_retry": .integer(count)]
        case .increaseTime(let factor): ["increase_time": .real(factor)]
        case .reduceInput(let part): ["reduce_input": .real(part)]
        case .increaseMemoryTimes(let growth):
            [
                "increase_memory_times": [
                    "factor": .real(growth.factor), "offset_MiB": .integer(growth.offset),
                    "step_MiB": .integer(growth.step), "most_MiB": .integer(growth.most),
                ]
            ]
        }
    }
}
