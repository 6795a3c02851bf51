import Testing

@testable import LinearProgramming

@Suite("LPNames")
struct LPNamesTests {
    @Test(
        "a name keeps its letters and digits, and all else is written as the format allows",
        arguments: [
            ("capacity/SDC-FR/2027-01-18", "capacity.SDC_FR.2027_01_18"),
            ("a.b_c~d", "a~2Eb~5Fc~7Ed"), ("row 1", "row~201"), ("é\n", "~C3~A9~0A"),
            ("2027", "~32027"), ("/x", "~2Fx"), ("e1", "~651"), ("E-", "~45_"), ("east", "east"),
            ("Free", "~46ree"), ("freedom", "freedom"), ("", "~"),
        ])
    func written(name: String, expected: String) {
        #expect(LPNames.written(name) == expected)
    }

    @Test("equal and too long names are told apart by their numbers")
    func unique() {
        let long = String(repeating: "x", count: 300)
        let names = LPNames.unique(["a", "a", long, long + "y"])
        #expect(names.prefix(2) == ["a", "a~~1"])
        #expect(Set(names).count == 4)
        #expect(names.allSatisfy { $0.utf8.count <= 240 })
    }
}
