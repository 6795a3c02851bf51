/// Something that a runner has to be able to do, and how the self-test's report shows that it did.
public struct SelfTestFeature: Hashable, Sendable {
    /// As people say it.
    public let name: String
    /// The node of the self-test that shows it.
    let node: String
    /// The part of the report that the node fills; `nil` where its end alone shows the feature.
    let part: String?
    /// The lines of that part.
    let lines: [String]
    /// A node whose last attempt has ended when the node's first one begins.
    let before: String?

    private init(
        _ name: String, node: String, part: String? = nil, follows before: String? = nil,
        _ lines: String...
    ) {
        self.name = name
        self.node = node
        self.part = part
        self.lines = lines
        self.before = before
    }

    /// All of them, in the report's order.
    public static let all = [
        SelfTestFeature("step", node: "features.step", part: "step", "step"),
        SelfTestFeature("nested", node: "features.nested", part: "nested", "step", "copied"),
        SelfTestFeature(
            "parallel", node: "features.parallel", part: "parallel", "part 1", "part 2", "part 3"),
        SelfTestFeature(
            "dynamic resources", node: "features.measure", part: "dynamic", "1 cores, 96 MiB"),
        SelfTestFeature("TMPDIR", node: "features.scratch", part: "scratch", "1048576 bytes"),
        SelfTestFeature("TMPDIR removed", node: "features.gone", part: "gone", "TMPDIR is gone"),
        SelfTestFeature("order-only edges", node: "late", part: "order", follows: "early", "late"),
        SelfTestFeature("macro", node: "macro", part: "macro", "wall of stone"),
        SelfTestFeature(
            "subjobs", node: "subjobs", part: "subjobs",
            "first child", "second child, after the first", "epilog"),
        SelfTestFeature("final", node: "final", follows: "report"),
    ]

    /// What was found in place of the feature; `nil` where it is there.
    ///
    /// - Parameters:
    ///   - report: the lines of the self-test's report; `nil` where there is none.
    ///   - facts: the self-test's run with its attempts; `nil` where it never began.
    func lack(report: [String]?, facts: RunFacts?) -> String? {
        guard let facts else { return "the run has not begun" }
        let life = facts.life
        guard let number = life.number(path: node) else { return "the run has no node \(node)" }
        let payload = life[number]
        guard payload.state == .completed else {
            let reason = payload.message.isEmpty ? "" : ": \(payload.message)"
            return "\(node) is \(payload.state.rawValue)\(reason)"
        }
        if let before, let other = life.number(path: before),
            let end = facts.attempts.filter({ $0.payload == other }).map(\.ended).max(),
            let start = facts.attempts.filter({ $0.payload == number }).map(\.started).min(),
            start < end
        {
            return "\(node) began before \(before) had ended"
        }
        guard let part else { return nil }
        guard let report else { return "\(node) is COMPLETED, but there is no report" }
        let prefix = "\(part): "
        let found = report.filter { $0.hasPrefix(prefix) }.map { $0.dropFirst(prefix.count) }
        guard found.map(String.init) != lines else { return nil }
        return "\"\(found.joined(separator: " / "))\", expected "
            + "\"\(lines.joined(separator: " / "))\""
    }
}
