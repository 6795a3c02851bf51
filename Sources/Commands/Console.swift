import Foundation
public import GroundSegment

/// What a command says while it works, on standard error: a line that renews itself on a
/// terminal, one plain line for each stage elsewhere, after the time and the run.
public struct Console: Sendable {
    private let isTerminal: Bool
    private let isQuiet: Bool
    private let run: String?
    private let clock: WallClock

    /// Looks whether standard error is a terminal.
    ///
    /// - Parameters:
    ///   - isQuiet: whether nothing is said at all.
    ///   - run: the run that lines of a log begin with, after the time; `nil` for lines without
    ///     either.
    public init(isQuiet: Bool = false, run: String? = nil, clock: WallClock = .system) {
        isTerminal = isatty(STDERR_FILENO) == 1
        self.isQuiet = isQuiet
        self.run = run
        self.clock = clock
    }

    /// Renews the line on a terminal; says nothing elsewhere.
    public func progress(_ text: String) { progress(text, []) }

    /// Renews the line on a terminal with as many parts behind a text as it is wide; says nothing
    /// elsewhere.
    ///
    /// - Parameter parts: the most important first.
    public func progress(_ text: String, _ parts: [String]) {
        guard isTerminal, !isQuiet else { return }
        write("\r\u{1B}[K" + Self.fitted(text, parts, width: Self.width))
    }

    /// Ends a stage with its line.
    public func stage(_ text: String) {
        guard !isQuiet else { return }
        if isTerminal {
            write("\r\u{1B}[K" + text + "\n")
        } else {
            write((run.map { "\(clock.now.iso8601) \($0) " } ?? "") + text + "\n")
        }
    }

    /// A text and as many parts behind it, after commas, as a line holds; a text that is too long
    /// itself is cut.
    ///
    /// - Parameter width: columns of the terminal; the last one stays free, or some would go on
    ///   to the next line.
    static func fitted(_ text: String, _ parts: [String], width: Int) -> String {
        let room = max(1, width - 1)
        guard text.count <= room else { return String(text.prefix(room)) }
        var line = text
        for part in parts {
            let longer = line + (line == text ? " " : ", ") + part
            guard longer.count <= room else { break }
            line = longer
        }
        return line
    }

    /// Columns of the terminal that standard error is, else those that COLUMNS names, else 80.
    private static var width: Int {
        var size = winsize()
        if ioctl(STDERR_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 {
            return Int(size.ws_col)
        }
        let named = ProcessInfo.processInfo.environment["COLUMNS"].flatMap { Int($0) } ?? 0
        return named > 0 ? named : 80
    }

    private func write(_ text: String) {
        FileHandle.standardError.write(Data(text.utf8))
    }
}
