import ArgumentParser
import Commands
import Execution
import Foundation

/// `sdc-runner pilots import`
struct PilotsImportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import",
        abstract: "Turn the pilots of Euclid's pipeline runner into those of an SDC.",
        discussion: """
            Reads a file of properties and prints what belongs into the SDC's description below \
            site, batch. Keys that say nothing here are named on standard error. Exit status 65 \
            where a value cannot be used.

              sdc-runner pilots import pilots.properties
            """)

    @Argument(help: "The file.")
    var file: String

    @OptionGroup var answer: AnswerOptions

    private struct Answer: Encodable {
        let yaml: String
        let remarks: [String]
    }

    func run() throws {
        guard let data = FileManager.default.contents(atPath: file) else {
            throw CommandError(.unknownItem, "\(file): there is no such file")
        }
        let properties = PilotProperties(String(decoding: data, as: UTF8.self), file: file)
        for line in properties.remarks where !answer.quiet {
            FileHandle.standardError.write(Data("\(line)\n".utf8))
        }
        guard properties.faults.isEmpty else {
            throw CommandError(.badInput, lines: properties.faults.map(\.description))
        }
        try answer.show(
            Answer(yaml: properties.text, remarks: properties.remarks),
            properties.text)
    }
}
