import GroundSegment
import LinearProgramming
import Reporting
import Testing

@testable import Planning

@Suite("Planner")
struct PlannerTests {
    private func plan(_ planningCase: PlanningCase) throws -> Plan {
        var timings = StageTimings()
        return try Planner(solver: GLPKSolver()).plan(Problem(planningCase), timings: &timings)
    }

    private func options(seed: UInt64 = 1, steps: Int? = nil) -> PlanningOptions {
        PlanningOptions(effort: .quick, seed: seed, steps: steps)
    }

    @Test("the same case and seed give the same bytes")
    func sameBytes() throws {
        let first = try plan(SmallCase.strip(observations: 16, options: options()))
        let second = try plan(SmallCase.strip(observations: 16, options: options()))
        #expect(PlanDocument.encode(first).bytes == PlanDocument.encode(second).bytes)
    }

    @Test("shuffled rows give the same bytes")
    func shuffledRows() throws {
        let ordered = SmallCase.strip(observations: 16, options: options())
        var random = SeededGenerator(seed: 3)
        let shuffled = PlanningCase(
            name: ordered.name,
            survey: SurveyPlan(
                id: ordered.survey.id,
                observations: ordered.survey.observations.shuffled(using: &random)),
            sdcs: ordered.sdcs.reversed(), grid: ordered.grid, buckets: ordered.buckets,
            processing: ordered.processing, balance: ordered.balance, options: ordered.options)
        #expect(
            PlanDocument.encode(try plan(ordered)).bytes
                == PlanDocument.encode(try plan(shuffled)).bytes)
    }

    @Test("a plan keeps the hard rules and every tolerance where that is easy", arguments: 1...4)
    func withinTolerances(seed: Int) throws {
        let result = try plan(
            SmallCase.strip(observations: 32, options: options(seed: UInt64(seed))))
        #expect(result.measures.violations.isEmpty)
        #expect(result.measures.outside.isEmpty)
        #expect(result.measures.cost >= (result.bound ?? .zero))
    }

    @Test("pins and prohibitions hold")
    func itemRules() throws {
        let rules = ItemRules(
            pins: [
                Pin(item: .observation("3"), sdc: "SDC-C", role: .primary),
                Pin(item: .observation("4"), sdc: "SDC-B", role: .secondary),
            ],
            prohibitions: [Prohibition(sdc: "SDC-A", scope: .item(.observation("5")))])
        let observations = try plan(
            SmallCase.strip(observations: 16, rules: rules, options: options())
        ).distribution.observations
        func assignment(_ id: String) -> Assignment? {
            observations.first { $0.observation.id.text == id }?.assignment
        }
        #expect(assignment("3")?.primary == "SDC-C")
        #expect(assignment("4")?.secondary == "SDC-B")
        #expect(assignment("5")?.contains("SDC-A") == false)
    }

    @Test("capacity below the work is infeasible, and each bucket is named")
    func overloaded() {
        let planningCase = SmallCase.strip(observations: 16, sdcs: SmallCase.sdcs(3, cores: 0.1))
        #expect {
            try plan(planningCase)
        } throws: { error in
            guard case PlanningError.obstructed(let found) = error, found.count == 2,
                case .work(let work, let capacity, bucket: 0) = found[0]
            else { return false }
            return work.value >= 120 && abs(capacity.value - 14.4) < 1e-9
                && found[0].text(in: planningCase).hasPrefix(
                    "H2 bucket 2027-01-04: work of \(Int(work.value)) core-hours, ")
        }
    }

    @Test("an arrival while every SDC is out is infeasible, and the observation is named")
    func allOut() {
        let out = [SmallCase.outage(0.5, 0.6)]
        let planningCase = SmallCase.strip(
            observations: 16, sdcs: SmallCase.sdcs(3, maintenance: [0: out, 1: out, 2: out]))
        #expect {
            try plan(planningCase)
        } throws: { error in
            guard case PlanningError.obstructed(let found) = error,
                case .allOut(.observation("0"), _)? = found.first
            else { return false }
            return found[0].text(in: planningCase)
                .hasPrefix("H4 observation 0: every SDC is in a full outage")
        }
    }

    @Test("storage too small for both replicas is infeasible")
    func storageTooSmall() {
        let small = SmallCase.sdcs(3).map {
            SDC(
                id: $0.id, name: $0.name, cores: $0.cores, storage: Terabytes(1),
                used: Terabytes(0.9))
        }
        #expect {
            try plan(SmallCase.strip(observations: 16, sdcs: small))
        } throws: { error in
            guard case PlanningError.obstructed(let found) = error,
                case .volume(let volume, let free)? = found.first
            else { return false }
            return volume > free && abs(free.value - 0.3) < 1e-8
        }
    }

    @Test("of two SDCs each holds everything, so that one without room is proven infeasible")
    func oneSDCFull() {
        let sdcs = SmallCase.sdcs(2).enumerated().map { index, sdc in
            SDC(
                id: sdc.id, name: sdc.name, cores: sdc.cores, storage: sdc.storage,
                used: Terabytes(index == 0 ? 0 : 999.9))
        }
        #expect {
            try plan(SmallCase.strip(observations: 4, sdcs: sdcs, options: options()))
        } throws: { error in
            guard case PlanningError.conflict(let found) = error else { return false }
            return found.rules == [.storage("SDC-B")]
        }
    }

    @Test("rules that only a search found broken are told apart from a proof")
    func undecided() {
        let error = PlanningError.undecided(["H3 SDC-B: 0.3 TB of 0.1"])
        #expect(error.description.hasPrefix("no distribution was found that satisfies"))
        #expect(error.description.contains("it is not proven that there is none"))
        #expect(error.description.contains("H3 SDC-B: 0.3 TB of 0.1"))
    }

    @Test("a search that is stopped says so, and its steps repeat it")
    func stoppedAndRepeated() throws {
        let planningCase = SmallCase.strip(observations: 16, options: options())
        var timings = StageTimings()
        let stopped = try Planner(solver: GLPKSolver()).plan(
            Problem(planningCase), timings: &timings
        ) {
            $0.steps >= 500_000 ? .time : nil
        }
        #expect(stopped.search.stop == .time)
        #expect(stopped.search.steps >= 500_000)
        #expect(stopped.search.steps < stopped.search.stepsAsked)
        let repeated = try plan(
            SmallCase.strip(observations: 16, options: options(steps: stopped.search.steps)))
        #expect(stopped.distribution == repeated.distribution)
    }
}
