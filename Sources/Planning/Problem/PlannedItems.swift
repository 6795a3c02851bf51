import GroundSegment

/// The observations and tiles of a problem in one list, observations first, without anything
/// that depends on the SDCs.
struct PlannedItems: Sendable {
    let ids: [ItemID]
    /// The class of an observation; empty for a tile.
    let kinds: [String]
    let buckets: [Int]
    /// When each arrives or is ready.
    let instants: [MJD]
    let observationCount: Int
    let places: [ItemID: Int]
    /// What keeps the SDCs that it has: the item, its role and the SDC.
    let frozen: [(item: Int, role: Role, sdc: ID<SDC>)]

    init(_ problem: Problem) {
        ids =
            problem.observations.map { ItemID.observation($0.id) }
            + problem.tiles.map { ItemID.tile($0.id) }
        kinds = problem.observations.map(\.kind) + problem.tiles.map { _ in "" }
        buckets = problem.observationBucket + problem.tileBucket
        instants = problem.arrival + problem.ready
        observationCount = problem.observations.count
        places = Dictionary(zip(ids, ids.indices), uniquingKeysWith: { first, _ in first })
        frozen =
            problem.revision.map { revision in
                revision.isFrozen.indices.filter { revision.isFrozen[$0] }.flatMap { item in
                    [
                        (item, .primary, problem.sdcs[Int(revision.primary[item])].id),
                        (item, .secondary, problem.sdcs[Int(revision.secondary[item])].id),
                    ]
                }
            } ?? []
    }

    func isObservation(_ item: Int) -> Bool { item < observationCount }
}
