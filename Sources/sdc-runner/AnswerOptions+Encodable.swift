import Commands
import Foundation

extension AnswerOptions {
    /// Prints an answer on standard output: as a JSON document, as text, or not at all.
    func show(_ value: some Encodable, _ text: @autoclosure () -> String) throws {
        if json {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
            print(String(decoding: try encoder.encode(value), as: UTF8.self))
        } else if !quiet {
            print(text())
        }
    }
}
