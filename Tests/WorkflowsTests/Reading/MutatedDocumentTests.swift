import Foundation
import Testing

@testable import Workflows

@Suite struct MutatedDocumentTests {
    private static let count =
        ProcessInfo.processInfo.environment["SGS_TEST_FULL"] == "1" ? 20_000 : 500

    /// What stands for much in a document, and may come to stand anywhere.
    private static let pieces = [
        "{", "}", "[", "]", "\"", ":", ",", "- ", "\n", "null", "1e99", "-1", "\\", "&a ", "*a",
        "%",
        "\u{0}", "\u{2028}", "\"x\"", "[]", "{}", "\"../x\"", "parallel", "final", "\t", "?", "!!",
    ].map { Array($0.utf8) }

    @Test(arguments: ["survey.json", "exposure.json", "stack.yaml"])
    func `a changed document is read or refused with faults, and what is read reads back`(
        name: String
    ) throws {
        let original = Array(try Sample.data("graphs/\(name)"))
        var library = try Sample.graphs()
        library["survey"] = nil
        var generator = SeededGenerator(seed: 17)
        var read = 0
        var refused = 0
        for _ in 0..<Self.count {
            var bytes = original
            for _ in 0...Int.random(in: 0...3, using: &generator) {
                let place = Int.random(in: 0..<bytes.count, using: &generator)
                let end = min(bytes.count, place + Int.random(in: 0...4, using: &generator))
                let piece =
                    Bool.random(using: &generator)
                    ? try #require(Self.pieces.randomElement(using: &generator))
                    : [UInt8.random(in: 0...255, using: &generator)]
                bytes.replaceSubrange(place..<end, with: piece)
            }
            do {
                let graph = try GraphReader.read(Data(bytes), file: name, library: library)
                #expect(try Graph(document: graph.document, file: "again") == graph)
                read += 1
            } catch {
                #expect(!error.diagnostics.isEmpty)
                refused += 1
            }
        }
        #expect(read > 0)
        #expect(refused > read)
    }
}
