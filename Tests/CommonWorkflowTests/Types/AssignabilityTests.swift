import Testing

@testable import CommonWorkflow

@Suite struct AssignabilityTests {
    private static func list(_ type: DataType) -> DataType {
        .array(ArrayType(items: type, binding: nil))
    }

    @Test(
        "a link is refused only where no value fits",
        arguments: [
            (DataType.int, DataType.double, true), (.string, .int, false),
            (.union([.null, .string]), .string, true), (.null, .string, false),
            (.string, .union([.null, .string]), true), (list(.file), list(.file), true),
            (list(.file), .file, false), (.any, .file, true), (.file, .directory, false),
        ])
    func fits(source: DataType, sink: DataType, isSo: Bool) {
        #expect(Assignability.fits(source, sink) == isSo)
    }

    @Test("several sources become a list, flattened or not, and picking takes it away")
    func merged() {
        var link = Link(sources: [], isList: true)
        #expect(Assignability.merged(.int, by: link) == Self.list(.int))
        link.merge = .flattened
        #expect(Assignability.merged(Self.list(.int), by: link) == Self.list(.int))
        link.merge = .nested
        link.pick = .firstNonNull
        #expect(Assignability.merged(.union([.null, .int]), by: link) == .int)
        link.pick = .allNonNull
        #expect(Assignability.merged(.union([.null, .int]), by: link) == Self.list(.int))
    }
}
