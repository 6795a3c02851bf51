import Documents
import Foundation
import GroundSegment
import Payloads
import Yams

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
        let root: Node?
        do {
            root = try Yams.compose(yaml: text)
        } catch {
            throw ExecutionError(.badSite, "\(file): \(error)")
        }
        var reading = VerdictRuleReading(file: file)
        let rules = reading.rules(root)
        guard reading.faults.isEmpty else {
            throw ExecutionError(
                .badSite, "\(file): \(reading.faults.count) faults", diagnostics: reading.faults)
        }
        try self.init(site: rules, file: file)
    }
}

/// Takes rules out of a document and collects every fault on the way.
private struct VerdictRuleReading {
    let file: String
    var faults: [Diagnostic] = []

    private static let keys = [
        "name", "source", "code", "pattern", "executable", "category", "active", "action",
        "limit", "status",
    ]

    init(file: String) {
        self.file = file
    }

    mutating func rules(_ root: Node?) -> [VerdictRule] {
        guard let root, let mapping = root.mapping, let list = root["rules"] else {
            fault(root, "rules", found: "nothing", expected: "a list of rules")
            return []
        }
        for (key, _) in mapping where key.string != "rules" {
            fault(key, key.string ?? "", found: "an unknown key", expected: "rules")
        }
        guard let nodes = list.sequence else {
            fault(list, "rules", expected: "a list of rules")
            return []
        }
        var names: Set<String> = []
        return nodes.enumerated().compactMap { index, node in
            let path = "rules[\(index)]"
            guard let rule = rule(node, path) else { return nil }
            if !rule.name.isEmpty, !names.insert(rule.name).inserted {
                fault(
                    node["name"], "\(path).name", found: "\"\(rule.name)\", of another rule",
                    expected: "a name used once")
            }
            return rule
        }
    }

    private mutating func rule(_ node: Node, _ path: String) -> VerdictRule? {
        guard let mapping = node.mapping else {
            fault(node, path, expected: "a mapping")
            return nil
        }
        for (key, _) in mapping where !Self.keys.contains(key.string ?? "") {
            fault(
                key, "\(path).\(key.string ?? "")", found: "an unknown key",
                expected: "one of: \(Self.keys.joined(separator: ", "))")
        }
        for name in ["name", "action"] where node[name] == nil {
            fault(node, "\(path).\(name)", found: "nothing", expected: "a value")
        }
        let action: VerdictRule.Action? = word(node, path, "action")
        let range = code(node, path)
        var rule = VerdictRule(
            name: text(node, path, "name") ?? "", source: word(node, path, "source"), codes: range,
            pattern: pattern(node, path), executable: text(node, path, "executable"),
            category: text(node, path, "category"), isActive: flag(node, path, "active") ?? true,
            action: action ?? .retry)
        rule.limit = number(node, path, "limit", 1...1_000_000)
        rule.status = number(node, path, "status", 0...255)
        if let action { check(rule, action, node, path) }
        return rule
    }

    private mutating func check(
        _ rule: VerdictRule, _ action: VerdictRule.Action, _ node: Node, _ path: String
    ) {
        if rule.limit != nil, action != .retry, action != .loss {
            fault(
                node["limit"], "\(path).limit", found: "a limit of \(action.rawValue)",
                expected: "none, or the action retry or loss")
        }
        if rule.status != nil, action != .abortRun {
            fault(
                node["status"], "\(path).status", found: "a status of \(action.rawValue)",
                expected: "none, or the action abort_run")
        }
        if action == .abortRun, node["status"] == nil {
            fault(node, "\(path).status", found: "nothing", expected: "0 to 255")
        }
    }

    /// `42`, or `40-49`.
    private mutating func code(_ node: Node, _ path: String) -> ClosedRange<Int>? {
        guard let value = node["code"] else { return nil }
        let limits = (value.string ?? "").split(
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
        fault(value, "\(path).code", expected: "a code from 0 to 255, or a range such as 40-49")
        return nil
    }

    private mutating func pattern(_ node: Node, _ path: String) -> String? {
        guard let pattern = text(node, path, "pattern") else { return nil }
        if (try? Regex(pattern)) != nil { return pattern }
        fault(node["pattern"], "\(path).pattern", expected: "a regular expression")
        return nil
    }

    private mutating func text(_ node: Node, _ path: String, _ key: String) -> String? {
        guard let value = node[key] else { return nil }
        if let text = value.string, (1...1000).contains(text.utf8.count),
            printable(text.utf8, limit: 2000) == text
        {
            return text
        }
        fault(value, "\(path).\(key)", expected: "a text of 1 to 1000 printable bytes")
        return nil
    }

    private mutating func word<Word: RawRepresentable<String> & CaseIterable>(
        _ node: Node, _ path: String, _ key: String
    ) -> Word? {
        guard let value = node[key] else { return nil }
        if let word = value.string.flatMap(Word.init(rawValue:)) { return word }
        let words = Word.allCases.map(\.rawValue).joined(separator: ", ")
        fault(value, "\(path).\(key)", expected: "one of: \(words)")
        return nil
    }

    private mutating func flag(_ node: Node, _ path: String, _ key: String) -> Bool? {
        guard let value = node[key] else { return nil }
        if let flag = value.bool { return flag }
        fault(value, "\(path).\(key)", expected: "true or false")
        return nil
    }

    private mutating func number(
        _ node: Node, _ path: String, _ key: String, _ range: ClosedRange<Int>
    ) -> Int? {
        guard let value = node[key] else { return nil }
        if let number = value.int, range.contains(number) { return number }
        fault(value, "\(path).\(key)", expected: "\(range.lowerBound) to \(range.upperBound)")
        return nil
    }

    private mutating func fault(
        _ node: Node?, _ field: String, found: String? = nil, expected: String
    ) {
        let place = node?.mark.map {
            Diagnostic.Place.position(line: $0.line, column: $0.column)
        }
        faults.append(
            Diagnostic(
                file: file, place: place, field: field.printable,
                found: found?.printable ?? node?.string.map { "\"\($0.printable)\"" } ?? "no text",
                expected: expected))
    }
}
