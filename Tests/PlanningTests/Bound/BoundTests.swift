import GroundSegment
import LinearProgramming
import Testing

@testable import Planning

@Suite("Bound")
struct BoundTests {
    @Test("no random placement within the tolerances costs less than the bound")
    func holdsForPlans() throws {
        let problem = Problem(SmallCase.strip(observations: 24))
        let bound = try #require(
            try Bound.solve(problem, bands: Bands(problem), solver: GLPKSolver()).cost)
        #expect(bound.value > 0)
        for seed in 1...20 {
            let search = Search(
                SearchModel(problem, bands: Bands(problem)),
                placement: SmallCase.randomPlacement(problem, seed: UInt64(seed)),
                seed: UInt64(seed), length: 20_000)
            while !search.isDone { search.advance() }
            let state = search.state
            if state.penalty == 0 { #expect(state.cost >= bound.value - 1e-9) }
        }
    }

    @Test("tolerances that no counts satisfy leave no bound")
    func impossible() throws {
        // 1 core a centre: each bucket's work is far above all capacity.
        let problem = Problem(
            SmallCase.strip(observations: 24, sdcs: SmallCase.sdcs(3, cores: 0.01)))
        #expect(try Bound.solve(problem, bands: Bands(problem), solver: GLPKSolver()).cost == nil)
    }

    @Test("cells have prices where items are unequal, and none where counts alone matter")
    func prices() throws {
        func prices(_ planningCase: PlanningCase) throws -> [CellPrice] {
            let problem = Problem(planningCase)
            return try Bound.solve(problem, bands: Bands(problem), solver: GLPKSolver()).prices
        }
        let uneven = try prices(SmallCase.uneven())
        // SDC-A alone has external data: work there is what keeps more tiles from it.
        #expect(uneven.contains { $0.work > 0 })
        let even = try prices(SmallCase.strip(observations: 24))
        #expect(even.allSatisfy { $0 == CellPrice() })
    }

    @Test("variables and rows have names that can be read")
    func names() {
        let problem = Problem(SmallCase.strip(observations: 4))
        let program = ShareProgram(
            problem, bands: Bands(problem), bucket: 0,
            tiles: Array(problem.items.tiles), observations: Array(problem.items.observations)
        ).program
        #expect(program.rows.contains { $0.name == "capacity/SDC-A/2027-01-04" })
        #expect(program.variables.contains { $0.name == "observations/SDC-B/2027-01-04" })
    }
    @Test("the programs of all buckets joined into one have the bound as their optimum")
    func joined() throws {
        let problem = Problem(SmallCase.strip(observations: 24))
        var all = Program()
        for program in problem.linearPrograms { all.append(program) }
        let bound = try Bound.solve(problem, bands: Bands(problem), solver: GLPKSolver())
        let optimum = try GLPKSolver().solve(all).objective
        #expect(problem.linearPrograms.count == problem.bucketCount)
        #expect(abs(optimum - (try #require(bound.cost)).value) < 1e-9)
    }

    @Test(
        "HiGHS finds the same bound as GLPK",
        .enabled(if: HiGHSSolver() != nil, "HiGHS is not present: python3 -m pip install highspy"))
    func otherSolver() throws {
        let problem = Problem(SmallCase.strip(observations: 24))
        let highs = try #require(HiGHSSolver())
        let first = try Bound.solve(problem, bands: Bands(problem), solver: GLPKSolver())
        let second = try Bound.solve(problem, bands: Bands(problem), solver: highs)
        #expect(abs((try #require(first.cost)).value - (try #require(second.cost)).value) < 1e-9)
    }
}
