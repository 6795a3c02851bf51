import SkyGeometry
import Testing

@testable import GroundSegment

@Suite("PlanningCase")
struct PlanningCaseTests {
    private func observation(_ id: String) -> Observation {
        Observation(
            id: ID(id), kind: "", window: TimeWindow(start: MJD(100), end: MJD(100.1)),
            centre: SkyPosition(ra: 10, dec: 0),
            footprint: .field(
                longitude: 10, latitude: 0, positionAngle: 0, width: 0.5, height: 0.5))
    }

    private func planningCase(
        observations: [String] = ["1", "2"], sdcs: [String] = ["SDC-B", "SDC-A"],
        rules: ItemRules = ItemRules()
    ) throws(PlanningCaseError) -> PlanningCase {
        try PlanningCase(
            validating: "small",
            survey: SurveyPlan(id: "S", observations: observations.map(observation)),
            sdcs: sdcs.map { id in
                SDC(
                    id: ID(id), name: id, cores: 10, storage: Terabytes(10))
            }, grid: .mer,
            buckets: Buckets(period: TimeWindow(start: MJD(99), end: MJD(113)), length: 7),
            processing: Processing(
                observationWork: CoreHours(1), observationVolume: Terabytes(1),
                tileWork: CoreHours(1), tileVolume: Terabytes(1)),
            balance: Balance(work: 1, observations: 1, storage: 1, gap: 1), weights: Weights(),
            rules: rules, options: PlanningOptions(), inputs: [])
    }

    @Test("the SDCs of a case are sorted by their ids")
    func sorted() throws {
        #expect(try planningCase().sdcs.map(\.id) == ["SDC-A", "SDC-B"])
    }

    @Test("a case has 2 to 64 SDCs", arguments: [0, 1, 65])
    func count(of sdcs: Int) {
        let ids = (0..<sdcs).map { "SDC-\($0)" }
        let error = #expect(throws: PlanningCaseError.self) { try planningCase(sdcs: ids) }
        #expect(error?.code == .sdcCount)
        #expect(error?.description == "\(sdcs) SDCs, expected 2 to 64")
    }

    @Test("an SDC or an observation is there once")
    func repeated() {
        let sdc = #expect(throws: PlanningCaseError.self) {
            try planningCase(sdcs: ["SDC-A", "SDC-B", "SDC-A"])
        }
        #expect(sdc?.description == "SDC SDC-A a second time, expected each once")
        let observation = #expect(throws: PlanningCaseError.self) {
            try planningCase(observations: ["1", "2", "1"])
        }
        #expect(observation?.description == "observation 1 a second time, expected each once")
        #expect(observation?.code == .repeated)
    }

    @Test("a rule names one of the SDCs, whatever item it is about")
    func unknownSDC() throws {
        let pin = Pin(item: .observation("7"), sdc: "SDC-A", role: .primary)
        #expect(try planningCase(rules: ItemRules(pins: [pin])).rules.pins == [pin])
        for rules in [
            ItemRules(pins: [Pin(item: .tile("7"), sdc: "SDC-Z", role: .primary)]),
            ItemRules(prohibitions: [Prohibition(sdc: "SDC-Z", scope: .kind("X"))]),
        ] {
            let error = #expect(throws: PlanningCaseError.self) { try planningCase(rules: rules) }
            #expect(error?.code == .unknownSDC)
            #expect(error?.description == "a rule on SDC-Z, expected one of the case's SDCs")
        }
    }
}
