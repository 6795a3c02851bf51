import GroundSegment
import SkyGeometry
import Testing

@testable import Planning

@Suite("Checker")
struct CheckerTests {
    /// Two fields far apart, each over tiles of its own.
    private func twoFields(rules: ItemRules = ItemRules(), sdcs: [SDC] = SmallCase.sdcs(3))
        -> PlanningCase
    {
        let base = SmallCase.strip(observations: 1, sdcs: sdcs, rules: rules)
        let observations = [
            SmallCase.observation("1", ra: 10, dec: 0, at: 0),
            SmallCase.observation("2", ra: 40, dec: 0, at: 1),
        ]
        return PlanningCase(
            name: "two", survey: SurveyPlan(id: "test", observations: observations), sdcs: sdcs,
            grid: base.grid, buckets: base.buckets, processing: base.processing,
            balance: base.balance, rules: rules)
    }

    private func pair(_ primary: String, _ secondary: String) -> Assignment {
        Assignment(primary: ID("SDC-\(primary)"), secondary: ID("SDC-\(secondary)"))
    }

    /// All tiles of the first field at one pair, all of the second at another.
    private func measures(
        _ planningCase: PlanningCase, observations: [Assignment], first: Assignment,
        second: Assignment
    ) -> Measures {
        let overlaps = Problem(planningCase).overlaps
        let tiles = overlaps.tiles.map { $0.centre.ra < 25 ? first : second }
        return Checker(planningCase, overlaps: overlaps).measures(
            observations: observations, tiles: tiles)
    }

    @Test("a tile whose primary holds a replica of its observation needs no copy")
    func replicaServesTile() {
        let result = measures(
            twoFields(), observations: [pair("A", "B"), pair("B", "C")], first: pair("B", "A"),
            second: pair("B", "C"))
        #expect(result.copyCount == 0)
        #expect(result.failoverCopies == 0)
    }

    @Test("an SDC that owns several tiles of an observation needs one copy of it")
    func oneCopyForAnSDC() {
        let result = measures(
            twoFields(), observations: [pair("A", "B"), pair("B", "C")], first: pair("C", "A"),
            second: pair("B", "A"))
        #expect(result.copies == [CopyRoute(from: "SDC-A", to: "SDC-C"): 1])
        #expect(result.copyVolume == Terabytes(0.05))
        #expect(result.failoverCopies == 1)
    }

    @Test("external data cost their volume for each tile that is not at an ingesting SDC")
    func externalData() {
        let planningCase = twoFields()
        let result = measures(
            planningCase, observations: [pair("A", "B"), pair("B", "C")], first: pair("A", "B"),
            second: pair("B", "C"))
        let away = Problem(planningCase).tiles.filter { $0.centre.ra > 25 }.count
        #expect(abs(result.externalVolume.value - 0.03 * Double(away)) < 1e-12)
    }

    @Test("an SDC that there is not breaks H1")
    func unknownSDC() {
        let result = measures(
            twoFields(), observations: [pair("A", "Z"), pair("B", "C")], first: pair("A", "B"),
            second: pair("B", "C"))
        #expect(result.violations == ["H1 observation 1: unknown SDC SDC-Z"])
    }

    @Test("work above an SDC's capacity breaks H2")
    func overCapacity() {
        let result = measures(
            twoFields(sdcs: SmallCase.sdcs(3, cores: 0.5)),
            observations: [pair("A", "B"), pair("A", "B")], first: pair("A", "B"),
            second: pair("A", "B"))
        let tiles = result.tiles
        #expect(
            result.violations == [
                "H2 SDC-A \(twoFields().buckets.name(0)): \(20 + 5 * tiles) core-hours of 24"
            ])
    }

    @Test("an observation that arrives at its primary in a full outage breaks H4")
    func duringOutage() {
        let sdcs = SmallCase.sdcs(3, maintenance: [0: [SmallCase.outage(0.5, 0.6)]])
        let result = measures(
            twoFields(sdcs: sdcs), observations: [pair("A", "B"), pair("B", "C")],
            first: pair("A", "B"), second: pair("B", "C"))
        #expect(result.violations.count == 1)
        #expect(result.violations.first?.hasPrefix("H4 observation 1: arrives at SDC-A") == true)
    }

    @Test("half availability at the arrival is no outage")
    func halfAvailability() {
        let sdcs = SmallCase.sdcs(
            3, maintenance: [0: [SmallCase.outage(0.5, 0.6, availability: 0.5)]])
        let result = measures(
            twoFields(sdcs: sdcs), observations: [pair("A", "B"), pair("B", "C")],
            first: pair("A", "B"), second: pair("B", "C"))
        #expect(result.violations.isEmpty)
    }

    @Test("a pin that does not hold and a forbidden SDC break H5")
    func itemRules() {
        let rules = ItemRules(
            pins: [
                Pin(item: .observation("1"), sdc: "SDC-B", role: .primary),
                Pin(item: .observation("2"), sdc: "SDC-C", role: .primary, until: SmallCase.start),
            ],
            prohibitions: [Prohibition(sdc: "SDC-C", scope: .kind("WIDE_SURVEY"))])
        let result = measures(
            twoFields(rules: rules), observations: [pair("A", "B"), pair("B", "C")],
            first: pair("A", "B"), second: pair("B", "C"))
        #expect(
            result.violations == [
                "H5 observation 1: pinned to SDC-B as primary, is at SDC-A",
                "H5 observation 2: WIDE_SURVEY is forbidden at SDC-C",
            ])
    }

    @Test("an SDC without any observation waits for the whole period less its outage and silences")
    func gaps() {
        // Arrivals at 0.54 and 1.54 days of 8: the silence after the second is not counted.
        let sdcs = SmallCase.sdcs(3, maintenance: [2: [SmallCase.outage(0.6, 0.8)]])
        let result = measures(
            twoFields(sdcs: sdcs), observations: [pair("A", "B"), pair("B", "C")],
            first: pair("A", "B"), second: pair("B", "C"))
        #expect(abs((result.loads.first { $0.sdc == "SDC-C" }?.longestGap ?? 0) - 1.34) < 1e-9)
    }
}
