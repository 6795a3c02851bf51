public import GroundSegment
import HeapModule

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

    func score(_ head: Head, on room: HostRoom, at now: MJD) -> Double {
        let since = head.place.since.map(isLatestFirst ? Self.mirrored : { $0 })
        let moment = moment(since ?? head.place.rank.release, on: room, at: now)
        return counted.reduce(0) {
            $0 + $1.weight * $1.term.value(of: head.kind, on: room, moment)
        }
    }

    /// The head of each line that may run, by their shares and then by score.
    func scored(on room: HostRoom, at now: MJD) -> [Head] {
        let heads = openHeads().map {
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
        let candidates = sized(on: room, at: now)
        let chosen = waiting(candidates, on: room, at: now)
        guard let kept = chosen.kept else { return (chosen.place, nil) }
        let smallest = candidates.filter {
            $0.kind.amounts.fits(in: room.free) && now + $0.kind.walltime / 86400 <= kept.start
        }.min {
            if $0.standing != $1.standing { return $0.standing < $1.standing }
            return $0.worth != $1.worth ? $0.worth < $1.worth : $0.place < $1.place
        }
        return (smallest?.place, chosen.place?.key)
    }

    /// When the one that is kept room for on a host for starving ones can start there.
    mutating func reservation(onStarving room: HostRoom, at now: MJD) -> Reservation? {
        waiting(sized(on: room, at: now), on: room, at: now).kept
    }

    /// The first of all lines that may run on a host; the larger of two is worth more.
    private func sized(on room: HostRoom, at now: MJD) -> [Candidate] {
        candidates(on: room, at: now) { $0.kind.size(on: room) }
    }

    /// The largest that starts here, or waits here for room which is kept.
    private mutating func waiting(
        _ candidates: [Candidate], on room: HostRoom, at now: MJD
    ) -> (place: Place?, kept: Reservation?) {
        let fitting = candidates.filter { $0.kind.amounts.fits(in: room.free) }.min()
        var ahead = Heap(
            candidates.filter { head in fitting.map { head < $0 } ?? true })
        let releases = ahead.isEmpty ? [] : room.releases
        while let head = ahead.popMin() {
            if let kept = keep(head.place, head.kind, on: room, releases, at: now) {
                return (head.place, kept)
            }
        }
        return (fitting?.place, nil)
    }
}
