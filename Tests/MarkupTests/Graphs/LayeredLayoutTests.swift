import Testing

@testable import Markup

@Suite struct LayeredLayoutTests {
    @Test func `a chain has a node in each column, and an edge that passes one has a place there`()
    {
        let layout = LayeredLayout(
            levels: [0, 1, 2], edges: [(from: 0, to: 1), (from: 1, to: 2), (from: 0, to: 2)])
        #expect(layout.columns.map(\.count) == [1, 2, 1])
        #expect(Set(layout.columns[1]) == [.node(1), .edge(2)])
        #expect(layout.way(of: 2).map(\.slot) == [.node(0), .edge(2), .node(2)])
        #expect(layout.way(of: 2).map(\.column) == [0, 1, 2])
    }

    @Test func `pairs that are joined crosswise are put in an order without crossings`() {
        let layout = LayeredLayout(
            levels: [0, 0, 0, 1, 1, 1],
            edges: [(from: 0, to: 5), (from: 1, to: 4), (from: 2, to: 3)])
        #expect(layout.columns[0] == [.node(0), .node(1), .node(2)])
        #expect(layout.columns[1] == [.node(5), .node(4), .node(3)])
    }

    @Test func `without nodes there are no columns, and levels without nodes stay empty`() {
        #expect(LayeredLayout(levels: [], edges: []).columns.isEmpty)
        #expect(LayeredLayout(levels: [2], edges: []).columns == [[], [], [.node(0)]])
    }
}
