public import GroundSegment

extension ReadyQueue {
    /// Why a payload in line does not run now.
    public enum Reason: Hashable, Sendable {
        /// It is not in line.
        case notInLine
        case before(MJD)
        case category(String, running: Int, limit: Int)
        /// It never starts on this host.
        case refused(HostRefusal)
        /// What is missing on the host.
        case room(Amounts)
        /// The room is kept for this one, which is ahead.
        case keptFor(Key)
        /// This one is ahead.
        case behind(Key)
        /// It is the next.
        case next
    }

    /// The first of a line.
    typealias Head = (place: Place, kind: Kind)

    /// The one ahead of all that may run.
    func head() -> Head? {
        var best: Head?
        for line in lines {
            guard let first = line.places.min, isOpen(line.kind) else { continue }
            if let best, !isAhead((first, line.kind), of: best) { continue }
            best = (first, line.kind)
        }
        return best
    }

    /// The head of each line that may run, first the one ahead of all.
    func heads() -> [Head] {
        lines.compactMap { line in
            isOpen(line.kind) ? line.places.min.map { ($0, line.kind) } : nil
        }.sorted { isAhead($0, of: $1) }
    }

    /// Whether one head comes before another one: by their shares, then by rank.
    private func isAhead(_ left: Head, of right: Head) -> Bool {
        if hasShares {
            let (first, second) = (standing(left.kind), standing(right.kind))
            if first != second { return first < second }
        }
        return left.place < right.place
    }

    /// The first that may start on a host.
    mutating func choice(on room: HostRoom, at now: MJD) -> Place? {
        cleanHeads()
        if room.terms.isStarving { return largest(on: room, at: now).place }
        guard rule.order == .fitness else { return ranked(on: room, at: now) }
        // A share that is behind would get nothing where others always fit first.
        return hasShares
            ? first(of: scored(on: room, at: now), on: room, at: now) : fittest(on: room, at: now)
    }

    /// The one ahead of all or, where that waits for room, one that does not delay it.
    private mutating func ranked(on room: HostRoom, at now: MJD) -> Place? {
        guard let first = head() else { return nil }
        if first.kind.amounts.fits(in: room.free), first.kind.refusal(on: room, at: now) == nil {
            return first.place
        }
        return self.first(of: heads(), on: room, at: now)
    }

    /// The first of heads that fits; behind one that waits for room only what does not delay it.
    private mutating func first(of heads: [Head], on room: HostRoom, at now: MJD) -> Place? {
        var kept: Reservation?
        for (place, kind) in heads {
            let need = kind.amounts
            guard kind.refusal(on: room, at: now) == nil else { continue }
            if let kept {
                guard need.fits(in: room.free) else { continue }
                let end = now + kind.walltime / 86400
                if end <= kept.start || need.fits(in: kept.left) { return place }
            } else if need.fits(in: room.free) {
                return place
            } else {
                kept = keep((place, kind), on: room, at: now)
            }
        }
        return nil
    }

    /// Keeps room for one that waits for it; `nil` where it is not kept here, since the host ends
    /// too early or another one has room sooner.
    mutating func keep(_ head: Head, on room: HostRoom, at now: MJD) -> Reservation? {
        let reservation = room.reservation(of: head.kind.amounts, at: now)
        guard room.holds(head.kind.walltime, from: reservation.start) else { return nil }
        let (key, host) = (head.place.key, room.terms.host)
        if let other = kept[key], other.host != host, other.start >= now,
            !reservation.isKnown || other.start <= reservation.start
        {
            return nil
        }
        if !host.isEmpty, reservation.isKnown { kept[key] = (host, reservation.start) }
        return reservation
    }

    /// Why a payload does not run on a host now.
    public mutating func why(_ key: Key, on room: HostRoom, at now: MJD) -> Reason {
        admitDelayed(at: now)
        cleanHeads()
        guard let entry = entry(key) else { return .notInLine }
        if let time = entry.notBefore, time > now { return .before(time) }
        let kind = kind(entry)
        if !isOpen(kind) {
            let limit = min(kind.limit ?? .max, limits[kind.category] ?? .max)
            return .category(kind.category, running: running(kind.category), limit: limit)
        }
        switch kind.refusal(on: room, at: now) {
        case nil, .tooLarge: break
        case let refusal?: return .refused(refusal)
        }
        guard kind.amounts.fits(in: room.free) else {
            return .room(kind.amounts.missing(in: room.free))
        }
        if rule.order == .fitness || room.terms.isStarving || hasShares {
            return turn(of: key, on: room, at: now)
        }
        for (place, other) in heads() where place.rank < entry.rank {
            guard other.refusal(on: room, at: now) == nil else { continue }
            return other.amounts.fits(in: room.free) ? .behind(place.key) : .keptFor(place.key)
        }
        return .next
    }

    /// Whose turn it is before that of one for which there is room.
    private mutating func turn(of key: Key, on room: HostRoom, at now: MJD) -> Reason {
        if let place = choice(on: room, at: now) {
            return place.key == key ? .next : .behind(place.key)
        }
        if room.terms.isStarving, let blocked = largest(on: room, at: now).blocked {
            return .keptFor(blocked)
        }
        for (place, other) in heads() where place.key != key {
            guard other.refusal(on: room, at: now) == nil, !other.amounts.fits(in: room.free)
            else { continue }
            return .keptFor(place.key)
        }
        return .next
    }
}
