import Documents
import Testing

@testable import CommonWorkflow

@Suite struct PlainScalarTests {
    @Test(
        "words without quotes are what YAML's core schema says",
        arguments: [
            ("", JSONValue.null), ("~", .null), ("True", .boolean(true)), ("no", .text("no")),
            ("-12", .integer(-12)), ("0x1F", .integer(31)), ("0o17", .integer(15)),
            ("1_000", .text("1_000")), ("1.5e3", .real(1500)), (".5", .real(0.5)), ("5.", .real(5)),
            ("1e", .text("1e")), ("-", .text("-")), ("0x-1", .text("0x-1")),
            ("1.2.3", .text("1.2.3")),
            ("100000000000000000000", .real(1e20)),
        ])
    func values(word: String, value: JSONValue) {
        #expect(PlainScalar.value(word) == value)
    }
}
