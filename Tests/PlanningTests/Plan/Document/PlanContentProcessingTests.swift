import Foundation
import GroundSegment
import LinearProgramming
import Testing

@testable import Planning

@Suite("Kinds, lines and reservations in plan.json")
struct PlanContentProcessingTests {
    private func plan(_ processing: Processing?, sdcs: [SDC]? = nil) throws -> Plan {
        var timings = StageTimings()
        var planningCase = SmallCase.strip(
            observations: 8, options: PlanningOptions(effort: .quick, steps: 10_000))
        if let processing { planningCase = planningCase.with(processing: processing) }
        if let sdcs { planningCase = planningCase.with(sdcs: sdcs, rules: ItemRules()) }
        return try Planner(solver: GLPKSolver()).plan(Problem(planningCase), timings: &timings)
    }

    private static let uneven = Processing(
        observationWork: CoreHours(10), observationVolume: Terabytes(0.05), latency: 0.5,
        tileWork: CoreHours(5), tileVolume: Terabytes(0.1),
        tileWorkPerObservation: CoreHours(1.5), tileVolumePerObservation: Terabytes(0.02),
        kinds: [
            "WIDE_SURVEY": .init(work: CoreHours(7), latency: 0.25),
            "DEEP": .init(volume: Terabytes(0.2)),
        ])

    @Test("a plan without them has none of their keys")
    func absent() throws {
        let text = String(decoding: PlanDocument.encode(try plan(nil)).bytes, as: UTF8.self)
        for key in [
            "PerObservation", "kinds", "ingress", "egress", "reserv", "failoverVolume",
        ] {
            #expect(!text.contains(key), "\(key)")
        }
    }

    @Test("what is written is read, and recounted to the same measures")
    func roundTrip() throws {
        let sdcs = SmallCase.sdcs(3).map {
            $0.with(
                ingress: 0.5, egress: 0,
                reservations: [
                    Reservation(
                        window: TimeWindow(start: SmallCase.start, end: SmallCase.start + 2),
                        work: CoreHours(50), volume: Terabytes(3))
                ])
        }
        // Nothing can go out: one line is left open, so that there is a plan.
        let open = sdcs.map { $0.with(egress: 1) }
        let plan = try plan(Self.uneven, sdcs: open)
        let (bytes, digest) = PlanDocument.encode(plan)
        let read = try PlanDocument.decode(bytes)
        #expect(read.digest == digest)
        #expect(read.plan.distribution.processing == Self.uneven)
        #expect(read.plan.distribution.sdcs == open)
        #expect(read.plan.measures == plan.measures)
        #expect(read.plan.recounted == plan.measures)
    }

    @Test(
        "what no plan can hold is named",
        arguments: [
            ("processing/kinds/0/work", "-1", "processing.kinds[0]: work: found -1.0"),
            (
                "processing/kinds/1/kind", "\"DEEP\"",
                "processing.kinds[1]: kind: found DEEP a second"
            ),
            ("processing/kinds/1/latency", "900", "processing.kinds[1]: latency: found 900.0"),
            ("processing/tileWorkPerObservation", "-3", "processing.tileWorkPerObservation"),
            ("sdcs/0/ingress", "-0.5", "SDC SDC-A: ingress: found -0.5"),
            ("sdcs/1/reservations/0/end", "61409", "reservations.end: found 61409.0"),
            ("reserved", "\"somewhere\"", "reserved: found \"somewhere\", expected published"),
            ("measures/failoverVolume", "-1", "measures.failoverVolume: found -1.0"),
        ])
    func impossible(path: String, value: String, fault: String) throws {
        let sdcs = SmallCase.sdcs(3).map {
            $0.with(
                ingress: 1,
                reservations: [
                    Reservation(
                        window: TimeWindow(start: SmallCase.start, end: SmallCase.start + 2),
                        work: CoreHours(1), volume: .zero)
                ])
        }
        let bytes = PlanDocument.encode(try plan(Self.uneven, sdcs: sdcs)).bytes
        let changed = try PlanContentFixture.changed(bytes, at: path, to: value)
        let error = #expect(throws: PlanDocumentError.self) {
            try PlanDocument.decode(changed)
        }
        let lines = error?.lines(file: "plan.json") ?? []
        #expect(lines.contains { $0.contains(fault) }, "\(lines)")
    }
}
