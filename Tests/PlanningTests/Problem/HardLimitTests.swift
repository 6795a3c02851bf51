import Foundation
import GroundSegment
import Ingestion
import LinearProgramming
import Testing

@testable import Planning

/// Limits that are met exactly hold, and so does what is within 1e-9 of them (H2, H3).
@Suite("Hard limits")
struct HardLimitTests {
    private static let fault = URL(fileURLWithPath: #filePath)
        .appending(path: "../../../Inputs/faults/34-storage-exactly-full/case")
        .standardizedFileURL.path

    private func plan(_ planningCase: PlanningCase) throws -> Plan {
        var timings = StageTimings()
        let options = PlanningOptions(effort: .quick, steps: 1)
        return try Planner(solver: GLPKSolver(), threads: 1).plan(
            Problem(planningCase.with(options: options)), timings: &timings)
    }

    /// Storage and what is used of it, the difference being 6.4 TB, which all items take.
    @Test(
        "storage that all items fill exactly is enough",
        arguments: [(16.4, 10), (6.4, 0), (6.5, 0.1), (100.4, 94), (1006.4, 1000), (7.3, 0.9)])
    func storage(_ total: Double, _ used: Double) throws {
        let full = try CaseReader.read(Self.fault).applying(
            ["A", "B"].flatMap {
                [.storage(ID($0), Terabytes(total)), .used(ID($0), Terabytes(used))]
            })
        let plan = try plan(full)
        #expect(plan.measures.violations.isEmpty)
        #expect(plan.violations.isEmpty)
        #expect(abs(plan.measures.loads[0].newVolume.value - 6.4) < 1e-9)
    }

    @Test("one SDC that is filled exactly beside a larger one is enough")
    func oneFull() throws {
        let found = try CaseReader.read(Self.fault)
        for sdc in ["A", "B"] {
            let plan = try plan(found.applying([.storage(ID(sdc), Terabytes(1000))]))
            #expect(plan.measures.violations.isEmpty)
        }
    }

    @Test("what is more than 1e-9 short of storage is refused, and less is not")
    func nearlyFull() throws {
        let found = try CaseReader.read(Self.fault)
        _ = try plan(found.applying([.storage("A", Terabytes(16.4 * (1 - 9e-10)))]))
        #expect(throws: PlanningError.self) {
            try plan(found.applying([.storage("A", Terabytes(16.4 * (1 - 1.1e-9)))]))
        }
    }

    /// A case of two SDCs, whose decimals have no exact binary form.
    private func decimals(capacity: Double, storage: Double) -> PlanningCase {
        let strip = SmallCase.strip(observations: 3)
        let tiles = Overlaps(observations: strip.survey.observations, grid: strip.grid).tiles
        let items =
            strip.survey.observations.map { ItemID.observation($0.id) }
            + tiles.map { ItemID.tile($0.id) }
        return PlanningCase(
            name: "decimals", survey: strip.survey,
            sdcs: SmallCase.sdcs(2).map { sdc in
                SDC(
                    id: sdc.id, name: sdc.name, cores: capacity / 192,
                    storage: Terabytes(storage))
            }, grid: strip.grid,
            buckets: Buckets(
                period: TimeWindow(start: SmallCase.start, end: SmallCase.start + 8), length: 8),
            processing: Processing(
                observationWork: CoreHours(0.1), observationVolume: Terabytes(0.1), latency: 0.5,
                tileWork: CoreHours(0.2), tileVolume: Terabytes(0.2)),
            balance: strip.balance,
            rules: ItemRules(
                pins: items.map { Pin(item: $0, sdc: "SDC-A", role: .primary) }))
    }

    /// The work and the volume of all items, of which each observation has 0.1 and each tile 0.2.
    private var need: Double {
        let problem = Problem(decimals(capacity: 1, storage: 1))
        return Double(problem.observations.count + 2 * problem.tiles.count) / 10
    }

    @Test("sums of 0.1 and 0.2 meet capacity and storage exactly")
    func sums() throws {
        let exact = try plan(decimals(capacity: need, storage: need))
        #expect(exact.measures.violations.isEmpty)
        #expect(exact.violations.isEmpty)
        for (capacity, storage) in [(1 - 1.1e-9, 1), (1, 1 - 1.1e-9)] {
            #expect(throws: PlanningError.self) {
                try plan(decimals(capacity: need * capacity, storage: need * storage))
            }
        }
    }

    @Test("nothing before the search refuses limits that are met exactly")
    func feasibility() throws {
        let problem = Problem(decimals(capacity: need, storage: need))
        #expect(Feasibility.obstacles(problem).isEmpty)
        #expect(try Feasibility.conflict(problem, solver: GLPKSolver()) == nil)
        #expect(try Infeasibility(problem, solver: GLPKSolver()) == nil)
    }

    @Test("the search counts a breach that is smaller than a tolerance's rounding")
    func penalty() {
        func penalty(_ work: Double) -> Double {
            var cell = SearchCell(
                workLower: 0, workUpper: 1, capacity: HardLimit.most(1), countLower: 0,
                countUpper: 9)
            cell.add(
                SearchCell.Change(observations: 1, tiles: 0, extra: 0),
                work: SearchModel.WorkUnits(observation: work, tile: 1, largest: 1))
            return cell.penalty
        }
        #expect(penalty(1) == 0)
        #expect(penalty(1 + 9e-10) == 0)
        #expect(penalty(1 + 2e-9) > 100)
    }
}
