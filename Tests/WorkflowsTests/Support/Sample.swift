import Foundation
import Testing

@testable import Workflows

/// The files of the tests' folder `Samples`.
enum Sample {
    static var folder: URL {
        get throws {
            try #require(Bundle.module.url(forResource: "Samples", withExtension: nil))
        }
    }

    static func data(_ path: String) throws -> Data {
        try Data(contentsOf: folder.appending(path: path))
    }

    static func names(_ folder: String) throws -> [String] {
        try FileManager.default.contentsOfDirectory(
            atPath: Sample.folder.appending(path: folder).path
        ).sorted()
    }

    /// The graphs of `Samples/graphs`, by name.
    static func graphs() throws -> [String: Graph] {
        let documents = try names("graphs").map {
            GraphReader.Document(file: $0, data: try data("graphs/\($0)"))
        }
        return Dictionary(
            uniqueKeysWithValues: try GraphReader.read(documents).map { ($0.name, $0) })
    }

    static func graph(_ json: String) throws -> Graph {
        try GraphReader.read(Data(json.utf8), file: "test.json")
    }

    /// The faults of a text, as lines.
    static func faults(_ text: String, library: [String: Graph] = [:]) -> [String] {
        do {
            _ = try GraphReader.read(Data(text.utf8), file: "test", library: library)
            return []
        } catch {
            return error.diagnostics.map(\.description)
        }
    }
}

/// A document of one or more nodes of simple programs.
struct TestDocument {
    /// `copy` has one file in and out, `list` makes a list, `join` takes one, `stop` has no ports.
    static func text(nodes: String, outputs: String = "", more: String = "") -> String {
        """
        {"format": "sgs-graph/2", "name": "test",
        "inputs": [{"name": "raw"}, {"name": "raws", "content_type": "listfile"}],
        "executables": [
        {"name": "copy", "inputs": [{"name": "a"}], "outputs": [{"name": "b"}]},
        {"name": "list", "inputs": [{"name": "a"}], "outputs": [{"name": "l", "content_type": "listfile"}]},
        {"name": "join", "inputs": [{"name": "l", "content_type": "listfile"}], "outputs": [{"name": "b"}]},
        {"name": "stop"}],\(more)
        "nodes": [
        \(nodes)
        ],
        "outputs": [\(outputs)]}
        """
    }
}
