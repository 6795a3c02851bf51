import GroundSegment
import LinearProgramming

/// What can be said before any search about why the hard rules cannot hold.
struct Feasibility {
    /// Reasons that rule out every distribution; empty where none was found.
    static func obstacles(_ problem: Problem) -> [Obstacle] {
        ItemObstacles.all(problem) + workOverCapacity(problem) + volumeOverStorage(problem)
    }

    /// The rules that cannot hold together; `nil` where the linear program of the hard rules has
    /// a solution.
    static func conflict(_ problem: Problem, solver: some Solver) throws(SolverError) -> Conflict? {
        try ConflictSearch(rules: HardRules(problem), solver: solver).first()
    }

    private static func workOverCapacity(_ problem: Problem) -> [Obstacle] {
        let processing = problem.processing
        let items = problem.items
        return (0..<problem.bucketCount).compactMap { bucket in
            let observations = items.buckets[items.observations].count { $0 == bucket }
            let tiles = items.buckets[items.tiles].count { $0 == bucket }
            let work =
                processing.observationWork * Double(observations) + processing.tileWork
                * Double(tiles)
            let capacity = problem.capacity.reduce(0) { $0 + $1[bucket] }
            guard work.value > HardLimit.most(capacity) else { return nil }
            return .work(work, capacity: CoreHours(capacity), bucket: bucket)
        }
    }

    private static func volumeOverStorage(_ problem: Problem) -> [Obstacle] {
        let processing = problem.processing
        let volume =
            2
            * (Double(problem.observations.count) * processing.observationVolume.value
                + Double(problem.tiles.count) * processing.tileVolume.value)
        let free = problem.sdcs.reduce(0) {
            $0 + max(0, HardLimit.most($1.storage.value) - $1.used.value)
        }
        return volume > free ? [.volume(Terabytes(volume), free: Terabytes(free))] : []
    }
}
