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
        while found.count < most, let place = first(like: entry), let next = take(place) {
            join(next.key, to: entry.key)
            found.append(next)
            cleanHeads()
        }
        return found
    }

    /// How many payloads can follow `entry` before the room that is kept for one ahead of it is
    /// there.
    private func count(behind entry: Entry, on room: HostRoom, at now: MJD) -> Int {
        let need = Amounts(entry.need)
        for (place, kind) in heads() where place.rank < entry.rank {
            guard kind.amounts.fits(in: room.total), !kind.amounts.fits(in: room.free) else {
                continue
            }
            let kept = room.reservation(of: kind.amounts, at: now)
            if need.fits(in: kept.left) { return .max }
            let walltimes = (kept.start - now) * 86400 / max(entry.need.walltime, 1e-3) + 1e-6
            return walltimes < 1e9 ? max(0, Int(walltimes) - 1) : .max
        }
        return .max
    }
}
