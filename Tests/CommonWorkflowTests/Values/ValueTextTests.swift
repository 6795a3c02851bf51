import Documents
import Testing

@testable import CommonWorkflow

@Suite struct ValueTextTests {
    @Test(
        "numbers have no exponent",
        arguments: [
            (0.00001, "0.00001"), (1.23e-5, "0.0000123"), (1.23e5, "123000"), (-2.5, "-2.5"),
            (1e42, "1" + String(repeating: "0", count: 42)),
            (1.5e22, "15" + String(repeating: "0", count: 21)),
            (-1.25e-7, "-0.000000125"), (.infinity, "null"),
        ])
    func decimal(number: Double, text: String) {
        #expect(ValueText.decimal(number) == text)
    }

    @Test("within a text, objects have their fields in order and texts no quotes")
    func interpolated() {
        #expect(
            ValueText.interpolated(["b": [1, true], "a": .null]) == #"{"a": null, "b": [1, true]}"#)
        #expect(ValueText.interpolated("it's \"so\"") == "it's \"so\"")
    }
}
