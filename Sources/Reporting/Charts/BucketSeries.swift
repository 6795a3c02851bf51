import GroundSegment
import Planning

/// What the SDCs get by bucket beside their work: new data, and copies for MER.
struct BucketSeries {
    /// New bytes, TB, both replicas counted; by SDC in the distribution's order and bucket.
    private(set) var newVolume: [[Double]]
    /// Copies that the SDC receives, and that it sends as primary of the observation.
    ///
    /// A copy counts in the bucket in which the first tile that needs it is ready.
    private(set) var copiesIn: [[Int]]
    private(set) var copiesOut: [[Int]]

    init(_ distribution: Distribution) {
        let count = distribution.buckets.count
        let none = distribution.sdcs.map { _ in [Int](repeating: 0, count: count) }
        newVolume = distribution.sdcs.map { _ in [Double](repeating: 0, count: count) }
        copiesIn = none
        copiesOut = none
        let places = Dictionary(
            distribution.sdcs.enumerated().map { ($1.id, $0) }, uniquingKeysWith: { $1 })
        func add(_ volume: Terabytes, _ assignment: Assignment, _ bucket: Int) {
            for role in Role.allCases {
                if let sdc = places[assignment[role]] { newVolume[sdc][bucket] += volume.value }
            }
        }
        var first: [ID<Observation>: [ID<SDC>: Int]] = [:]
        for entry in distribution.tiles {
            add(distribution.processing.tileVolume, entry.assignment, entry.bucket)
            for overlap in entry.overlaps {
                let known = first[overlap.observation]?[entry.assignment.primary]
                first[overlap.observation, default: [:]][entry.assignment.primary] =
                    min(known ?? entry.bucket, entry.bucket)
            }
        }
        for entry in distribution.observations {
            add(distribution.processing.observationVolume, entry.assignment, entry.bucket)
            for sdc in entry.copiesTo {
                let bucket = first[entry.observation.id]?[sdc] ?? entry.bucket
                if let to = places[sdc] { copiesIn[to][bucket] += 1 }
                if let from = places[entry.assignment.primary] { copiesOut[from][bucket] += 1 }
            }
        }
    }

    /// TB at an SDC at the end of each bucket, with what it held before.
    func stored(at place: Int, of sdc: SDC) -> [Double] {
        var sum = sdc.used.value
        return newVolume[place].map { volume in
            sum += volume
            return sum
        }
    }

    /// The most copies that an SDC receives or sends in a bucket.
    var mostCopies: Int { (copiesIn + copiesOut).joined().max() ?? 0 }
}
