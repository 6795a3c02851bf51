import GroundSegment
import Testing

@testable import sgs

@Suite struct FrontierTests {
    private static func point(
        _ factor: Double, _ stability: Double, moves: Int, cost: Double
    ) -> Frontier.Point {
        Frontier.Point(
            stability: stability, factor: factor, moves: moves, free: moves / 2,
            cost: Terabytes(cost), outside: 0, deviation: 0.02)
    }

    private static let frontier = Frontier(
        points: [
            point(1, 0.01, moves: 100, cost: 200), point(1, 1, moves: 75, cost: 201.4),
            point(2, 0.01, moves: 60, cost: 199), point(2, 1, moves: 20, cost: 200.5),
        ], stability: 0.01)

    @Test("the finding says what can be bought back, for how much, and what the tolerances force")
    func finding() {
        #expect(
            Self.frontier.finding
                == "25 of the 100 moves (25 %) can be bought back for 0.70 % of the cost, by a"
                + " stability of 1 TB; the tolerances force 55 of the 75 others: with all of them"
                + " x 2, 20 remain.")
    }

    @Test("what is bought back at a small price is told before what is dear or leaves a tolerance")
    func offers() {
        var dear = Self.point(1, 1, moves: 50, cost: 110)
        dear = Frontier.Point(
            stability: dear.stability, factor: 1, moves: dear.moves, free: 0, cost: dear.cost,
            outside: 2, deviation: dear.deviation)
        let frontier = Frontier(
            points: [
                Self.point(1, 0, moves: 260, cost: 99.9),
                Self.point(1, 0.01, moves: 100, cost: 100),
                Self.point(1, 0.1, moves: 60, cost: 101.9), dear,
            ], stability: 0.01)
        #expect(
            frontier.finding
                == "40 of the 100 moves (40 %) can be bought back for 1.90 % of the cost, by a"
                + " stability of 0.1 TB; 50 (50 %) for 10.00 %, by 1 TB and with 2 more cells"
                + " outside a tolerance; the 50 others follow from the inputs, whatever the"
                + " tolerances.")
    }

    @Test("an axis has a few round values")
    func ticks() {
        #expect(FrontierPage.ticks(206...3248, least: 1) == [1000, 2000, 3000])
        #expect(FrontierPage.ticks(106.35...120.95, least: 0.01) == [110, 115, 120])
        #expect(FrontierPage.ticks(0...10, least: 1) == [0, 2, 4, 6, 8, 10])
        #expect(FrontierPage.ticks(6.9...7.1, least: 1) == [7])
    }

    @Test("where no weight keeps an item and no tolerance does, that is said")
    func nothingToBuy() {
        let frontier = Frontier(
            points: [
                Self.point(1, 0.01, moves: 7, cost: 10), Self.point(1, 1, moves: 7, cost: 10),
                Self.point(2, 1, moves: 7, cost: 10),
            ], stability: 0.01)
        #expect(
            frontier.finding
                == "No weight of stability buys back any of the 7 moves; the 7 others follow from"
                + " the inputs, whatever the tolerances.")
    }

    @Test("the table has a row for each plan, the cost against the case's own")
    func table() {
        #expect(
            Self.frontier.table.lines == [
                "tolerances  stability, TB  moves  free  cost, TB  cost, %  outside  deviation, %",
                "       x 1           0.01    100    50   200.000    +0.00        0          2.00",
                "       x 1              1     75    37   201.400    +0.70        0          2.00",
                "       x 2           0.01     60    30   199.000    -0.50        0          2.00",
                "       x 2              1     20    10   200.500    +0.25        0          2.00",
            ])
    }

    @Test("the page loads nothing and has a mark and a row for each plan")
    func page() {
        let html = FrontierPage(frontier: Self.frontier, name: "sample <1>").html()
        #expect(html.contains("Frontier of sample &lt;1&gt;"))
        #expect(html.components(separatedBy: "stroke-width=\"2\"").count == 5)
        #expect(html.components(separatedBy: "<tr>").count == 6)
        #expect(!html.contains("<script"))
        #expect(!html.contains("src="))
    }
}
