import Documents
import Foundation
import Testing

@testable import CommonWorkflow

@Suite(.enabled(if: DocumentFolder.hasNode)) struct JavaScriptEngineTests {
    private let path = ProcessInfo.processInfo.environment["PATH"] ?? ""

    private func order(_ body: String, library: [String] = []) -> JSONValue {
        [
            "library": .list(library), "body": .text(body), "inputs": ["n": 3], "self": "me",
            "runtime": ["cores": 2],
        ]
    }

    @Test(
        "values come back as JSON",
        arguments: [
            ("return inputs.n + runtime.cores;", JSONValue.integer(5)),
            ("return self + '\\u2028\\n';", .text("me\u{2028}\n")), ("return undefined;", .null),
            ("return 0/0;", .null), ("return {a: [1.5, true]};", ["a": [.real(1.5), true]]),
            ("console.log(1); return 1;", 1),
        ] as [(String, JSONValue)])
    func values(body: String, value: JSONValue) throws {
        let engine = JavaScriptEngine(path: path)
        defer { engine.stop() }
        #expect(try engine.evaluate(order(body)) == value)
    }

    @Test("a library is there, and nothing is left for the next expression")
    func isolated() throws {
        let engine = JavaScriptEngine(path: path)
        defer { engine.stop() }
        #expect(
            try engine.evaluate(
                order(
                    "return twice(inputs.n);",
                    library: ["function twice(n) { return 2 * n; } var x = 1;"]))
                == 6)
        #expect(
            try engine.evaluate(order("return typeof twice + typeof x;")) == "undefinedundefined")
    }

    @Test(
        "what throws, is no JavaScript or gives no JSON is a failure, and the next one works",
        arguments: [
            ("throw new Error('no');", "Error: no"), ("return (;", "SyntaxError"),
            ("return function() {};", "a function, which is no JSON"),
            ("undeclared = 1;", "undeclared is not defined"),
            ("return process.pid;", "process is not defined"), ("}); (function() {", "SyntaxError"),
        ])
    func faults(body: String, words: String) throws {
        let engine = JavaScriptEngine(path: path)
        defer { engine.stop() }
        let error = #expect(throws: CWLError.self) { try engine.evaluate(order(body)) }
        #expect(error?.lines.first?.contains(words) == true)
        #expect(try engine.evaluate(order("return 1;")) == 1)
    }

    @Test(
        "a loop without an end is ended",
        arguments: ["while (true) {}", "throw {toString: function() { while (true) {} }};"])
    func endless(body: String) throws {
        let engine = JavaScriptEngine(path: path, patience: .milliseconds(1500))
        defer { engine.stop() }
        let error = #expect(throws: CWLError.self) { try engine.evaluate(order(body)) }
        #expect(error?.lines == ["it did not end within 1.5 s"])
        #expect(try engine.evaluate(order("return 1;")) == 1)
    }

    @Test("without node it is refused by name")
    func missing() {
        let engine = JavaScriptEngine(path: "/nowhere")
        #expect(!engine.isThere)
        let error = #expect(throws: CWLError.self) { try engine.evaluate(order("return 1;")) }
        #expect(error?.code == .unsupported)
        #expect(error?.lines == ["JavaScript needs node, which is not installed"])
    }
}
