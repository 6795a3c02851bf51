import GroundSegment
import LinearProgramming
import Planning

/// Ends a command whose case has no plan: what breaks, the rules in conflict, and the smallest
/// relaxation found.
func infeasible(_ problem: Problem, reasons: [String], solver: some Solver) -> CommandFailure {
    remark("infeasible; looking for the smallest relaxation")
    do throws(SolverError) {
        guard let found = try Infeasibility(problem, solver: solver) else {
            return CommandFailure(
                .infeasible,
                lines: [
                    "no distribution without a breach was found, though the linear program of the"
                        + " hard rules has a solution: more --effort may find one"
                ] + reasons)
        }
        return CommandFailure(
            .infeasible,
            lines: ["no distribution satisfies the hard rules"]
                + reasons.filter { !found.lines.contains($0) } + found.lines)
    } catch {
        return CommandFailure(
            .infeasible,
            lines: ["no distribution satisfies the hard rules:"] + reasons + [error.description])
    }
}

/// Ends a command whose case could not be planned.
func failure(_ error: PlanningError, of problem: Problem, solver: some Solver) -> CommandFailure {
    switch error {
    case .infeasible(let reasons): infeasible(problem, reasons: reasons, solver: solver)
    case .unsatisfied:
        CommandFailure(
            .infeasible, lines: error.description.split(separator: "\n").map(String.init))
    case .solver: CommandFailure(.failure, error.description)
    }
}
