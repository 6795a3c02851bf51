public import GroundSegment

extension ReadyQueue {
    /// How a payload in line suits a host, term by term; `nil` where it is not in line.
    public func fitness(_ key: Key, on room: HostRoom, at now: MJD) -> Fitness? {
        guard let entry = entry(key) else { return nil }
        return Fitness(
            LineKind(entry, isScored: true), on: room, weights: rule.weights,
            moment: moment(entry.since ?? entry.rank.release, on: room, at: now))
    }

    private func moment(_ since: MJD, on room: HostRoom, at now: MJD) -> Fitness.Moment {
        Fitness.Moment(
            wait: (now - since) * 86400 / rule.referenceWait,
            left: room.end.map { ($0 - now) * 86400 })
    }

    /// The best score of those for which there is room; of equal ones the first in line.
    func fittest(on room: HostRoom, at now: MJD) -> Place? {
        var best: (place: Place, standing: Double, score: Double)?
        for line in lines {
            guard let place = line.places.min, line.kind.amounts.fits(in: room.free),
                isOpen(line.kind), line.kind.refusal(on: room, at: now) == nil
            else { continue }
            let standing = standing(line.kind)
            if let best, best.standing < standing { continue }
            let score = score((place, line.kind), on: room, at: now)
            if let best, best.standing == standing {
                if best.score > score || best.score == score && best.place < place { continue }
            }
            best = (place, standing, score)
        }
        return best?.place
    }

    private func score(_ head: Head, on room: HostRoom, at now: MJD) -> Double {
        let since = head.place.since.map(isLatestFirst ? Self.mirrored : { $0 })
        let moment = moment(since ?? head.place.rank.release, on: room, at: now)
        return counted.reduce(0) {
            $0 + $1.weight * $1.term.value(of: head.kind, on: room, moment)
        }
    }

    /// The head of each line that may run, by their shares and then by score.
    func scored(on room: HostRoom, at now: MJD) -> [Head] {
        let heads = self.heads().map {
            (head: $0, standing: standing($0.kind), score: score($0, on: room, at: now))
        }
        return heads.sorted {
            if $0.standing != $1.standing { return $0.standing < $1.standing }
            return $0.score != $1.score
                ? $0.score > $1.score : $0.head.place < $1.head.place
        }.map(\.head)
    }

    /// The largest; where that waits for room, the smallest that ends before there is, and which
    /// one it is that waits.
    mutating func largest(on room: HostRoom, at now: MJD) -> (place: Place?, blocked: Key?) {
        let heads = sized(on: room, at: now)
        let chosen = waiting(heads, on: room, at: now)
        guard let kept = chosen.kept else { return (chosen.place, nil) }
        var best: Sized?
        for head in heads {
            guard head.kind.amounts.fits(in: room.free),
                now + head.kind.walltime / 86400 <= kept.start
            else { continue }
            if let best,
                (best.standing, best.size) < (head.standing, head.size)
                    || (best.standing, best.size) == (head.standing, head.size)
                        && best.place < head.place
            {
                continue
            }
            best = head
        }
        return (best?.place, chosen.place?.key)
    }

    /// When the one that is kept room for on a host for starving ones can start there.
    mutating func reservation(onStarving room: HostRoom, at now: MJD) -> Reservation? {
        waiting(sized(on: room, at: now), on: room, at: now).kept
    }

    private typealias Sized = (place: Place, kind: Kind, standing: Double, size: Double)

    /// The first of all lines that may run on a host, those ahead first: by their shares, then the
    /// larger ones.
    private func sized(on room: HostRoom, at now: MJD) -> [Sized] {
        var heads: [Sized] = []
        for line in lines {
            guard let place = line.places.min, isOpen(line.kind),
                line.kind.refusal(on: room, at: now) == nil
            else { continue }
            heads.append((place, line.kind, standing(line.kind), line.kind.size(on: room)))
        }
        return heads.sorted {
            if $0.standing != $1.standing { return $0.standing < $1.standing }
            if $0.size != $1.size { return $0.size > $1.size }
            return $0.place < $1.place
        }
    }

    /// The largest that starts here, or waits here for room which is kept.
    private mutating func waiting(
        _ heads: [Sized], on room: HostRoom, at now: MJD
    ) -> (place: Place?, kept: Reservation?) {
        for head in heads {
            if head.kind.amounts.fits(in: room.free) { return (head.place, nil) }
            if let kept = keep((head.place, head.kind), on: room, at: now) {
                return (head.place, kept)
            }
        }
        return (nil, nil)
    }
}
