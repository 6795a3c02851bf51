public import ArgumentParser
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
            exit(withError: error)
        }
    }

    /// Writes a line for the operator on standard error, after the program's name:
    /// `sgs: listening on http://127.0.0.1:8080`.
    public static func remark(_ text: String) {
        FileHandle.standardError.write(Data("\(_commandName): \(text)\n".utf8))
    }
}
