public import Documents

/// All faults of all files of a planning case; nothing of it was used.
public struct IngestionFailure: Error, Hashable, Sendable, CustomStringConvertible {
    /// Sorted by file and line; at least one.
    public let diagnostics: [Diagnostic]

    init(_ diagnostics: [Diagnostic]) {
        self.diagnostics = diagnostics
    }

    /// One line for each fault.
    public var description: String {
        diagnostics.map(\.description).joined(separator: "\n")
    }
}
