/// Which SDCs hold an observation, and which its tiles' primaries and secondaries need it at; one
/// bit for each SDC.
struct ObservationDemand: BitwiseCopyable {
    /// Those with a replica.
    var held: UInt64 = 0
    /// Those that are primary of one of its tiles or more, and of exactly one.
    var primaries: UInt64 = 0
    var onePrimary: UInt64 = 0
    /// The same for the tiles' secondaries.
    var secondaries: UInt64 = 0
    var oneSecondary: UInt64 = 0

    /// Copies that the tiles' primaries need.
    @inline(__always)
    var copies: Int { (primaries & ~held).nonzeroBitCount }

    /// Copies that the tiles' secondaries would need.
    @inline(__always)
    var failovers: Int { (secondaries & ~held).nonzeroBitCount }

    /// By how much the copies change when one of its tiles gets another primary.
    @inline(__always)
    func copyChange(from old: Int, to new: Int) -> Int {
        Int(~(primaries | held) >> UInt64(new) & 1)
            - Int((onePrimary & ~held) >> UInt64(old) & 1)
    }

    /// By how much the copies for failover change when one of its tiles gets another secondary.
    @inline(__always)
    func failoverChange(from old: Int, to new: Int) -> Int {
        Int(~(secondaries | held) >> UInt64(new) & 1)
            - Int((oneSecondary & ~held) >> UInt64(old) & 1)
    }

    /// Notes that one of its tiles has another primary; `counts` are those of its tiles at the
    /// two SDCs now.
    @inline(__always)
    mutating func movePrimary(from old: Int, to new: Int, counts: (old: UInt16, new: UInt16)) {
        Self.note(counts.old, old, &primaries, &onePrimary)
        Self.note(counts.new, new, &primaries, &onePrimary)
    }

    /// The same for a secondary.
    @inline(__always)
    mutating func moveSecondary(from old: Int, to new: Int, counts: (old: UInt16, new: UInt16)) {
        Self.note(counts.old, old, &secondaries, &oneSecondary)
        Self.note(counts.new, new, &secondaries, &oneSecondary)
    }

    /// Sets an SDC's bits from its number of tiles.
    @inline(__always)
    private static func note(
        _ count: UInt16, _ sdc: Int, _ any: inout UInt64, _ one: inout UInt64
    ) {
        let bit = UInt64(1) << UInt64(sdc)
        any = count > 0 ? any | bit : any & ~bit
        one = count == 1 ? one | bit : one & ~bit
    }
}
