public import GroundSegment

extension ReadyQueue {
    /// The payloads of a group that are next in line, to run one after the other behind one that
    /// was taken for a host, in its room; all of them are one in their category.
    ///
    /// - Parameters:
    ///   - most: how many at most.
    ///   - room: the host's as it was before `entry` had its part of it. What waits ahead for more
    ///     room is not delayed by those that follow.
    public mutating func companions(
        of entry: Entry, atMost most: Int, on room: HostRoom, at now: MJD
    ) -> [Entry] {
        guard !entry.group.isEmpty, most > 0 else { return [] }
        cleanHeads()
        let most = min(most, count(behind: entry, on: room, at: now))
        var found: [Entry] = []
        while found.count < most, let place = first(like: entry), let next = take(place, at: now) {
            join(next.key, to: entry.key)
            found.append(next)
            cleanHeads()
        }
        return found
    }

    /// How many payloads can follow `entry` before the host ends, or the room that is kept for one
    /// ahead of it is there.
    private mutating func count(behind entry: Entry, on room: HostRoom, at now: MJD) -> Int {
        var most = Int.max
        if let end = room.end {
            most = Self.count(of: entry, until: end + -HostRoom.margin / 86400, from: now)
        }
        if room.terms.isStarving {
            guard let kept = reservation(onStarving: room, at: now) else { return most }
            return min(most, Self.count(of: entry, until: kept.start, from: now))
        }
        guard isKeepingRoom else { return most }
        let need = Amounts(entry.need)
        let releases = room.releases
        let ahead = rule.order == .rank ? heads() : scored(on: room, at: now)
        for (place, kind) in ahead
        where rule.order == .fitness || hasShares || place.rank < entry.rank {
            guard kind.refusal(on: room, at: now) == nil, !kind.amounts.fits(in: room.free),
                let kept = keep(place, kind, on: room, releases, at: now)
            else { continue }
            if need.fits(in: kept.left) { return most }
            return min(most, Self.count(of: entry, until: kept.start, from: now))
        }
        return most
    }

    /// How many can follow `entry` so that all end before an instant.
    private static func count(of entry: Entry, until end: MJD, from now: MJD) -> Int {
        let walltimes = (end - now) * 86400 / max(entry.need.walltime, 1e-3) + 1e-6
        return walltimes < 1e9 ? max(0, Int(walltimes) - 1) : .max
    }
}
