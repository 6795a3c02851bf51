import Foundation

extension DocumentReader {
    /// A policy as far as an object names it, and `standard` for the rest.
    mutating func policy(_ value: DocumentValue, _ path: String, over standard: NodePolicy)
        -> NodePolicy
    {
        let known = [
            "attempts", "final_codes", "losses", "memory", "wait", "abort_codes", "category",
            "tolerance", "priority", "scouts", "cluster",
        ]
        guard let object = object(value, path, fields: known) else { return standard }
        var memory = (multiplier: standard.memoryMultiplier, cap: standard.memoryCap)
        if let value = object["memory"],
            let growth = self.object(
                value, object.path("memory"), fields: ["multiplier", "cap_MiB"])
        {
            memory.multiplier = number(growth, "multiplier", 1...1000, default: memory.multiplier)
            memory.cap = optionalCount(growth, "cap_MiB", 1...1_000_000_000) ?? memory.cap
        }
        var wait = (initial: standard.wait, factor: standard.waitFactor)
        if let value = object["wait"],
            let pause = self.object(value, object.path("wait"), fields: ["initial_s", "factor"])
        {
            wait.initial = number(pause, "initial_s", 0...10_000_000, default: wait.initial)
            wait.factor = number(pause, "factor", 1...1000, default: wait.factor)
        }
        return NodePolicy(
            attempts: count(object, "attempts", 1...1000, default: standard.attempts),
            finalCodes: object["final_codes"] == nil ? standard.finalCodes : finalCodes(object),
            losses: count(object, "losses", 0...1_000_000, default: standard.losses),
            memoryMultiplier: memory.multiplier, memoryCap: memory.cap,
            wait: wait.initial, waitFactor: wait.factor,
            abortCodes: object["abort_codes"] == nil ? standard.abortCodes : abortCodes(object),
            category: name(object, "category", optional: true)?.value ?? standard.category,
            tolerance: tolerance(object, default: standard.tolerance),
            priority: count(
                object, "priority", -1_000_000...1_000_000, default: standard.priority),
            scouts: count(object, "scouts", 0...1_000_000, default: standard.scouts),
            cluster: object["cluster"].map { cluster($0, object) } ?? standard.cluster)
    }

    /// `20`, or `{"size": 20, "walltime_s": 3600, "by": "detectors"}`.
    private mutating func cluster(_ value: DocumentValue, _ object: DocumentObject)
        -> ClusterTerms
    {
        let sizes = 1...ClusterTerms.mostPayloads
        guard case .object = value.content else {
            return ClusterTerms(size: count(object, "cluster", sizes, default: 1))
        }
        let known = ["size", "walltime_s", "by"]
        guard let terms = self.object(value, object.path("cluster"), fields: known) else {
            return ClusterTerms(size: 1)
        }
        let walltime =
            terms["walltime_s"] == nil
            ? nil : number(terms, "walltime_s", 0.001...1_000_000_000, default: 1)
        if walltime == nil, terms["size"] == nil {
            fault(
                terms.mark, terms.path, found: "neither size nor walltime_s",
                expected: "one of them, or both")
        }
        return ClusterTerms(
            size: count(terms, "size", sizes, default: ClusterTerms.mostPayloads),
            walltime: walltime, by: name(terms, "by", optional: true)?.value ?? "")
    }

    private mutating func finalCodes(_ object: DocumentObject) -> [Int] {
        list(object, "final_codes").enumerated().compactMap { index, value in
            if case .number(let number) = value.content, let code = Int(exactly: number),
                (0...255).contains(code)
            {
                return code
            }
            fault(
                value, "\(object.path("final_codes"))[\(index)]",
                expected: "an exit code from 0 to 255")
            return nil
        }
    }

    private mutating func abortCodes(_ object: DocumentObject) -> [Int: Int] {
        guard let value = object["abort_codes"],
            let codes = self.object(value, object.path("abort_codes"))
        else { return [:] }
        var read: [Int: Int] = [:]
        for field in codes.fields {
            guard let code = Int(field.name), (1...255).contains(code), "\(code)" == field.name
            else {
                fault(
                    field.mark, codes.path, found: DocumentValue.quoted(field.name),
                    expected: "an exit code from 1 to 255")
                continue
            }
            read[code] = count(codes, field.name, 0...255, default: code)
        }
        return read
    }

    /// `3`, or `"5 %"`.
    mutating func tolerance(_ object: DocumentObject, default standard: Tolerance) -> Tolerance {
        guard let value = object["tolerance"] else { return standard }
        switch value.content {
        case .number(let number):
            if let count = Int(exactly: number), (0...1_000_000_000).contains(count) {
                return .count(count)
            }
        case .text(let text) where text.hasSuffix("%"):
            let number = text.dropLast().trimmingCharacters(in: .whitespaces)
            if number.utf8.allSatisfy({ $0 == UInt8(ascii: ".") || (48...57).contains($0) }),
                let percent = Double(number), (0...100).contains(percent)
            {
                return .part(percent / 100)
            }
        default: break
        }
        fault(
            value, object.path("tolerance"),
            expected: "a whole number of failures, or a part such as \"5 %\"")
        return standard
    }
}
