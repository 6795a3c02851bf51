import GroundSegment
import LinearProgramming

/// What can be said before any search about why the hard rules cannot hold.
struct Feasibility {
    /// Reasons that rule out every distribution, one line each; empty where none was found.
    static func obstacles(_ problem: Problem) -> [String] {
        itemsWithoutPair(problem) + workOverCapacity(problem) + bytesOverStorage(problem)
    }

    /// The rules that cannot hold together, one line each; empty where the linear program of the
    /// hard rules has a solution.
    static func conflict(
        _ problem: Problem, solver: some Solver
    ) throws(PlanningError) -> [String] {
        let rules = HardRules(problem)
        do throws(SolverError) {
            let conflict = try ConflictSearch(rules: rules, solver: solver).first()
            return conflict?.rules.map { $0.text(in: problem.planningCase) } ?? []
        } catch {
            throw .solver(error.description)
        }
    }

    private static func workOverCapacity(_ problem: Problem) -> [String] {
        let processing = problem.processing
        return (0..<problem.bucketCount).compactMap { bucket in
            let items = problem.items
            let observations = items.buckets[items.observations].count { $0 == bucket }
            let tiles = items.buckets[items.tiles].count { $0 == bucket }
            let work =
                processing.observationWork * Double(observations) + processing.tileWork
                * Double(tiles)
            let capacity = problem.capacity.reduce(0) { $0 + $1[bucket] }
            guard work.value > HardLimit.most(capacity) else { return nil }
            let excess =
                capacity > 0 ? "\(Int(((work.value / capacity - 1) * 100).rounded(.up)))%" : "all"
            return "H2 bucket \(problem.planningCase.buckets.name(bucket)): work of"
                + " \(Int(work.value)) core-hours, \(excess) over the capacity of all SDCs,"
                + " \(Int(capacity))"
        }
    }

    private static func bytesOverStorage(_ problem: Problem) -> [String] {
        let processing = problem.processing
        let volume =
            2
            * (Double(problem.observations.count) * processing.observationVolume.value
                + Double(problem.tiles.count) * processing.tileVolume.value)
        let free = problem.sdcs.reduce(0) {
            $0 + max(0, HardLimit.most($1.storage.value) - $1.used.value)
        }
        guard volume > free else { return [] }
        return [
            "H3 \(Int(volume.rounded())) TB of new data with both replicas, \(Int(free.rounded())) TB"
                + " free at all SDCs"
        ]
    }
}
