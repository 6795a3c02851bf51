import PostgreSQL
import Testing

@Suite struct SQLArrayTests {
    @Test(
        "arrays are read as PostgreSQL writes them",
        arguments: [
            ("{}", []), ("{a,b}", ["a", "b"]), (#"{"a,b","c\"d","\\"}"#, ["a,b", "c\"d", "\\"]),
            (#"{"",NULL,"NULL"}"#, ["", nil, "NULL"]),
        ] as [(String, [String?])])
    func reads(_ text: String, _ expected: [String?]) {
        #expect([String?](sqlText: text) == expected)
    }

    @Test(
        "what is no array of the type is refused", arguments: ["", "a", "{a", "{a,NULL}", #"{"a}"#])
    func refuses(_ text: String) {
        #expect([String](sqlText: text) == nil)
    }

    @Test("numbers in arrays are read as numbers")
    func numbers() {
        #expect([Double](sqlText: "{1,-0.5,1e-300}") == [1, -0.5, 1e-300])
        #expect([Int](sqlText: "{1,x}") == nil)
    }
}
