public import GroundSegment
import HeapModule

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

    /// The head of each line that may run, in no order.
    func openHeads() -> [Head] {
        lines.compactMap { line in
            isOpen(line.kind) ? line.places.min.map { ($0, line.kind) } : nil
        }
    }

    /// The head of each line that may run, first the one ahead of all.
    func heads() -> [Head] { openHeads().sorted { isAhead($0, of: $1) } }

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
        guard isKeepingRoom else { return fittest(on: room, at: now) }
        let candidates = candidates(on: room, at: now) { score($0, on: room, at: now) }
        return first(of: candidates, on: room, at: now)
    }

    /// The one ahead of all or, where that waits for room, one that does not delay it.
    private mutating func ranked(on room: HostRoom, at now: MJD) -> Place? {
        guard let first = head() else { return nil }
        if first.kind.amounts.fits(in: room.free), first.kind.refusal(on: room, at: now) == nil {
            return first.place
        }
        return self.first(of: candidates(on: room, at: now) { _ in 0 }, on: room, at: now)
    }

    /// The heads that may run on a host, however much of it is free, in no order.
    func candidates(
        on room: HostRoom, at now: MJD, worth: (Head) -> Double
    ) -> [Candidate] {
        var found: [Candidate] = []
        for line in lines {
            guard let place = line.places.min, isOpen(line.kind),
                line.kind.refusal(on: room, at: now) == nil
            else { continue }
            found.append(
                Candidate(
                    place: place, kind: line.kind, standing: standing(line.kind),
                    worth: worth((place, line.kind))))
        }
        return found
    }

    /// The first of those for which there is room or, where one ahead of them waits for room which
    /// is kept, the first that does not delay that one.
    private mutating func first(
        of candidates: [Candidate], on room: HostRoom, at now: MJD
    ) -> Place? {
        let fitting = candidates.filter { $0.kind.amounts.fits(in: room.free) }
        let first = fitting.min()
        var ahead = Heap(candidates.filter { head in first.map { head < $0 } ?? true })
        let releases = ahead.isEmpty ? [] : room.releases
        while let head = ahead.popMin() {
            guard let kept = keep(head.place, head.kind, on: room, releases, at: now) else {
                continue
            }
            return fitting.filter {
                now + $0.kind.walltime / 86400 <= kept.start || $0.kind.amounts.fits(in: kept.left)
            }.min()?.place
        }
        return first?.place
    }

    /// Keeps room for one that waits for it; `nil` where it is not kept here, since the host ends
    /// too early or another one has room sooner.
    ///
    /// - Parameter releases: those of the host.
    mutating func keep(
        _ place: Place, _ kind: Kind, on room: HostRoom, _ releases: [HostRoom.Occupied],
        at now: MJD
    ) -> Reservation? {
        let (key, host) = (place.key, room.terms.host)
        let elsewhere = kept[key].flatMap { $0.host != host && $0.start >= now ? $0.start : nil }
        guard
            let reservation = room.reservation(
                of: kind.amounts, at: now, releases: releases, before: elsewhere),
            room.holds(kind.walltime, from: reservation.start)
        else { return nil }
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
