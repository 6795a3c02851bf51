import Testing

@testable import CommonWorkflow

@Suite struct InterpolationTests {
    @Test("brackets in texts and of the other kind do not end an expression")
    func brackets() throws {
        #expect(
            try Interpolation("a $(f(')', \"(\\\"\")) b${ return {}; }", version: .v12).parts == [
                .literal("a "), .expression("f(')', \"(\\\"\")"), .literal(" b"),
                .function(" return {}; "),
            ])
    }

    @Test(
        "backslashes stand before what is meant as it is (CWL 1.2, String interpolation)",
        arguments: [
            (#"\$(echo)"#, "$(echo)"), (#"\${a}"#, "${a}"), (#"\\\$(a)"#, #"\$(a)"#),
            (#"\\$"#, #"\$"#), (#"\$"#, #"\$"#), (#"a \b"#, #"a \b"#), ("$$", "$$"),
        ])
    func backslashes(text: String, meant: String) throws {
        #expect(try Interpolation(text, version: .v12).parts == [.literal(meant)])
    }

    @Test("an even number of backslashes leaves the expression one")
    func evenBackslashes() throws {
        #expect(
            try Interpolation(#"\\$(a)"#, version: .v12).parts == [
                .literal(#"\"#), .expression("a"),
            ])
    }

    @Test("until CWL 1.1 a backslash stands before any character")
    func older() throws {
        #expect(
            try Interpolation(#"\n$(a)"#, version: .v11).parts == [.literal("n"), .expression("a")])
    }

    @Test("an expression without its end is refused", arguments: ["$(a", "${ '}' ", "x $((a)"])
    func unfinished(text: String) {
        #expect(throws: Interpolation.Unfinished.self) { try Interpolation(text, version: .v12) }
    }
}
