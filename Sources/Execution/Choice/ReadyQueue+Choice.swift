public import GroundSegment

extension ReadyQueue {
    /// Why a payload in line does not run now.
    public enum Reason: Hashable, Sendable {
        /// It is not in line.
        case notInLine
        case before(MJD)
        case category(String, running: Int, limit: Int)
        /// What is missing on the host.
        case room(Amounts)
        /// The room is kept for this one, which is ahead.
        case keptFor(Key)
        /// This one is ahead.
        case behind(Key)
        /// It is the next.
        case next
    }

    /// The one ahead of all that may run.
    func head() -> (place: Place, kind: Kind)? {
        var best: (place: Place, kind: Kind)?
        for line in lines {
            guard let first = line.places.min, isOpen(line.kind) else { continue }
            if let best, best.place < first { continue }
            best = (first, line.kind)
        }
        return best
    }

    /// The head of each line that may run, first the one ahead of all.
    func heads() -> [(place: Place, kind: Kind)] {
        lines.compactMap { line in
            isOpen(line.kind) ? line.places.min.map { ($0, line.kind) } : nil
        }.sorted { $0.0 < $1.0 }
    }

    /// The first that may start: the one ahead of all or, where that waits for room, one that
    /// does not delay it.
    mutating func choice(on room: HostRoom, at now: MJD) -> Place? {
        cleanHeads()
        guard let first = head() else { return nil }
        if first.kind.amounts.fits(in: room.free), first.kind.amounts.fits(in: room.total) {
            return first.place
        }
        var kept: (start: MJD, left: Amounts)?
        for (place, kind) in heads() {
            let need = kind.amounts
            guard need.fits(in: room.total) else { continue }
            if let kept {
                guard need.fits(in: room.free) else { continue }
                let end = now + kind.walltime / 86400
                if end <= kept.start || need.fits(in: kept.left) { return place }
            } else if need.fits(in: room.free) {
                return place
            } else {
                kept = room.reservation(of: need, at: now)
            }
        }
        return nil
    }

    /// Why a payload does not run on a host now.
    public mutating func why(_ key: Key, on room: HostRoom, at now: MJD) -> Reason {
        admitDelayed(at: now)
        cleanHeads()
        guard let entry = entry(key) else { return .notInLine }
        if let time = entry.notBefore, time > now { return .before(time) }
        let kind = Kind(entry)
        if !isOpen(kind) {
            let limit = min(kind.limit ?? .max, limits[kind.category] ?? .max)
            return .category(kind.category, running: running(kind.category), limit: limit)
        }
        guard kind.amounts.fits(in: room.free) else {
            return .room(kind.amounts.missing(in: room.free))
        }
        for (place, other) in heads() where place.rank < entry.rank {
            guard other.amounts.fits(in: room.total) else { continue }
            let ahead = Key(run: place.rank.run, number: place.rank.number)
            return other.amounts.fits(in: room.free) ? .behind(ahead) : .keptFor(ahead)
        }
        return .next
    }
}
