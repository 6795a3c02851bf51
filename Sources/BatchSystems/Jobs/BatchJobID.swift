/// A task of a submitted job as its system numbers it. Systems begin anew: a number may come
/// again, a job's own name does not.
public struct BatchJobID: Hashable, Sendable, CustomStringConvertible {
    /// The job's number or name in the system, without a task's: `12345`.
    public let base: String
    /// The task's number in an array, from 1; `nil` of a job that is none.
    public let index: Int?

    public init(_ base: String, index: Int? = nil) {
        self.base = base
        self.index = index
    }

    /// `12345` or `12345[7]`, whatever the system.
    public var description: String { index.map { "\(base)[\($0)]" } ?? base }

    /// Reads what `description` writes; `nil` for anything else.
    public init?(text: String) {
        guard !text.isEmpty else { return nil }
        guard text.hasSuffix("]") else {
            guard !text.contains("[") else { return nil }
            self.init(text, index: nil)
            return
        }
        let parts = text.dropLast().split(separator: "[", omittingEmptySubsequences: false)
        guard parts.count == 2, !parts[0].isEmpty, let index = Int(parts[1]), index > 0 else {
            return nil
        }
        self.init(String(parts[0]), index: index)
    }
}

extension BatchJobID: Comparable {
    public static func < (one: BatchJobID, other: BatchJobID) -> Bool {
        (one.base.utf8.count, one.base, one.index ?? 0)
            < (other.base.utf8.count, other.base, other.index ?? 0)
    }
}
