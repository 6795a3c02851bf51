import Documents
import Testing

@testable import CommonWorkflow

@Suite struct ParameterReferenceTests {
    private let context: [String: JSONValue] = [
        "inputs": ["a b": ["it's": [1, 2, 3]], "text": "word"], "self": .null,
    ]

    @Test(
        "keys, quoted keys and indices lead to values",
        arguments: [
            ("inputs['a b'][\"it's\"][1]", JSONValue.integer(2)),
            ("inputs[\"a b\"]['it\\'s'].length", .integer(3)), ("inputs.text", .text("word")),
            ("inputs.text[0]", .text("w")), ("self", .null), ("null", .null),
        ])
    func found(text: String, value: JSONValue) {
        #expect(ParameterReference(text)?.value(in: context) == value)
    }

    @Test(
        "what is not there is no value",
        arguments: [
            "inputs.none", "inputs.text.length", "inputs['a b'][\"it's\"][3]", "self.a", "null.a",
            "other", "inputs[0]",
        ])
    func missing(text: String) {
        #expect(ParameterReference(text) != nil)
        #expect(ParameterReference(text)?.value(in: context) == nil)
    }

    @Test(
        "other expressions are no references",
        arguments: ["inputs.a + 1", "f()", "inputs.", "a[b]", ""])
    func none(text: String) {
        #expect(ParameterReference(text) == nil)
    }
}
