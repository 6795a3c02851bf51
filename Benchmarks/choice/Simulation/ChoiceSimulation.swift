import ArgumentParser
import Execution
import Foundation

/// Simulates the choice of payloads for pilots on a recorded log.
@main
struct ChoiceSimulation: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "choice-simulation",
        abstract: "Simulate pilots and the choice of payloads on a log of a grid.",
        discussion: "Prints a JSON object. The log is in the Standard Workload Format, unpacked.")

    enum Policy: String, ExpressibleByArgument, CaseIterable {
        case fcfs, easy, rank, fitness
    }

    @Argument(help: "The log.")
    var log: String

    @Option(help: "fcfs, easy, rank or fitness.")
    var policy = Policy.fitness

    @Option(help: "Weights in place of the usual ones: cpu=2,wait=4.")
    var weights = ""

    @Option(help: "Seconds in line after which waiting counts no more.")
    var referenceWait = ChoiceRule().referenceWait

    @Flag(help: "Keep room for the best one where it does not fit.")
    var reserve = false

    @Option(help: "Percent of the pilots that take the largest first.")
    var starving = 0

    @Option(help: "The most pilots at a time.")
    var pilots = 150

    @Option(help: "The most pilots in the batch system's queue.")
    var queued = 50

    @Option(help: "The most pilots that a pass submits.")
    var perPass = 10

    @Option(help: "How many times as close as in the log the arrivals are.")
    var density = 1.0

    @Option(help: "The most jobs.")
    var jobs = Int.max

    @Option(help: "Of the sizes, the requests and the batch system's delays.")
    var seed: UInt64 = 1

    func validate() throws {
        guard density > 0, density < 1e6, pilots > 0, referenceWait >= 1 else {
            throw ValidationError("--density, --pilots, --reference-wait: expected above 0")
        }
    }

    func run() throws {
        let text = try String(contentsOfFile: log, encoding: .isoLatin1)
        let workload = Workload(log: text, seed: seed, density: density, most: jobs)
        var site = SimulatedSite()
        (site.mostPilots, site.mostQueued, site.perPass) = (pilots, queued, perPass)
        site.starving = starving
        let began = ContinuousClock.now
        let result: SimulationResult
        switch policy {
        case .fcfs: result = simulate(site, workload, FirstCome())
        case .easy: result = simulate(site, workload, Backfill())
        case .rank: result = simulate(site, workload, RunnersChoice(ChoiceRule()))
        case .fitness:
            result = simulate(
                site, workload,
                RunnersChoice(
                    ChoiceRule(
                        order: .fitness, weights: try chosenWeights(),
                        referenceWait: referenceWait, reserves: reserve)))
        }
        let took = began.duration(to: .now) / .seconds(1)
        try show(workload.jobs, result, seconds: took)
    }

    private func simulate(
        _ site: SimulatedSite, _ workload: Workload, _ policy: some ChoicePolicy
    ) -> SimulationResult {
        var simulation = Simulation(site, workload.jobs, policy, seed: seed &+ 1)
        simulation.run()
        return simulation.result
    }

    private func chosenWeights() throws -> FitnessWeights {
        var chosen = FitnessWeights.standard
        for word in weights.split(separator: ",") {
            let parts = word.split(separator: "=").map(String.init)
            guard parts.count == 2, let term = Fitness.Term(rawValue: parts[0]),
                let value = Double(parts[1])
            else { throw ValidationError("--weights \(word): expected TERM=NUMBER") }
            chosen[term] = value
        }
        return chosen
    }

    private func show(
        _ jobs: [SimulatedJob], _ result: SimulationResult, seconds: Double
    ) throws {
        let large = jobs.indices.filter { jobs[$0].isLarge }.map { result.waits[$0] }
        let object: [String: Any] = [
            "policy": policy.rawValue, "jobs": jobs.count, "started": result.started,
            "core_seconds": jobs.reduce(0) { $0 + $1.work }, "horizon": result.horizon,
            "mean_wait": mean(result.waits), "mean_wait_large": mean(large),
            "quantiles": quantiles(result.waits), "quantiles_large": quantiles(large),
            "idle": part(result.usedCores, of: result.heldCores),
            "idle_while_waiting": part(result.usedWhileWaiting, of: result.heldWhileWaiting),
            "pilots": result.pilots, "empty_pilots": result.emptyPilots,
            "most_pilots": result.mostPilots, "seconds": seconds,
        ]
        let data = try JSONSerialization.data(withJSONObject: object, options: [.sortedKeys])
        print(String(decoding: data, as: UTF8.self))
    }

    private func mean(_ values: [Double]) -> Double {
        values.isEmpty ? 0 : values.reduce(0, +) / Double(values.count)
    }

    /// The values below which 0, 1, ... 100 percent are.
    private func quantiles(_ values: [Double]) -> [Double] {
        let sorted = values.sorted()
        guard let last = sorted.indices.last else { return [] }
        return (0...100).map { sorted[last * $0 / 100] }
    }

    /// What of the cores that pilots held was idle.
    private func part(_ used: Double, of held: Double) -> Double {
        held > 0 ? 1 - used / held : 0
    }
}
