import Campaigns
import GroundSegment
import Testing

@Suite struct PlacementTests {
    @Test func `the weight is JEDI's, and every term is printed`() {
        let weight = PlaceWeight(
            PlaceLoad(
                sdc: "SDC-FR",
                jobs: [.running: 9, .activated: 4, .assigned: 9, .starting: 2, .defined: 5],
                availability: 0.5, network: 0.8, freeCores: 0.25))
        #expect(weight.running == 9)
        #expect(weight.queued == 20)
        #expect(weight.manyAssigned == 2)
        #expect(weight.load == 10.0 / 60)
        #expect(abs(weight.weight - 10 / 60 * 0.5 * 0.8 * 0.25) < 1e-12)
        #expect(
            weight.description
                == "SDC-FR: running 9, queued 20, manyAssigned 2.0, load 0.1667, availability 0.5, "
                + "network 0.8, free 0.25, weight 0.0167")
    }

    @Test(arguments: [(0, 0, 1.0), (10, 0, 1.0), (0, 1, 2.0), (4, 9, 2.0), (9, 11, 1.2)])
    func `many assigned jobs count for up to twice`(
        activated: Int, assigned: Int, factor: Double
    ) {
        let load = PlaceLoad(
            sdc: "A", jobs: [.activated: activated, .assigned: assigned], availability: 1)
        #expect(abs(PlaceWeight(load).manyAssigned - factor) < 1e-12)
    }

    private static let assignment = Assignment(primary: "A", secondary: "B")

    private static func choice(
        _ first: PlaceLoad, _ second: PlaceLoad, isLate: Bool = false,
        output: Terabytes = .zero
    ) -> Placement {
        let other = PlaceLoad(sdc: "C", availability: 1)
        return Placement(
            assignment: assignment, isLate: isLate, output: output,
            loads: [first, second, other])
    }

    @Test func `a job of an item runs at its primary, however loaded`() {
        let choice = Self.choice(
            PlaceLoad(sdc: "A", jobs: [.activated: 500], availability: 0.1),
            PlaceLoad(sdc: "B", availability: 1))
        #expect(choice.sdc == "A")
        #expect(choice.reason == .primary)
        #expect(choice.weights.map(\.sdc) == ["B", "A"])
    }

    @Test func `it runs at the secondary where the primary is lost, has no room or no data`() {
        let second = PlaceLoad(sdc: "B", availability: 1)
        let lost = Self.choice(
            PlaceLoad(sdc: "A", availability: 1, outage: "an outage until 2027-02-01"), second)
        #expect(lost.sdc == "B")
        #expect(lost.reason == .secondary)
        #expect(
            lost.description.split(separator: "\n").map(String.init)[0]
                == "B: secondary of the item, for the primary cannot take it")
        #expect(lost.description.contains("not taken: an outage until 2027-02-01"))
        let full = Self.choice(
            PlaceLoad(sdc: "A", availability: 1, freeDisk: Terabytes(1)), second,
            output: Terabytes(2))
        #expect(full.sdc == "B")
        let empty = Self.choice(PlaceLoad(sdc: "A", availability: 0), second)
        #expect(empty.sdc == "B")
    }

    @Test func `a late primary is left for a secondary that has more to say for it`() {
        let slow = PlaceLoad(sdc: "A", jobs: [.activated: 100], availability: 1)
        #expect(
            Self.choice(slow, PlaceLoad(sdc: "B", availability: 1), isLate: true).reason == .late)
        #expect(
            Self.choice(slow, PlaceLoad(sdc: "B", availability: 0.05), isLate: true).sdc == "A")
    }

    @Test func `where neither can take it, nobody does`() {
        let choice = Self.choice(
            PlaceLoad(sdc: "A", availability: 1, outage: "lost"),
            PlaceLoad(sdc: "B", availability: 0))
        #expect(choice.sdc == nil)
        #expect(choice.reason == nil)
        #expect(choice.description.hasPrefix("no SDC can take it\n"))
    }

    @Test func `a job of no item runs where the most speaks for it`() {
        let choice = Placement(loads: [
            PlaceLoad(sdc: "A", jobs: [.activated: 10], availability: 1),
            PlaceLoad(sdc: "B", availability: 1, freeCores: 0.9),
            PlaceLoad(sdc: "C", availability: 1, outage: "lost"),
        ])
        #expect(choice.sdc == "B")
        #expect(choice.reason == .weight)
    }
}
