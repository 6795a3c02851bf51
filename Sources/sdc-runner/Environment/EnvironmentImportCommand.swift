import ArgumentParser
import Commands
import Execution
import Foundation

/// `sdc-runner env import`
struct EnvironmentImportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import",
        abstract: "Turn the sourcing scripts of Euclid's pipeline runner into an SDC's.",
        discussion: """
            Reads a file of properties (environment.sourcingScripts.RELEASE=PATH,PATH) and prints \
            what belongs into the SDC's description below site. Exit status 65 where a value cannot \
            be used.

              sdc-runner env import ial.properties
            """)

    @Argument(help: "The file.")
    var file: String

    @OptionGroup var answer: AnswerOptions

    private struct Imported: Encodable {
        let scripts: [String: [String]]
    }

    func run() throws {
        guard let data = FileManager.default.contents(atPath: file) else {
            throw CommandError(.unknownItem, "\(file): there is no such file")
        }
        do {
            let environment = try SiteEnvironment(
                properties: String(decoding: data, as: UTF8.self), file: file)
            try answer.show(
                Imported(scripts: environment.scripts),
                environment.text.trimmingCharacters(in: .newlines))
        } catch let error as ExecutionError {
            throw CommandError(error)
        }
    }
}
