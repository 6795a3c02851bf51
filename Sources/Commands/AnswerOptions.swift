public import ArgumentParser
public import Documents

/// How a command answers: with lines for people or one JSON document, and whether it says anything
/// beside that.
public struct AnswerOptions: ParsableArguments {
    /// Whether standard output gets one JSON document in place of text.
    @Flag(help: "Print one JSON document in place of text; contrib/schemas describes it.")
    public var json = false

    /// Whether nothing is said but errors and the JSON document that was asked for.
    @Flag(name: .shortAndLong, help: "Print errors only, and with --json the document.")
    public var quiet = false

    /// For ArgumentParser, which fills the options in.
    public init() {}

    /// Prints the answer on standard output: the document, the lines, or nothing.
    public func show(
        _ document: @autoclosure () throws -> JSONValue, _ lines: @autoclosure () -> [String]
    ) rethrows {
        if json {
            print(try document().encoded)
        } else if !quiet {
            lines().forEach { print($0) }
        }
    }

    /// What the command says while it works.
    ///
    /// - Parameter run: the run that lines of a log name; `nil` where they name none.
    public func console(run: String? = nil) -> Console { Console(isQuiet: quiet, run: run) }
}
