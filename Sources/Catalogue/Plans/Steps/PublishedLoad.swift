import GroundSegment

/// What a distribution gives to one SDC in one of its buckets, counted from the distribution alone
/// for `sgs.bucket_load`.
struct PublishedLoad: Hashable, Sendable {
    let sdc: ID<SDC>
    let period: TimeWindow
    /// Items that arrive, or become ready, at the SDC as their primary.
    var observations = 0
    var tiles = 0
    var work = CoreHours.zero
    /// What the SDC can do, maintenance taken off.
    let capacity: CoreHours
    /// New data, both replicas counted.
    var volume = Terabytes.zero
}

extension Distribution {
    /// By SDC, then by bucket; an SDC that the distribution does not describe is left out.
    var publishedLoads: [PublishedLoad] {
        var loads = sdcs.flatMap { sdc in
            (0..<buckets.count).map { bucket in
                PublishedLoad(
                    sdc: sdc.id, period: buckets[bucket],
                    capacity: sdc.capacity(over: buckets[bucket]))
            }
        }
        let places = Dictionary(
            sdcs.enumerated().map { ($1.id, $0 * buckets.count) },
            uniquingKeysWith: { first, _ in first })
        func add(_ assignment: Assignment, _ bucket: Int, _ change: (inout PublishedLoad) -> Void) {
            if let place = places[assignment.primary] { change(&loads[place + bucket]) }
        }
        func store(_ assignment: Assignment, _ bucket: Int, _ volume: Terabytes) {
            for place in Role.allCases.compactMap({ places[assignment[$0]] }) {
                loads[place + bucket].volume += volume
            }
        }
        for entry in observations {
            add(entry.assignment, entry.bucket) {
                $0.observations += 1
                $0.work += processing.work(of: entry)
            }
            store(entry.assignment, entry.bucket, processing.volume(of: entry))
        }
        for entry in tiles {
            add(entry.assignment, entry.bucket) {
                $0.tiles += 1
                $0.work += processing.work(of: entry)
            }
            store(entry.assignment, entry.bucket, processing.volume(of: entry))
        }
        return loads
    }
}
