import ArgumentParser
import Commands
import GroundSegment
import LinearProgramming
import Planning
import Reporting

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

    @OptionGroup var answer: AnswerOptions

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
        let console = answer.console()
        let solver = GLPKSolver()
        do throws(PlanningError) {
            let units = Sensitivity.Units(
                cores: cores, storage: Terabytes(storage), availability: availability / 100)
            let found = try Sensitivity(
                problem, units: units,
                sdcs: (only.isEmpty ? known : only).map { ID($0) }, solver: solver
            ) { number, count in console.progress("planning   \(number) of \(count)") }
            console.progress("")
            answer.show(found.json, SensitivityText(found, units: units).lines)
        } catch {
            throw failure(error, of: problem, solver: solver, answer)
        }
    }
}
