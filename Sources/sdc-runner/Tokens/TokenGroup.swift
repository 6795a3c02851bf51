import ArgumentParser
import Commands
import Execution
import Foundation
import GroundSegment
import Markup

/// `sdc-runner token`
struct TokenGroup: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "token", abstract: "Who may steer the runner over the web.",
        subcommands: [TokenAddCommand.self, TokenListCommand.self, TokenRevokeCommand.self],
        defaultSubcommand: TokenListCommand.self)
}

extension ControlOptions {
    func tokens() throws -> AccessTokens {
        AccessTokens(state: SiteOptions.absolute(state), sdc: try chosen())
    }
}

/// `sdc-runner token add`
struct TokenAddCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "add",
        abstract: "Make a token for a name, and print it: it is shown only once.",
        discussion: """
            What is done with it is kept with the name. The runner need not be told.

              sdc-runner token add anna --sdc SDC-FR
              sdc-runner token add night-shift --days 30 --sdc SDC-FR
            """)

    @Argument(help: "Whose it is.")
    var name: String

    @Option(help: "After how many days it ends; never without it.")
    var days: Double?

    @OptionGroup var control: ControlOptions

    private struct Made: Encodable {
        let name: String
        let token: String
    }

    func validate() throws {
        guard days.map({ $0 > 0 && $0 <= 36_600 }) ?? true else {
            throw ValidationError("--days: expected a number above 0, 36600 at most")
        }
    }

    func run() throws {
        do {
            let token = try control.tokens().add(name, days: days, at: WallClock.system.now)
            try control.answer.show(Made(name: name, token: token), token)
        } catch let error as ExecutionError {
            throw CommandError(error)
        }
    }
}

/// `sdc-runner token list`
struct TokenListCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List who has a token; tokens themselves are not kept.",
        discussion: """
              sdc-runner token list --sdc SDC-FR
            """)

    @OptionGroup var control: ControlOptions

    func run() throws {
        do {
            let entries = try control.tokens().entries()
            var table = TextTable("NAME", "MADE", "ENDS")
            for entry in entries { table.add(entry.name, entry.made, entry.ends ?? "never") }
            try control.answer.show(entries, entries.isEmpty ? "no tokens" : table.text)
        } catch let error as ExecutionError {
            throw CommandError(error)
        }
    }
}

/// `sdc-runner token revoke`
struct TokenRevokeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "revoke", abstract: "Take a name's token away; it is refused from now on.",
        discussion: """
              sdc-runner token revoke anna --sdc SDC-FR
            """)

    @Argument(help: "Whose it is.")
    var name: String

    @OptionGroup var control: ControlOptions

    private struct Revoked: Encodable { let revoked: String }

    func run() throws {
        do {
            try control.tokens().revoke(name)
            try control.answer.show(Revoked(revoked: name), "revoked: \(name)")
        } catch let error as ExecutionError {
            throw CommandError(error)
        }
    }
}
