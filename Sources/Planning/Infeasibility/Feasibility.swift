import GroundSegment
import LinearProgramming

/// What can be said before any search about why the hard rules cannot hold.
struct Feasibility {
    /// Reasons that rule out every distribution; empty where none was found.
    static func obstacles(_ problem: Problem) -> [Obstacle] {
        ItemObstacles.all(problem) + workOverCapacity(problem) + volumeOverStorage(problem)
            + replicasOverTransfers(problem)
    }

    /// The rules that cannot hold together; `nil` where the linear program of the hard rules has
    /// a solution.
    static func conflict(_ problem: Problem, solver: some Solver) throws(SolverError) -> Conflict? {
        try ConflictSearch(rules: HardRules(problem), solver: solver).first()
    }

    private static func workOverCapacity(_ problem: Problem) -> [Obstacle] {
        let items = problem.items
        return (0..<problem.bucketCount).compactMap { bucket in
            let work = CoreHours(
                problem.work.sum(items.indices.filter { items.buckets[$0] == bucket }))
            let capacity = problem.capacity.reduce(0) { $0 + $1[bucket] }
            guard work.value > HardLimit.most(capacity) else { return nil }
            return .work(work, capacity: CoreHours(capacity), bucket: bucket)
        }
    }

    /// Each item's replica goes out at one SDC and comes in at another, in the item's bucket.
    private static func replicasOverTransfers(_ problem: Problem) -> [Obstacle] {
        guard let limits = problem.transferLimits else { return [] }
        let items = problem.items
        return (0..<problem.bucketCount).flatMap { bucket -> [Obstacle] in
            // Exact: where nothing can come in, items without any bytes are no obstacle.
            let volume = items.indices.reduce(0) {
                items.buckets[$1] == bucket ? $0 + problem.volume[$1] : $0
            }
            return TransferDirection.allCases.compactMap { direction in
                let cells = bucket * problem.sdcs.count..<(bucket + 1) * problem.sdcs.count
                let most = limits[direction][cells].reduce(0) { $0 + HardLimit.most($1) }
                guard volume > most else { return nil }
                return .transfer(
                    Terabytes(volume), direction, most: Terabytes(most), bucket: bucket)
            }
        }
    }

    private static func volumeOverStorage(_ problem: Problem) -> [Obstacle] {
        let volume = 2 * problem.volume.sum(problem.items.indices)
        let free = problem.sdcs.reduce(0) {
            $0 + max(0, HardLimit.most($1.storage.value) - $1.occupied.value)
        }
        return volume > free ? [.volume(Terabytes(volume), free: Terabytes(free))] : []
    }
}
