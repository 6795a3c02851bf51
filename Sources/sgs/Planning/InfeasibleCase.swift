import Commands
import GroundSegment
import LinearProgramming
import Planning
import Reporting

/// Seconds in which the smallest relaxation is looked for.
private let relaxationSeconds = 60.0

/// Ends a command whose case has no plan: what breaks, the rules in conflict, and the smallest
/// relaxation found.
private func infeasible(
    _ problem: Problem, _ error: PlanningError, solver: some Solver, _ answer: AnswerOptions
) -> CommandError {
    answer.remark("infeasible; looking for the smallest relaxation")
    let reasons = error.reasons(in: problem.planningCase)
    do throws(SolverError) {
        guard
            let found = try Infeasibility(
                problem, after: error, solver: solver, limit: .seconds(relaxationSeconds))
        else {
            return CommandError(
                .infeasible, lines: ["no distribution satisfies the hard rules:"] + reasons)
        }
        let lines = found.lines
        return CommandError(
            .infeasible,
            lines: ["no distribution satisfies the hard rules"]
                + reasons.filter { !lines.contains($0) } + lines)
    } catch {
        return CommandError(
            .infeasible,
            lines: ["no distribution satisfies the hard rules:"] + reasons + [error.description])
    }
}

/// Ends a command whose case has no plan because items are whole.
private func indivisible(
    _ problem: Problem, _ error: PlanningError, solver: some Solver, _ answer: AnswerOptions
) -> CommandError {
    answer.remark("infeasible for whole items; looking for the smallest relaxation")
    let found: [String]
    do throws(SolverError) {
        found =
            try Infeasibility(
                problem, after: error, solver: solver, limit: .seconds(relaxationSeconds))?.lines
            ?? []
    } catch {
        found = [error.description]
    }
    return CommandError(.infeasible, lines: lines(error) + found)
}

private func lines(_ error: PlanningError) -> [String] {
    error.description.split(separator: "\n").map(String.init)
}

/// Ends a command whose case could not be planned.
func failure(
    _ error: PlanningError, of problem: Problem, solver: some Solver, _ answer: AnswerOptions
) -> CommandError {
    switch error {
    case .obstructed, .conflict: infeasible(problem, error, solver: solver, answer)
    case .indivisible: indivisible(problem, error, solver: solver, answer)
    case .undecided:
        CommandError(.limitReached, lines: lines(error))
    case .solver: CommandError(.failure, error.description)
    }
}
