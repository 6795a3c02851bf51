public import Documents
import GroundSegment

extension Campaign {
    /// The campaign as a document that `CampaignFile` reads again as the same campaign; what is as
    /// it is without being said is left out.
    public var document: JSONValue {
        var members: [JSONValue.Member] = [.init(name: "name", value: .text(id.text))]
        func add(_ name: String, _ value: JSONValue?) {
            if let value { members.append(JSONValue.Member(name: name, value: value)) }
        }
        add("title", title.isEmpty ? nil : .text(title))
        add("survey", survey.map { .text($0.text) })
        add("priority", priority == 0 ? nil : .integer(priority))
        add("share", share == 1 ? nil : .real(share))
        add("data", graph.outside.isEmpty ? nil : .list(graph.outside.map(\.document)))
        add("tasks", .list(graph.tasks.map(\.document)))
        let results = graph.results.filter { !$0.consumers.isEmpty }.map(\.id.text)
        add("results", results.isEmpty ? nil : .list(results))
        add("retry", retry == .standard ? nil : retry.document)
        return .object(members)
    }
}

extension OutsideData {
    fileprivate var document: JSONValue {
        [
            "name": .text(id.text), "per": .text(unit.rawValue), "product": .text(product),
        ]
    }
}

extension CampaignTask {
    /// The task as it stands in a campaign's document.
    var document: JSONValue {
        var members: [JSONValue.Member] = []
        func add(_ name: String, _ value: JSONValue?) {
            if let value { members.append(JSONValue.Member(name: name, value: value)) }
        }
        add("name", .text(id.text))
        add("title", title == id.text ? nil : .text(title))
        add("pipeline", .text(pipeline))
        add("release", release.isEmpty ? nil : .text(release))
        add("per", .text(unit.rawValue))
        add("count", unit == .number ? .integer(count) : nil)
        add("items", items == .all ? nil : items.document)
        add("inputs", inputs.isEmpty ? nil : .list(inputs.map(\.text)))
        add("outputs", outputs.isEmpty ? nil : .list(outputs.map(\.text)))
        add("priority", priority == 0 ? nil : .integer(priority))
        add("policy", policy == TaskPolicy() ? nil : policy.document)
        add("start", triggers.isEmpty ? nil : Trigger.document(triggers))
        add("prepare", preparation.map { .text($0) })
        add("merge", merging.map { .text($0) })
        return .object(members)
    }
}

extension Trigger {
    fileprivate static func document(_ triggers: [Trigger]) -> JSONValue {
        .object(
            triggers.map { trigger in
                switch trigger {
                case .date(let date): .init(name: "at", value: .text(date.exactISO8601))
                case .product(let name): .init(name: "on_product", value: .text(name))
                }
            })
    }
}

/// A part as a percentage that is read again as the same part.
private func percent(_ part: Double) -> Double {
    let rounded = (part * 1e11).rounded() / 1e9
    return rounded / 100 == part ? rounded : part * 100
}

extension TaskPolicy {
    /// What differs from a policy that nothing was said of.
    var document: JSONValue {
        let standard = TaskPolicy()
        var members: [JSONValue.Member] = []
        func add<Value: Equatable>(
            _ name: String, _ path: KeyPath<TaskPolicy, Value>, _ value: (Value) -> JSONValue
        ) {
            guard self[keyPath: path] != standard[keyPath: path] else { return }
            members.append(JSONValue.Member(name: name, value: value(self[keyPath: path])))
        }
        add("retries", \.retries) { .integer($0) }
        add("scouts", \.scouts) { .integer($0) }
        add("tolerance", \.tolerance) { tolerance in
            switch tolerance {
            case .count(let count): .integer(count)
            case .part(let part): .text("\(percent(part)) %")
            }
        }
        add("partial", \.isPartial) { .boolean($0) }
        add("coverage", \.coverage) { .real($0) }
        add("wait_h", \.wait) { .real($0) }
        add("open", \.isOpen) { .boolean($0) }
        add("late_h", \.lateLimit) { $0.map { .real($0) } ?? .null }
        add("job_walltime_s", \.targetWalltime) { $0.map { .real($0) } ?? .null }
        add("request", \.request) { request in
            [
                "cores": .integer(request.cores), "memory_MiB": .integer(request.memoryPerCore),
                "walltime_s": .real(request.walltime), "output_MiB": .integer(request.outputDisk),
                "work_MiB": .integer(request.workDisk),
            ]
        }
        return .object(members)
    }
}

extension ItemSelection {
    /// The selection as it stands in a campaign's document.
    var document: JSONValue {
        var members: [JSONValue.Member] = []
        func add(_ name: String, _ value: JSONValue?) {
            if let value { members.append(JSONValue.Member(name: name, value: value)) }
        }
        add(
            "period",
            period.map {
                ["start": .text($0.start.exactISO8601), "end": .text($0.end.exactISO8601)]
            })
        add(
            "region",
            region.map { region in
                switch region {
                case .cone(let centre, let radius):
                    [
                        "cone": [
                            "ra": .real(centre.ra), "dec": .real(centre.dec),
                            "radius": .real(radius),
                        ]
                    ]
                case .coverage(let map): ["moc": .text(map.ascii())]
                }
            })
        for kind in ItemKind.allCases {
            let own = (list ?? []).filter { $0.kind == kind }.map(\.text)
            // A list without items chooses none, which is not the same as no list.
            if !own.isEmpty || (list?.isEmpty ?? false) {
                add("\(kind.rawValue)s", .list(own.sorted(by: NaturalOrder.precedes)))
            }
        }
        add("query", query.map { .text($0) })
        return .object(members)
    }
}
