public import ArgumentParser
import Commands
import Foundation
public import LinearProgramming
import Planning

extension SolverChoice: ExpressibleByArgument {}

/// How `sgs plan` solves its linear programs, and where it writes them.
struct LinearProgramOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Solver of the linear programs: glpk, highs or auto.",
            discussion: """
                auto takes HiGHS where a bucket's program has \(SolverChoice.largeProgram) terms \
                or more and libhighs.so.1 is found (see SGS_HIGHS_LIBRARY), else GLPK. plan.json \
                names the one used: where shares of equal cost exist, another solver may find \
                others, and the search another plan.
                """))
    var solver = SolverChoice.auto

    @Option(help: "Also write all linear programs to this file, in CPLEX LP format.")
    var writeModel: String?

    /// The solver for the linear programs of `problem`.
    func solver(for problem: Problem) throws -> any Solver {
        let largest = problem.linearPrograms.map(\.termCount).max() ?? 0
        guard let found = solver.solver(terms: largest) else {
            throw CommandError(
                .serviceMissing,
                "HiGHS was asked for and libhighs.so.1 is not found: python3 -m pip install"
                    + " highspy, or let SGS_HIGHS_LIBRARY name the library")
        }
        return found
    }

    /// Writes the linear programs of `problem` as one, where that was asked for.
    func writeModel(of problem: Problem) throws {
        guard let writeModel else { return }
        var all = Program()
        for program in problem.linearPrograms { all.append(program) }
        let title = "\(problem.planningCase.name): shares of the SDCs in each bucket, cost in TB"
        let text = LPFormat(all).text(title: title)
        do {
            // A device or a pipe is written to; only a file is replaced as a whole.
            let type = try? FileManager.default.attributesOfItem(atPath: writeModel)[.type]
            let isFile = type.map { $0 as? FileAttributeType == .typeRegular } ?? true
            try Data(text.utf8).write(
                to: URL(fileURLWithPath: writeModel), options: isFile ? .atomic : [])
        } catch {
            throw CommandError(.cannotWrite, "\(writeModel): \(error.localizedDescription)")
        }
    }
}
