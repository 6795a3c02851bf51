public import GroundSegment

/// What comes in and goes out at an SDC by bucket, by what it is (H6), TB.
public struct SDCTransfers: Sendable, Hashable {
    public let sdc: ID<SDC>
    /// By bucket.
    public private(set) var inward: [Volumes]
    public private(set) var outward: [Volumes]
    /// The most by bucket; `nil` where there is no limit.
    public let inwardLimit: [Terabytes]?
    public let outwardLimit: [Terabytes]?

    /// The volume of a bucket by what is moved.
    public struct Volumes: Sendable, Hashable {
        /// Replicas of observations and tiles, from their primaries to their secondaries.
        public internal(set) var replicas = 0.0
        /// Copies for MER.
        public internal(set) var copies = 0.0
        /// External data that primaries of tiles fetch; of what goes out there is none.
        public internal(set) var external = 0.0

        public var sum: Double { replicas + copies + external }
    }

    init(_ sdc: SDC, buckets: Buckets) {
        self.sdc = sdc.id
        inward = Array(repeating: Volumes(), count: buckets.count)
        outward = inward
        func limits(_ direction: TransferDirection) -> [Terabytes]? {
            let all = (0..<buckets.count).compactMap {
                sdc.transferLimit(direction, over: buckets[$0])
            }
            return all.isEmpty ? nil : all
        }
        inwardLimit = limits(.inward)
        outwardLimit = limits(.outward)
    }

    public func volumes(_ direction: TransferDirection) -> [Volumes] {
        direction == .inward ? inward : outward
    }

    public func limits(_ direction: TransferDirection) -> [Terabytes]? {
        direction == .inward ? inwardLimit : outwardLimit
    }

    /// Adds a volume of one kind to a bucket.
    mutating func add(
        _ volume: Double, _ kind: WritableKeyPath<Volumes, Double>, _ direction: TransferDirection,
        _ bucket: Int
    ) {
        switch direction {
        case .inward: inward[bucket][keyPath: kind] += volume
        case .outward: outward[bucket][keyPath: kind] += volume
        }
    }

    /// The buckets in which more than the limit is moved.
    func breaches(_ direction: TransferDirection) -> [Int] {
        guard let limits = limits(direction) else { return [] }
        return zip(volumes(direction), limits).enumerated().compactMap { bucket, entry in
            entry.0.sum > HardLimit.most(entry.1.value) ? bucket : nil
        }
    }
}

extension Plan {
    /// What is moved between the SDCs, recounted from what the plan itself says; in its order.
    public var transfers: [SDCTransfers] {
        checker.transfers(
            distribution.observations.map(\.assignment), distribution.tiles.map(\.assignment))
    }
}
