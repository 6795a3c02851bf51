import Documents

/// Checks that what a workflow's links join is there, fits, and has no circle.
struct LinkCheck {
    let process: Process
    let workflow: Workflow
    let faults: DocumentFaults

    func check() {
        let sources = sources()
        for step in workflow.steps { check(step, sources) }
        for output in process.outputs {
            guard let link = output.link else { continue }
            check(link, to: output.type, sources, at: output.place, name: output.name)
        }
        checkCircles()
    }

    /// The types of all that links may come from.
    private func sources() -> [Link.Source: DataType] {
        var sources: [Link.Source: DataType] = [:]
        for input in process.inputs {
            // What has a default is never null.
            let type =
                input.defaultValue == nil ? input.type : Assignability.withoutNull(input.type)
            sources[Link.Source(step: nil, name: input.name)] = type
        }
        for step in workflow.steps {
            for name in step.outputs {
                guard let output = step.process.outputs.first(where: { $0.name == name }) else {
                    faults.add(
                        at: step.place, field: "out",
                        found: "\(name), which \(step.name) does not give",
                        expected: "one of: "
                            + step.process.outputs.map(\.name).joined(separator: ", "))
                    continue
                }
                var type = output.type
                if step.when != nil { type = .union([.null, type]) }
                let depth =
                    step.scatterMethod == .nestedCrossProduct
                    ? step.scatter.count : min(1, step.scatter.count)
                for _ in 0..<depth { type = .array(ArrayType(items: type, binding: nil)) }
                sources[Link.Source(step: step.name, name: name)] = type
            }
        }
        return sources
    }

    private func check(_ step: Step, _ sources: [Link.Source: DataType]) {
        let names = step.inputs.map(\.name)
        if Set(names).count < names.count {
            faults.add(
                at: step.place, field: "in", found: "an input twice", expected: "each input once")
        }
        for name in step.scatter where !names.contains(name) {
            faults.add(
                at: step.place, field: "scatter", found: "\(name), which the step does not have",
                expected: "one of: \(names.joined(separator: ", "))")
        }
        for input in step.inputs {
            guard let wanted = step.process.inputs.first(where: { $0.name == input.name }) else {
                check(input.link, to: nil, sources, at: input.place, name: input.name)
                continue
            }
            var type: DataType? = wanted.type
            if wanted.defaultValue != nil { type = .union([.null, wanted.type]) }
            if input.defaultValue != nil { type = type.map { .union([.null, $0]) } }
            if step.scatter.contains(input.name) {
                type = type.map { .array(ArrayType(items: $0, binding: nil)) }
            }
            if input.valueFrom != nil { type = nil }
            check(input.link, to: type, sources, at: input.place, name: input.name)
        }
        for wanted in step.process.inputs
        where !wanted.type.isOptional && wanted.defaultValue == nil {
            let input = step.inputs.first { $0.name == wanted.name }
            let isGiven =
                input.map {
                    !$0.link.sources.isEmpty || $0.defaultValue != nil || $0.valueFrom != nil
                } ?? false
            if !isGiven {
                faults.add(
                    at: input?.place ?? step.place, field: "in",
                    found: "nothing for \(wanted.name) of \(step.name)",
                    expected: "a source, default or valueFrom")
            }
        }
    }

    /// - Parameter sink: `nil` where anything will do.
    private func check(
        _ link: Link, to sink: DataType?, _ sources: [Link.Source: DataType], at place: Node.Place,
        name: String
    ) {
        for source in link.sources {
            guard let type = sources[source] else {
                faults.add(
                    at: place, field: name, found: "\(source.description), which is not there",
                    expected: "an input of the workflow or a step's output")
                continue
            }
            guard let sink else { continue }
            let given = Assignability.merged(type, by: link)
            if !Assignability.fits(given, sink) {
                faults.add(
                    at: place, field: name,
                    found: "\(source.description) of the type \(given.description)",
                    expected: sink.description)
            }
        }
    }

    private func checkCircles() {
        var done: Set<String> = []
        var waiting = workflow.steps
        while true {
            let ready = waiting.filter { step in
                step.inputs.allSatisfy { input in
                    input.link.sources.allSatisfy { $0.step.map(done.contains) ?? true }
                }
            }
            if ready.isEmpty { break }
            for step in ready { done.insert(step.name) }
            waiting.removeAll { done.contains($0.name) }
        }
        guard let step = waiting.first, faults.isEmpty else { return }
        let names = waiting.map(\.name).joined(separator: ", ")
        faults.add(
            at: step.place, field: "in", found: "steps that wait for one another: \(names)",
            expected: "no such circle")
    }
}
