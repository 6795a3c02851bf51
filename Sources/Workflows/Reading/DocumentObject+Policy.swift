import Documents
import Foundation

extension DocumentObject {
    /// A policy as far as the object names it, and `standard` for the rest.
    func policy(over standard: NodePolicy) -> NodePolicy {
        check(keys: [
            "attempts", "final_codes", "losses", "memory", "wait", "abort_codes", "category",
            "tolerance", "priority", "scouts", "cluster",
        ])
        let memory = object("memory", required: false)
        memory?.check(keys: ["multiplier", "cap_MiB"])
        let scouts = has("scouts") ? self.scouts() : nil
        let wait = object("wait", required: false)
        wait?.check(keys: ["initial_s", "factor"])
        return NodePolicy(
            attempts: optionalCount("attempts", in: 1...1000) ?? standard.attempts,
            finalCodes: has("final_codes") ? finalCodes() : standard.finalCodes,
            losses: optionalCount("losses", in: 0...1_000_000) ?? standard.losses,
            memoryMultiplier: memory?.optionalNumber("multiplier", .from(1, to: 1000))
                ?? standard.memoryMultiplier,
            memoryCap: memory?.optionalCount("cap_MiB", in: 1...1_000_000_000)
                ?? standard.memoryCap,
            wait: wait?.optionalNumber("initial_s", .from(0, to: 10_000_000)) ?? standard.wait,
            waitFactor: wait?.optionalNumber("factor", .from(1, to: 1000)) ?? standard.waitFactor,
            abortCodes: has("abort_codes") ? abortCodes() : standard.abortCodes,
            category: name("category", optional: true)?.value ?? standard.category,
            tolerance: tolerance(default: standard.tolerance),
            priority: optionalCount("priority", in: -1_000_000...1_000_000) ?? standard.priority,
            scouts: scouts?.count ?? standard.scouts,
            scoutGroup: scouts?.group ?? standard.scoutGroup,
            cluster: has("cluster") ? cluster() : standard.cluster)
    }

    /// `10`, or `{"count": 10, "by": "category"}`.
    private func scouts() -> (count: Int, group: NodePolicy.ScoutGroup) {
        let counts = 0...1_000_000
        guard isObject("scouts") else { return (optionalCount("scouts", in: counts) ?? 0, .node) }
        guard let terms = object("scouts") else { return (0, .node) }
        terms.check(keys: ["count", "by"])
        if !terms.has("count") { terms.fault("count", expected: "a whole number") }
        return (
            terms.optionalCount("count", in: counts) ?? 0,
            terms.choice("by", default: NodePolicy.ScoutGroup.node) ?? .node
        )
    }

    /// `20`, or `{"size": 20, "walltime_s": 3600, "by": "detectors", "clusters": 100}`.
    func cluster() -> ClusterTerms {
        let sizes = 1...ClusterTerms.mostPayloads
        guard isObject("cluster") else {
            return ClusterTerms(size: optionalCount("cluster", in: sizes) ?? 1)
        }
        guard let terms = object("cluster") else { return ClusterTerms(size: 1) }
        terms.check(keys: ["size", "walltime_s", "by", "clusters"])
        if !terms.has("size"), !terms.has("walltime_s"), !terms.has("clusters") {
            faults.add(
                at: terms.mark, field: terms.path,
                found: "neither size nor walltime_s nor clusters",
                expected: "at least one of them")
        }
        return ClusterTerms(
            size: terms.optionalCount("size", in: sizes) ?? ClusterTerms.mostPayloads,
            walltime: terms.optionalNumber("walltime_s", .from(0.001, to: 1_000_000_000)),
            by: terms.name("by", optional: true)?.value ?? "",
            clusters: terms.optionalCount("clusters", in: 1...ClusterTerms.mostClusters))
    }

    private func finalCodes() -> [Int] {
        list("final_codes").enumerated().compactMap { index, value in
            if let code = value.number.flatMap(Int.init(exactly:)), (0...255).contains(code) {
                return code
            }
            fault(
                value, at: path("final_codes", index), expected: "an exit code from 0 to 255")
            return nil
        }
    }

    private func abortCodes() -> [Int: Int] {
        guard let codes = object("abort_codes") else { return [:] }
        var read: [Int: Int] = [:]
        for field in codes.fields {
            guard let code = Int(field.name), (1...255).contains(code), "\(code)" == field.name
            else {
                faults.add(
                    at: field.mark, field: codes.path, found: PlainText.quoted(field.name),
                    expected: "an exit code from 1 to 255")
                continue
            }
            read[code] = codes.optionalCount(field.name, in: 0...255) ?? code
        }
        return read
    }

    /// `3`, or `"5 %"`.
    func tolerance(default standard: Tolerance) -> Tolerance {
        guard let value = value("tolerance") else { return standard }
        if let number = value.number, let count = Int(exactly: number),
            (0...1_000_000_000).contains(count)
        {
            return .count(count)
        }
        if let text = value.text, text.hasSuffix("%") {
            let number = text.dropLast().trimmingCharacters(in: .whitespaces)
            if number.utf8.allSatisfy({ $0 == UInt8(ascii: ".") || (48...57).contains($0) }),
                let percent = Double(number), (0...100).contains(percent)
            {
                return .part(percent / 100)
            }
        }
        fault("tolerance", expected: "a whole number of failures, or a part such as \"5 %\"")
        return standard
    }
}
