import Documents
import Foundation
import GroundSegment

extension VerdictRules {
    /// The most bytes of a file of rules.
    private static let mostBytes = 1_000_000

    /// A site's rules from a file, YAML or JSON, with those that hold everywhere.
    ///
    /// ```yaml
    /// rules:
    ///   - name: no stars
    ///     source: exit            # also signal, memory, outputs, walltime, temporary, lost, ...
    ///     code: 42                # or a range: 40-49
    ///     pattern: no stars in    # a regular expression that occurs in the message
    ///     executable: detect      # or category: the scope; everywhere where neither is said
    ///     active: true            # a passive rule is only told
    ///     action: fail            # also retry, grow_memory, loss, hold, abort_run
    ///     limit: 2                # of retry and loss: in place of the node's own number
    ///     status: 3               # of abort_run: what the run ends with
    /// ```
    /// - Throws: `ExecutionError` of code `badSite` with all faults.
    public init(reading file: String) throws {
        guard let data = FileManager.default.contents(atPath: file) else {
            throw ExecutionError(.badSite, "\(file): it cannot be read")
        }
        guard data.count <= Self.mostBytes, let text = String(data: data, encoding: .utf8) else {
            throw ExecutionError(
                .badSite, "\(file): expected UTF-8, at most \(Self.mostBytes) bytes")
        }
        try self.init(reading: text, file: file)
    }

    init(reading text: String, file: String) throws {
        let faults = FaultLog(file: file)
        let rules = DocumentObject(text, faults: faults)?.verdictRules() ?? []
        guard faults.isEmpty else {
            let diagnostics = faults.diagnostics
            throw ExecutionError(
                .badSite, "\(file): \(diagnostics.count) faults", diagnostics: diagnostics)
        }
        try self.init(site: rules, file: file)
    }
}

extension DocumentObject {
    fileprivate func verdictRules() -> [VerdictRule] {
        check(keys: ["rules"])
        var names: Set<String> = []
        return objects("rules", required: true).map { object in
            let rule = object.verdictRule()
            if !rule.name.isEmpty, !names.insert(rule.name).inserted {
                object.fault(
                    "name", found: "\"\(rule.name)\", of another rule", expected: "a name used once"
                )
            }
            return rule
        }
    }

    /// The object as a rule; what is at fault is noted.
    private func verdictRule() -> VerdictRule {
        check(keys: [
            "name", "source", "code", "pattern", "executable", "category", "active", "action",
            "limit", "status",
        ])
        let action: VerdictRule.Action? = choice("action")
        var rule = VerdictRule(
            name: text("name") ?? "", source: has("source") ? choice("source") : nil,
            codes: codes(), pattern: pattern(), executable: optionalText("executable"),
            category: optionalText("category"), isActive: flag("active", default: true) ?? true,
            action: action ?? .retry)
        rule.limit = optionalCount("limit", in: 1...1_000_000)
        rule.status = optionalCount("status", in: 0...255)
        if let action { check(rule, action) }
        return rule
    }

    private func check(_ rule: VerdictRule, _ action: VerdictRule.Action) {
        if rule.limit != nil, action != .retry, action != .loss {
            fault(
                "limit", found: "a limit of \(action.rawValue)",
                expected: "none, or the action retry or loss")
        }
        if rule.status != nil, action != .abortRun {
            fault(
                "status", found: "a status of \(action.rawValue)",
                expected: "none, or the action abort_run")
        }
        if action == .abortRun, !has("status") { fault("status", expected: "0 to 255") }
    }

    /// `42`, or `40-49`.
    private func codes() -> ClosedRange<Int>? {
        guard has("code") else { return nil }
        let limits = (word("code") ?? "").split(
            separator: "-", omittingEmptySubsequences: false
        ).map {
            $0.utf8.allSatisfy((UInt8(ascii: "0")...UInt8(ascii: "9")).contains)
                ? Int($0) : nil
        }
        if let least = limits.first ?? nil, let largest = limits.last ?? nil, limits.count <= 2,
            least <= largest, largest <= 255
        {
            return least...largest
        }
        fault("code", expected: "a code from 0 to 255, or a range such as 40-49")
        return nil
    }

    private func pattern() -> String? {
        guard let pattern = optionalText("pattern") else { return nil }
        if (try? Regex(pattern)) != nil { return pattern }
        fault("pattern", expected: "a regular expression")
        return nil
    }

    private func optionalText(_ key: String) -> String? { has(key) ? text(key) : nil }
}
