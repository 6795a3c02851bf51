import Documents
import Testing

@Suite("FaultLog")
struct FaultLogTests {
    @Test("faults come by line, then by text, wherever they lie")
    func order() {
        let log = FaultLog(file: "a.yaml")
        #expect(log.isEmpty)
        log.add(line: 7, field: "b", found: "x", expected: "y")
        log.add(line: 7, field: "a", found: "x", expected: "y")
        log.add(line: 2, column: 5, found: "x", expected: "y")
        log.add(record: "observation 4", found: "x", expected: "y")
        log.add(found: "x", expected: "y")
        #expect(!log.isEmpty)
        #expect(
            log.diagnostics.map(\.description) == [
                "a.yaml: found x, expected y", "a.yaml: observation 4: found x, expected y",
                "a.yaml:2:5: found x, expected y", "a.yaml:7: a: found x, expected y",
                "a.yaml:7: b: found x, expected y",
            ])
    }

    @Test("faults at places come by line and column, and those of one place as they were noted")
    func places() {
        let log = FaultLog(file: "a.json")
        for (line, column, field) in [(2, 10, "c"), (2, 9, "d"), (1, 20, "b"), (1, 20, "a")] {
            log.add(
                at: TextMark(line: line, column: column), field: field, found: "x", expected: "y")
        }
        #expect(log.count == 4)
        #expect(log.diagnostics.map(\.field) == ["b", "a", "d", "c"])
    }

    @Test("beyond a thousand, faults are counted and not kept")
    func limit() {
        let log = FaultLog(file: "a")
        for line in 1...1003 { log.add(line: line, found: "x", expected: "y") }
        #expect(log.diagnostics.count == 1001)
        #expect(
            log.diagnostics.last?.description
                == "a: found 3 more faults, expected none (the first 1000 are listed)")
    }
}
