import Testing

@testable import Execution
@testable import Workflows

@Suite struct RunLifeOrderTests {
    private typealias Make = LifeGraphs

    /// The paths of the processes, each with those that it comes after.
    private func order(_ life: RunLife, keepsGroups: Bool = false) -> [String] {
        life.processesInOrder(keepsGroups: keepsGroups).map { ordered in
            let after = ordered.after.map { life.path($0) }.joined(separator: " ")
            return life.path(ordered.number) + (after.isEmpty ? "" : " < \(after)")
        }
    }

    @Test func `a diamond is in its own order, the final node last`() {
        #expect(
            order(RunLife(graph: Make.diamond(final: Make.final()))) == [
                "a", "b < a", "c < a", "d < b c", "end < d",
            ])
        #expect(order(RunLife(graph: Make.diamond(final: Make.final(.never)))).count == 4)
    }

    @Test func `each iteration comes after the list, what gathers comes after all of them`() throws
    {
        var run = try DrivenLife.begun(Make.wide())
        try run.run("split")
        #expect(order(run.life) == ["split", "gather < split"])
        try run.apply(.listed(try run.number("each"), ["x", "y"]))
        #expect(
            order(run.life) == [
                "split", "each.iterations.0.flat < split",
                "each.iterations.0.fit < each.iterations.0.flat", "each.iterations.1.flat < split",
                "each.iterations.1.fit < each.iterations.1.flat",
                "gather < each.iterations.0.fit each.iterations.1.fit",
            ])
    }

    @Test func `a group stands for what it waits for, or for itself`() {
        let life = RunLife(
            graph: Make.graph([
                Make.step("a"), Make.step("b"), Make.group("g", after: ["a", "b"]),
                Make.group("h", after: ["g"]), Make.step("c", after: ["h"]),
            ]))
        #expect(order(life) == ["a", "b", "c < a b"])
        #expect(order(life, keepsGroups: true) == ["a", "b", "g < a b", "h < g", "c < h"])
    }
}
