public import GroundSegment

/// What a host has, what of it is free, and when the rest will be.
public struct HostRoom: Hashable, Sendable {
    public var total: Amounts
    public var free: Amounts
    /// What runs there, with the time at which its walltime ends.
    public var occupied: [Occupied]
    /// When the host itself ends, as a pilot at its walltime; never where `nil`.
    public var end: MJD?
    public var terms = HostTerms()

    /// Seconds between the walltime of what starts last and the host's end.
    public static let margin = 30.0

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

    /// Whether what starts at `start` has its whole walltime, seconds, before the host ends.
    func holds(_ walltime: Double, from start: MJD) -> Bool {
        guard let end else { return true }
        return start + (walltime + Self.margin) / 86400 <= end
    }

    /// What runs, in the order in which its walltimes end.
    var releases: [Occupied] { occupied.sorted { $0.until < $1.until } }

    /// When `need` can start at the latest if nothing else begins, and what is left beside it then.
    ///
    /// Where that cannot be told it is now, with nothing left: nothing else is let in.
    /// - Parameters:
    ///   - releases: those of this host.
    ///   - limit: an instant at which it can start elsewhere; `nil` comes back where it is not
    ///     known to start earlier here.
    func reservation(
        of need: Amounts, at now: MJD, releases: [Occupied], before limit: MJD? = nil
    ) -> Reservation? {
        var free = free
        var start: MJD?
        for end in releases {
            if let start, start < end.until { break }
            if start == nil, let limit, limit <= end.until { return nil }
            free = free + end.amounts
            if start == nil, need.fits(in: free) { start = end.until }
        }
        if let start {
            let start = max(now, start)
            if let limit, limit <= start { return nil }
            return Reservation(start: start, left: free - need, isKnown: true)
        }
        guard limit == nil else { return nil }
        return Reservation(start: now, left: Amounts(cores: 0, memory: 0), isKnown: false)
    }
}

/// The room that is kept for a payload which is ahead of others.
struct Reservation: Hashable, Sendable {
    let start: MJD
    /// What others may have even then.
    let left: Amounts
    let isKnown: Bool
}
