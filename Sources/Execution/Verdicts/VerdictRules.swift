import Documents
import GroundSegment
public import Workflows

/// The table by which attempts without success are judged. Of the rules that match, the strictest
/// decides; of equally strict ones the first.
///
/// After the retry rules of PanDA's JEDI (error source, error code, expression on the message,
/// scope, active or passive) and the memory rule of Rubin's ctrl_bps.
public struct VerdictRules: Hashable, Sendable {
    /// Strictest first.
    public let rules: [VerdictRule]

    /// A site's rules with those that hold everywhere; of equally strict ones the site's decide.
    /// - Throws: `ExecutionError` of code `badPipeline` with all faults of the rules.
    public init(site: [VerdictRule] = [], file: String = "") throws {
        var faults = site.flatMap { $0.faults(file: file) }
        var names: Set<String> = []
        for rule in site where !names.insert(rule.name).inserted {
            faults.append(
                Diagnostic(
                    file: file, place: .record("rule \(rule.name.printable)"), field: "name",
                    found: "another rule of this name", expected: "a name used once"))
        }
        guard faults.isEmpty else {
            throw ExecutionError(.badPipeline, "rules of \(file)", diagnostics: faults)
        }
        rules = Self.sorted(site)
    }

    private init(standard: [VerdictRule]) { rules = Self.sorted(standard) }

    /// The rules of a runner, as it says them.
    public init(inForce rules: [VerdictRule]) { self.rules = rules }

    /// What holds where no site says otherwise.
    public static let standard = VerdictRules(standard: [])

    private static func sorted(_ site: [VerdictRule]) -> [VerdictRule] {
        let all = site + everywhere
        return all.indices.sorted {
            (-all[$0].strictness, $0) < (-all[$1].strictness, $1)
        }.map { all[$0] }
    }

    /// A full disk, too many files or processes: not the payload's fault.
    private static let machine =
        "No space left|Read-only file system|Input/output error|Too many open files"
        + "|temporarily unavailable|Cannot allocate memory|Stale file handle|Disk quota exceeded"

    private static let everywhere = [
        VerdictRule(name: "lost", source: .lost, action: .loss),
        VerdictRule(name: "machine", source: .notStarted, pattern: machine, action: .loss),
        VerdictRule(name: "cancelled", source: .cancelled, action: .abort),
        VerdictRule(name: "memory", source: .memory, action: .growMemory),
        VerdictRule(name: "other", action: .retry),
    ]

    /// Judges an attempt of a payload whose life is as it was while the attempt ran.
    public func judge(_ facts: Facts, of node: Node, life: PayloadLife) -> Judgement {
        guard let trouble = facts.trouble else { return Judgement(verdict: .completed) }
        let policy = node.policy
        if let code = trouble.code, trouble.source == .exit {
            if let status = policy.abortCodes[code] {
                return Judgement(
                    verdict: .abortRun(status: status, message: trouble.message),
                    rule: "abort code")
            }
            if policy.finalCodes.contains(code) {
                return Judgement(
                    verdict: .failed(.payload, message: trouble.message), rule: "final code")
            }
        }
        var passive: [String] = []
        for rule in rules
        where rule.matches(
            trouble, executable: node.executable?.name ?? "", category: policy.category)
        {
            guard rule.isActive else {
                passive.append(rule.name)
                continue
            }
            let terms = Terms(policy: policy, life: life, message: trouble.message, rule: rule)
            return Judgement(
                verdict: terms.verdict(granted: facts.granted), rule: rule.name, passive: passive)
        }
        return Judgement(
            verdict: .failed(.payload, message: trouble.message), passive: passive)
    }
}

/// A verdict, and the rule that it comes from.
public struct Judgement: Hashable, Sendable {
    public let verdict: Verdict
    /// Empty for a success.
    public let rule: String
    /// Stricter rules that match but do not decide.
    public let passive: [String]

    init(verdict: Verdict, rule: String = "", passive: [String] = []) {
        self.verdict = verdict
        self.rule = rule
        self.passive = passive
    }
}
