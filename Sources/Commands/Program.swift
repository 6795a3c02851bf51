public import ArgumentParser
import Documents
import Foundation

/// What the root command of a program does.
extension AsyncParsableCommand {
    /// Runs the command that the process's arguments name: the body of a program's `main`.
    ///
    /// A `CommandError` becomes lines on standard error, each after the program's name, and its
    /// exit status; other errors end as ArgumentParser says, status 64 where the usage is wrong.
    public static func runProgram() async {
        do {
            var command = try parseAsRoot()
            if var command = command as? any AsyncParsableCommand {
                try await command.run()
            } else {
                try command.run()
            }
        } catch let error as CommandError {
            error.lines.forEach(remark)
            Foundation.exit(error.status.rawValue)
        } catch {
            let words = Array(CommandLine.arguments.dropFirst())
            if exitCode(for: error) == .validationFailure, let near = Self.suggestion(for: words) {
                remark(near)
            }
            exit(withError: error)
        }
    }

    /// What could have been meant where the command line names no command: `there is no command
    /// plna, did you mean plan?`; `nil` where that is not what is wrong with it.
    static func suggestion(for words: [String]) -> String? {
        var command: any ParsableCommand.Type = self
        for word in words {
            let subcommands = command.configuration.subcommands
            guard !word.hasPrefix("-"), !subcommands.isEmpty, word != "help" else { return nil }
            if let next = subcommands.first(where: { $0._commandName == word }) {
                command = next
                continue
            }
            let known = subcommands.map { $0._commandName }
            guard let near = Spelling.nearest(to: word, in: known) else { return nil }
            return "there is no command \(word), did you mean \(near)?"
        }
        return nil
    }

    /// Writes a line for the operator on standard error, after the program's name:
    /// `sgs: listening on http://127.0.0.1:8080`.
    public static func remark(_ text: String) {
        FileHandle.standardError.write(Data("\(_commandName): \(text)\n".utf8))
    }
}
