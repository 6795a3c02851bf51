import Foundation
import GroundSegment
import Ingestion
import LinearProgramming
import Testing

@testable import Planning

/// The shipped cases, with fewer steps than any effort takes: the code under test is not
/// optimised.
@Suite("Sample cases")
struct SampleCasesTests {
    private static let surveys = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .appendingPathComponent("surveys").path

    private func plan(_ name: String, steps: Int) throws -> Plan {
        let problem = Problem(try CaseReader.read("\(Self.surveys)/\(name)"))
        let bands = Bands(problem)
        let bound = try Bound.solve(problem, bands: bands, solver: GLPKSolver())
        let model = SearchModel(problem, bands: bands)
        let search = Search(
            model, placement: StartingPoint(problem).placement(bound.shares), seed: 1, length: steps
        )
        _ = search.run(limit: steps) { _ in nil }
        return Plan(
            problem, placement: search.state.placement, bound: bound.cost,
            search: SearchRecord(
                effort: "quick", seed: 1, stepsAsked: steps, steps: search.steps, stop: .steps,
                solver: "GLPK"))
    }

    @Test("three months of Euclid keep every rule and tolerance, with few copies")
    func euclid() throws {
        let measures = try plan("euclid-2027q1", steps: 6_000_000).measures
        #expect(measures.observations == 1787)
        #expect(measures.tiles == 4090)
        #expect(measures.overlaps == 12614)
        #expect(measures.violations.isEmpty)
        #expect(measures.outside.isEmpty)
        #expect(measures.copyCount <= 200)
    }

    @Test("three months of VAST keep every rule and tolerance")
    func vast() throws {
        let measures = try plan("vast-2023q3", steps: 6_000_000).measures
        #expect(measures.observations == 1064)
        #expect(measures.tiles == 3628)
        #expect(measures.overlaps == 18548)
        #expect(measures.violations.isEmpty)
        #expect(measures.outside.isEmpty)
    }

    @Test("the bound of three months of Euclid is the one found by other means")
    func bound() throws {
        // HiGHS, branch and bound on the same counts as whole numbers: 110.2020 TB; an independent
        // program over the same groups, in which counts have parts: 109.7602 TB.
        let problem = Problem(try CaseReader.read("\(Self.surveys)/euclid-2027q1"))
        let bound = try #require(
            try Bound.solve(problem, bands: Bands(problem), solver: GLPKSolver()).cost)
        #expect(abs(bound.value - 110.2020) < 1e-4)
    }

    @Test(
        "no bucket is large enough to let HiGHS's presence change the plan",
        arguments: ["euclid-2027q1", "vast-2023q3"])
    func sizes(name: String) throws {
        let problem = Problem(try CaseReader.read("\(Self.surveys)/\(name)"))
        let largest = try #require(problem.linearPrograms.map(\.termCount).max())
        #expect((1..<SolverChoice.largeProgram).contains(largest))
    }
}
