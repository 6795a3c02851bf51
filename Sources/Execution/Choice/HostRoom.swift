public import GroundSegment

/// What a host has, what of it is free, and when the rest will be.
public struct HostRoom: Hashable, Sendable {
    public var total: Amounts
    public var free: Amounts
    /// What runs there, with the time at which its walltime ends.
    public var occupied: [Occupied]
    /// When the host itself ends, as a pilot at its walltime; never where `nil`.
    public var end: MJD?

    public struct Occupied: Hashable, Sendable {
        public let amounts: Amounts
        public let until: MJD

        public init(_ amounts: Amounts, until: MJD) {
            self.amounts = amounts
            self.until = until
        }
    }

    public init(total: Amounts, free: Amounts, occupied: [Occupied] = [], end: MJD? = nil) {
        self.total = total
        self.free = free
        self.occupied = occupied
        self.end = end
    }

    /// When `need` can start at the latest if nothing else begins, and what is left beside it then.
    ///
    /// Where that cannot be told it is now, with nothing left: nothing else is let in.
    func reservation(of need: Amounts, at now: MJD) -> (start: MJD, left: Amounts) {
        var free = free
        var start: MJD?
        for end in occupied.sorted(by: { $0.until < $1.until }) {
            if let start, start < end.until { break }
            free = free + end.amounts
            if start == nil, need.fits(in: free) { start = end.until }
        }
        if let start { return (max(now, start), free - need) }
        return (now, Amounts(cores: 0, memory: 0))
    }
}
