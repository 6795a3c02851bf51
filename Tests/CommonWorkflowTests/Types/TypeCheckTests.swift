import Documents
import Testing

@testable import CommonWorkflow

@Suite struct TypeCheckTests {
    static let record: DataType = DataType.record(
        RecordType(
            name: "r",
            fields: [
                Parameter(name: "n", type: .int, place: place),
                Parameter(name: "s", type: .union([.null, .string]), place: place),
            ], binding: nil))
    static let place = Node.Place(file: "/f", mark: .start)

    @Test(
        "a value is of a type",
        arguments: [
            (DataType.int, JSONValue.integer(7)), (.double, .integer(7)),
            (.long, .integer(1 << 40)),
            (.any, false), (.union([.null, .string]), .null),
            (.array(ArrayType(items: .int, binding: nil)), []),
            (TypeCheckTests.record, ["n": 1] as JSONValue),
            (.file, ["class": "File"]),
            (.enumeration(EnumerationType(name: nil, symbols: ["a"], binding: nil)), "a"),
        ] as [(DataType, JSONValue)])
    func accepted(type: DataType, value: JSONValue) {
        #expect(TypeCheck.accepts(type, value))
    }

    @Test(
        "a value is of no other type",
        arguments: [
            (DataType.int, JSONValue.integer(1 << 40)), (.int, .real(1.5)), (.int, "7"),
            (.any, .null),
            (.string, 7), (.directory, ["class": "File"]),
            (TypeCheckTests.record, ["s": "x"] as JSONValue),
            (TypeCheckTests.record, ["class": "File", "n": 1] as JSONValue),
            (.array(ArrayType(items: .int, binding: nil)), [1, "x"]),
            (.enumeration(EnumerationType(name: nil, symbols: ["a"], binding: nil)), "b"),
        ] as [(DataType, JSONValue)])
    func refused(type: DataType, value: JSONValue) {
        #expect(!TypeCheck.accepts(type, value))
    }

    @Test("an output of any type may be null")
    func outputs() {
        #expect(TypeCheck.acceptsOutput(.any, .null))
        #expect(!TypeCheck.acceptsOutput(.string, .null))
    }
}
