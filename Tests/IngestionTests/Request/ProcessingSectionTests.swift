import GroundSegment
import Testing

@testable import Ingestion

@Suite("Kinds and work for each observation")
struct ProcessingSectionTests {
    private func plan(_ observation: String, tile: String = "") -> String {
        CaseFixture.plan("latency: 1.0}", "latency: 1.0\(observation)}")
            .replacingOccurrences(
                of: "tile: {work: 20, volume: 0.25}", with: "tile: {work: 20, volume: 0.25\(tile)}")
    }

    @Test("a kind has the values that it names, and the general ones else")
    func kinds() throws {
        let processing = try CaseFixture([
            "plan.yaml": plan(", kinds: {DEEP: {work: 30, latency: 0.5}, \"A/B\": {volume: 0}}")
        ]).read().processing
        #expect(processing.work(ofKind: "DEEP") == CoreHours(30))
        #expect(processing.volume(ofKind: "DEEP") == Terabytes(0.5))
        #expect(processing.latency(ofKind: "DEEP") == 0.5)
        #expect(processing.volume(ofKind: "A/B") == Terabytes(0))
        #expect(processing.work(ofKind: "WIDE") == CoreHours(10))
        #expect(!processing.isUniform)
    }

    @Test("a tile takes more for each of its observations")
    func tiles() throws {
        let processing = try CaseFixture([
            "plan.yaml": plan("", tile: ", work_per_observation: 3, volume_per_observation: 0.5")
        ]).read().processing
        #expect(processing.tileWork(observations: 4) == CoreHours(32))
        #expect(processing.tileVolume(observations: 2) == Terabytes(1.25))
        #expect(!processing.isUniform)
    }

    @Test(
        "what no kind can be is refused with its path",
        arguments: [
            (
                "{DEEP: {work: -1}}",
                "processing.observation.kinds.DEEP.work: found \"-1\", expected a number from 1e-06 to"
                    + " 1000000000"
            ),
            (
                "{DEEP: {volume: 2000000}}",
                "processing.observation.kinds.DEEP.volume: found \"2000000\", expected 0 or a number"
                    + " from 1e-12 to 1000000"
            ),
            (
                "{DEEP: {latency: .inf}}",
                "processing.observation.kinds.DEEP.latency: found \".inf\", expected a number from 0 to"
                    + " 366"
            ),
            (
                "{DEEP: {}}",
                "processing.observation.kinds.DEEP: found no value, expected one or more of: work,"
                    + " volume, latency"
            ),
            (
                "{DEEP: {cores: 3}}",
                "processing.observation.kinds.DEEP.cores: found an unknown key, expected one of:"
                    + " latency, volume, work"
            ),
        ])
    func refused(kinds: String, fault: String) throws {
        let faults = try CaseFixture(["plan.yaml": plan(", kinds: \(kinds)")]).faults()
        #expect(faults.contains { $0.hasSuffix(fault) }, "\(faults)")
    }

    @Test("work for each observation is no less than 0")
    func negative() throws {
        let faults = try CaseFixture([
            "plan.yaml": plan("", tile: ", work_per_observation: -3")
        ]).faults()
        #expect(faults.count == 1)
        #expect(
            faults[0].hasSuffix(
                "processing.tile.work_per_observation: found \"-3\", expected 0 or a number from 1e-06"
                    + " to 1000000000"))
    }

    @Test("kinds that no observation has are remarked, and no fault")
    func strangers() throws {
        let planningCase = try CaseFixture([
            "plan.yaml": plan(", kinds: {DEPE: {work: 3}, DEEP: {work: 4}}")
        ]).read()
        #expect(
            planningCase.remarksOnKinds == [
                "processing.observation.kinds.DEPE: no observation of the period is of this kind;"
                    + " there are DEEP, WIDE"
            ])
    }
}
