import Testing

@testable import Reporting

@Suite("SearchHistory")
struct SearchHistoryTests {
    @Test("few samples are all kept, of many those at equal distances")
    func thinned() {
        var history = SearchHistory()
        for steps in 0..<64 { history.note(Report.SearchSample(steps: steps, cost: 1)) }
        #expect(history.samples.map(\.steps) == Array(0..<64))
        for steps in 64..<200 { history.note(Report.SearchSample(steps: steps, cost: 1)) }
        #expect(history.samples.map(\.steps) == Array(stride(from: 0, to: 200, by: 4)))
    }
}
