import Foundation

/// What a command says while it works, on standard error: a line that renews itself on a
/// terminal, one plain line for each stage elsewhere.
public struct Console: Sendable {
    private let isTerminal = isatty(STDERR_FILENO) == 1

    /// Looks whether standard error is a terminal.
    public init() {}

    /// Renews the line on a terminal; says nothing elsewhere.
    public func progress(_ text: String) {
        guard isTerminal else { return }
        write("\r\u{1B}[K\(text)")
    }

    /// Ends a stage with its line.
    public func stage(_ text: String) {
        write((isTerminal ? "\r\u{1B}[K" : "") + text + "\n")
    }

    private func write(_ text: String) {
        FileHandle.standardError.write(Data(text.utf8))
    }
}
