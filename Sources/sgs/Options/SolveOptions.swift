import ArgumentParser
import GroundSegment

/// How hard a command that plans for an answer tries.
struct SolveOptions: ParsableArguments {
    @Option(help: "How hard to try: quick, normal or thorough.")
    var effort: Effort = .quick

    @Option(help: "Stop each search once this many steps are done.")
    var steps: Int?

    @Option(help: "Seed of the search (default: the case's, 1).")
    var seed: UInt64?

    func validate() throws {
        if let steps, steps < 1 { throw ValidationError("--steps must be at least 1, is \(steps)") }
    }

    /// A case to be planned afresh with these options; nothing of it depends on the clock.
    func applied(to planningCase: PlanningCase) -> PlanningCase {
        let given = planningCase.options
        let rules = planningCase.rules
        return planningCase.with(
            sdcs: planningCase.sdcs,
            rules: ItemRules(pins: rules.pins, prohibitions: rules.prohibitions)
        ).with(
            options: PlanningOptions(
                effort: effort, seed: seed ?? given.seed, steps: steps ?? given.steps))
    }
}
