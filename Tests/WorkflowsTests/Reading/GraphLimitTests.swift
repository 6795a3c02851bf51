import Foundation
import Testing

@testable import Workflows

@Suite struct GraphLimitTests {
    private func nested(_ levels: Int) -> String {
        var text = #"{"id": "x", "kind": "group"}"#
        for _ in 1..<levels {
            text = #"{"id": "x", "kind": "nested", "body": {"nodes": ["# + text + "]}}"
        }
        return TestDocument.text(nodes: text)
    }

    @Test func `sixteen levels of nodes are read, one more is refused`() {
        #expect(Sample.faults(nested(16)) == [])
        let faults = Sample.faults(nested(17))
        #expect(faults.count == 1)
        #expect(faults[0].contains("found nodes nested deeper than 16 levels"))
    }

    @Test(arguments: ["[", "{\"a\":", "- ", "? ", "[{a: "])
    func `ten thousand levels are refused and overflow no stack`(level: String) {
        let faults = Sample.faults(String(repeating: level, count: 10_000))
        #expect(faults.count == 1)
    }

    @Test func `levels of the library count`() throws {
        var library: [String: Graph] = [:]
        for level in 1...16 {
            let inner =
                level == 1
                ? #"{"id": "x", "kind": "group"}"#
                : #"{"id": "x", "kind": "nested", "pipeline": "p\#(level - 1)"}"#
            library["p\(level)"] = try GraphReader.read(
                Data(TestDocument.text(nodes: inner).utf8), file: "p",
                library: library.mapValues(\.withoutInputs))
        }
        let nodes = #"{"id": "x", "kind": "nested", "pipeline": "p16"}"#
        let faults = Sample.faults(
            TestDocument.text(nodes: nodes), library: library.mapValues(\.withoutInputs))
        #expect(
            faults == [
                "test:1:35: nodes: found 17 levels of nodes in one another, expected at most 16"
            ])
    }

    @Test func `nodes of the library count, however often it is named`() throws {
        var library: [String: Graph] = [:]
        for level in 1...5 {
            let nodes = (0..<20).map {
                level == 1
                    ? #"{"id": "x\#($0)", "kind": "group"}"#
                    : #"{"id": "x\#($0)", "kind": "nested", "pipeline": "p\#(level - 1)"}"#
            }.joined(separator: ",")
            do {
                library["p\(level)"] = try GraphReader.read(
                    Data(TestDocument.text(nodes: nodes).utf8), file: "p", library: library
                ).withoutInputs
            } catch {
                #expect(level == 4)
                #expect(error.diagnostics.map(\.found) == ["168420 nodes"])
                return
            }
        }
        Issue.record("nothing was refused")
    }

    @Test func `a path too long for a file's name is refused`() {
        let name = String(repeating: "n", count: 64)
        var text = #"{"id": "\#(name)", "kind": "group"}"#
        for _ in 0..<3 {
            text = #"{"id": "\#(name)", "kind": "nested", "body": {"nodes": ["# + text + "]}}"
        }
        #expect(
            Sample.faults(TestDocument.text(nodes: text)) == [
                "test:1:35: nodes: found 259 characters in a node's path, expected at most 200"
            ])
    }

    @Test func `a document of more than 10 MB is refused unread`() {
        let error = #expect(throws: WorkflowError.self) {
            try GraphReader.read(Data(count: 10_000_001), file: "f")
        }
        #expect(error?.diagnostics.map(\.found) == ["10000001 bytes"])
    }

    @Test func `few anchors that stand for very much are refused`() {
        var text = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n"
        for level in 1...9 {
            let list = Array(repeating: "*a\(level - 1)", count: 10).joined(separator: ", ")
            text += "a\(level): &a\(level) [\(list)]\n"
        }
        let faults = Sample.faults(text)
        #expect(faults.count == 1)
        #expect(faults[0].contains("found aliases for more than 10000 values"))
    }
}

extension Graph {
    /// The graph as a pipeline that takes nothing.
    fileprivate var withoutInputs: Graph {
        Graph(name: name, body: body, outputs: outputs)
    }
}
