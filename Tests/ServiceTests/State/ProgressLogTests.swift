import Catalogue
import Testing

@testable import Service

@Suite struct ProgressLogTests {
    @Test("the counts are told at first, and again only when they change")
    func changes() {
        var log = ProgressLog()
        var state = ServedState.empty
        state.orders = OrderCounts(counts: [
            OrderCounts.Key(survey: "TEST", sdc: "SDC-FR", state: .allocated): 2
        ])
        let first = log.events(state)
        #expect(
            first == """
                id: 1
                event: progress
                data: [{"survey": "TEST", "sdc": "SDC-FR", "state": "ALLOCATED", "orders": 2}]


                """)
        #expect(log.events(state).isEmpty)
        state.orders = OrderCounts(counts: [
            OrderCounts.Key(survey: "TEST", sdc: "SDC-FR", state: .executing): 2
        ])
        #expect(log.events(state).hasPrefix("id: 2\nevent: progress\ndata: [{\"survey\""))
    }
}
