import Documents
import GroundSegment

extension DocumentObject {
    /// The policy below a key, as far as it says something.
    func policy(_ key: String) -> PolicyDraft {
        var draft = PolicyDraft()
        guard let policy = object(key, required: false) else { return draft }
        policy.check(keys: [
            "retries", "scouts", "tolerance", "partial", "coverage", "wait_h", "open", "late_h",
            "job_walltime_s", "request",
        ])
        draft.set(\.retries, policy.optionalCount("retries", in: 0...1000))
        draft.set(\.scouts, policy.optionalCount("scouts", in: 0...1_000_000))
        draft.set(\.tolerance, policy.tolerance())
        draft.set(\.isPartial, policy.optionalFlag("partial"))
        draft.set(\.coverage, policy.optionalNumber("coverage", .from(0, to: 1)))
        draft.set(\.wait, policy.optionalNumber("wait_h", .from(0, to: 100_000)))
        draft.set(\.isOpen, policy.optionalFlag("open"))
        draft.set(\.lateLimit, policy.optionalNumber("late_h", .from(0, to: 100_000)))
        draft.set(
            \.targetWalltime, policy.optionalNumber("job_walltime_s", .from(1, to: 10_000_000)))
        policy.request(into: &draft)
        return draft
    }

    private func request(into draft: inout PolicyDraft) {
        guard let request = object("request", required: false) else { return }
        request.check(keys: ["cores", "memory_MiB", "walltime_s", "output_MiB", "work_MiB"])
        let most = 1_000_000_000
        draft.set(\.request.cores, request.optionalCount("cores", in: 1...100_000))
        draft.set(\.request.memoryPerCore, request.optionalCount("memory_MiB", in: 1...most))
        draft.set(
            \.request.walltime, request.optionalNumber("walltime_s", .from(0.001, to: 1e9)))
        draft.set(\.request.outputDisk, request.optionalCount("output_MiB", in: 0...most))
        draft.set(\.request.workDisk, request.optionalCount("work_MiB", in: 0...most))
    }

    private func optionalFlag(_ key: String) -> Bool? { has(key) ? flag(key) : nil }

    /// `3`, or `"5 %"`.
    private func tolerance() -> LossTolerance? {
        guard let word = word("tolerance") else {
            if has("tolerance") { fault("tolerance", expected: Self.toleranceRule) }
            return nil
        }
        if let count = Int(word), (0...1_000_000_000).contains(count) { return .count(count) }
        if word.hasSuffix("%"),
            let percent = PlainText.decimal(PlainText.trimmed(String(word.dropLast()))),
            (0...100).contains(percent)
        {
            return .part(percent / 100)
        }
        fault("tolerance", expected: Self.toleranceRule)
        return nil
    }

    private static let toleranceRule = "a whole number of jobs, or a part such as 5 %"
}
