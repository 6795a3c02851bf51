import ArgumentParser
import Commands
import GroundSegment
import LinearProgramming
import Planning
import Reporting

/// `sgs sensitivity`: what more of a resource would save.
struct SensitivityCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sensitivity",
        abstract:
            "Say what one more unit of cores, storage, availability or line would save at each SDC.",
        discussion: """
            Each answer is a plan of the changed case with the same seed and steps, not a price of \
            a linear program.  The search's own spread over \(Sensitivity.seeds) seeds is told, \
            and which answers lie within it.  Where no unit is given, one whose saving lies within \
            the spread is tried four and sixteen times as large; where that does not help either, \
            no effect is measurable.

              sgs sensitivity surveys/euclid-2027q1 --sdc SDC-FR
              sgs sensitivity surveys/euclid-2027q1 --cores 250 --json
            """)

    @Argument(help: "The planning case: a folder or its plan.yaml.")
    var planningCase: String

    @Option(name: .customLong("sdc"), help: "Only this SDC; may be repeated.")
    var only: [String] = []

    @Option(help: "The unit of cores (default: 100, 400 or 1600).")
    var cores: Double?

    @Option(help: "The unit of storage, TB (default: 100, 400 or 1600).")
    var storage: Double?

    @Option(
        help: "The unit of mean availability, percentage points of the period (default: 1, 4, 16).")
    var availability: Double?

    @Option(
        help: "The unit of a limited line's rate, Gbit/s in or out (default: 0.05, 0.2 or 0.8).")
    var rate: Double?

    @OptionGroup var database: DatabaseOptions

    @OptionGroup var solve: SolveOptions

    @OptionGroup var answer: AnswerOptions

    func validate() throws {
        for (name, value) in [
            ("--cores", cores), ("--storage", storage), ("--availability", availability),
            ("--rate", rate),
        ] {
            guard let value, !(value > 0 && value <= 1e8) else { continue }
            throw ValidationError(
                "\(name): found \(value), expected a number above 0 and at most 100000000")
        }
    }

    func run() async throws {
        let asked = solve.applied(
            to: try await ReservationReader(database: database).reserving(
                try readCase(planningCase)))
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
                cores: cores ?? 100, storage: Terabytes(storage ?? 100),
                availability: (availability ?? 1) / 100, rate: rate ?? 0.05)
            let found = try Sensitivity(
                problem, units: units,
                grows: [cores, storage, availability, rate].allSatisfy { $0 == nil },
                sdcs: (only.isEmpty ? known : only).map { ID($0) }, solver: solver
            ) { number, count in console.progress("planning   \(number) of \(count)") }
            console.progress("")
            answer.show(found.json, SensitivityText(found).lines)
        } catch {
            throw failure(error, of: problem, solver: solver, answer)
        }
    }
}
