import ArgumentParser
import Commands
import Foundation
import GroundSegment
import LinearProgramming
import Planning

/// `sgs sensitivity`: what more of a resource would save.
struct SensitivityCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sensitivity",
        abstract:
            "Say what one more unit of cores, storage or availability would save at each SDC.",
        discussion: """
            Each answer is a plan of the changed case with the same seed and steps, not a price of \
            a linear program.  The search's own spread over \(Sensitivity.seeds) seeds is told, \
            and which answers lie within it.
            """)

    @Argument(help: "The planning case: a folder or its plan.yaml.")
    var planningCase: String

    @Option(name: .customLong("sdc"), help: "Only this SDC; may be repeated.")
    var only: [String] = []

    @Option(help: "The unit of cores.")
    var cores: Double = 100

    @Option(help: "The unit of storage, TB.")
    var storage: Double = 100

    @Option(help: "The unit of mean availability over the period, percentage points.")
    var availability: Double = 1

    @OptionGroup var solve: SolveOptions

    func validate() throws {
        for (name, value) in [
            ("--cores", cores), ("--storage", storage), ("--availability", availability),
        ] where !(value > 0 && value <= 1e8) {
            throw ValidationError(
                "\(name): found \(value), expected a number above 0 and at most 100000000")
        }
    }

    func run() throws {
        let asked = solve.applied(to: try readCase(planningCase))
        let known = asked.sdcs.map(\.id.text)
        if let wrong = only.first(where: { !known.contains($0) }) {
            throw CommandError(
                .badInput,
                "--sdc: found \(wrong), expected one of: \(known.joined(separator: ", "))")
        }
        let problem = Problem(asked)
        let console = Console()
        let solver = GLPKSolver()
        do throws(PlanningError) {
            let found = try Sensitivity(
                problem,
                units: Sensitivity.Units(
                    cores: cores, storage: Terabytes(storage), availability: availability / 100),
                sdcs: (only.isEmpty ? known : only).map { ID($0) }, solver: solver
            ) { number, count in console.progress("planning   \(number) of \(count)") }
            console.progress("")
            for line in lines(found) { print(line) }
        } catch {
            throw failure(error, of: problem, solver: solver)
        }
    }

    private func lines(_ found: Sensitivity) -> [String] {
        let head = [
            String(
                format: "as it is   %.3f TB of cost and failover; %d seeds spread over %.3f TB",
                found.total.value, Int(Sensitivity.seeds), found.spread.value),
            "re-solved  each line is a plan of the changed case, same seed, \(found.steps) steps",
        ]
        return head
            + found.entries.map { entry in
                let what =
                    switch entry.resource {
                    case .cores: String(format: "%g cores", cores)
                    case .storage: String(format: "%g TB", storage)
                    case .availability: String(format: "%g%% availability", availability)
                    }
                let cells = entry.cells == 0 ? "" : ", \(entry.cells) fewer cells outside"
                let noise = found.isNoise(entry) ? "  (within the search's own spread)" : ""
                return "\(entry.sdc)  +\(what): saves "
                    + String(
                        format: "%.3f TB, %.3f TB of it cost", entry.total.value,
                        entry.cost.value) + cells + noise
            }
    }
}
