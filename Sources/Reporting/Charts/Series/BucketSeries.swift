import GroundSegment
import Planning

/// What the SDCs get by bucket beside their work: new data, copies for MER, external data, and the
/// copies that failover would need.
struct BucketSeries {
    /// New bytes, TB, both replicas counted; by SDC in the distribution's order and bucket.
    private(set) var newVolume: [[Double]]
    /// Work for observations that the SDC is primary of, core-hours.
    private(set) var observationWork: [[Double]]
    /// Copies that the SDC receives, and that it sends as primary of the observation.
    ///
    /// A copy counts in the bucket in which the first tile that needs it is ready.
    private(set) var copiesIn: [[Int]]
    private(set) var copiesOut: [[Int]]

    /// External data that the SDC has to fetch as primary of tiles, TB (C2).
    private(set) var external: [[Double]]
    /// Copies that the SDC would need as secondary of tiles to run them itself (F); counted as
    /// those for MER are.
    private(set) var failover: [[Int]]

    init(_ distribution: Distribution) {
        let count = distribution.buckets.count
        let none = distribution.sdcs.map { _ in [Int](repeating: 0, count: count) }
        newVolume = distribution.sdcs.map { _ in [Double](repeating: 0, count: count) }
        observationWork = newVolume
        copiesIn = none
        copiesOut = none
        failover = none
        external = newVolume
        let needs = ExternalNeeds(distribution)
        let places = Dictionary(
            distribution.sdcs.enumerated().map { ($1.id, $0) }, uniquingKeysWith: { $1 })
        func add(_ volume: Terabytes, _ assignment: Assignment, _ bucket: Int) {
            for role in Role.allCases {
                if let sdc = places[assignment[role]] { newVolume[sdc][bucket] += volume.value }
            }
        }
        // The bucket in which the first tile of an owner needs an observation, by role.
        var first: [Role: [ID<Observation>: [ID<SDC>: Int]]] = [:]
        for entry in distribution.tiles {
            add(distribution.processing.volume(of: entry), entry.assignment, entry.bucket)
            if let sdc = places[entry.assignment.primary] {
                external[sdc][entry.bucket] += needs.volume(for: entry).value
            }
            for role in Role.allCases {
                let owner = entry.assignment[role]
                for overlap in entry.overlaps {
                    let known = first[role]?[overlap.observation]?[owner]
                    first[role, default: [:]][overlap.observation, default: [:]][owner] =
                        min(known ?? entry.bucket, entry.bucket)
                }
            }
        }
        for entry in distribution.observations {
            add(distribution.processing.volume(of: entry), entry.assignment, entry.bucket)
            if let place = places[entry.assignment.primary] {
                observationWork[place][entry.bucket] +=
                    distribution.processing.work(of: entry).value
            }
            for sdc in entry.copiesTo {
                let bucket = first[.primary]?[entry.observation.id]?[sdc] ?? entry.bucket
                if let to = places[sdc] { copiesIn[to][bucket] += 1 }
                if let from = places[entry.assignment.primary] { copiesOut[from][bucket] += 1 }
            }
            for (sdc, bucket) in first[.secondary]?[entry.observation.id] ?? [:]
            where !entry.assignment.contains(sdc) {
                if let place = places[sdc] { failover[place][bucket] += 1 }
            }
        }
    }

    /// TB at an SDC at the end of each bucket, with what it held before.
    func stored(at place: Int, of sdc: SDC) -> [Double] {
        var sum = sdc.occupied.value
        return newVolume[place].map { volume in
            sum += volume
            return sum
        }
    }
}
