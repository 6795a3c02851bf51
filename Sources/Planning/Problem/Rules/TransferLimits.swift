import GroundSegment

/// What may come in and go out at each SDC in each bucket (H6), TB.
struct TransferLimits: Hashable, Sendable {
    /// By bucket * the number of SDCs + SDC; infinite where there is no limit.
    let inward: [Double]
    let outward: [Double]

    /// `nil` where no SDC has a limit.
    init?(sdcs: [SDC], buckets: Buckets) {
        guard sdcs.contains(where: \.hasTransferLimit) else { return nil }
        func limits(_ direction: TransferDirection) -> [Double] {
            (0..<buckets.count).flatMap { bucket in
                sdcs.map { $0.transferLimit(direction, over: buckets[bucket])?.value ?? .infinity }
            }
        }
        inward = limits(.inward)
        outward = limits(.outward)
    }

    subscript(direction: TransferDirection) -> [Double] {
        direction == .inward ? inward : outward
    }
}
