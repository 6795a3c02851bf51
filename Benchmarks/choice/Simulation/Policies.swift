import DequeModule
import Execution
import GroundSegment

/// What chooses the next job for a pilot.
protocol ChoicePolicy {
    mutating func insert(_ job: SimulatedJob, at now: MJD)
    /// The number of the job that starts in a room, taken out of the line.
    mutating func next(on room: HostRoom, at now: MJD) -> Int?
    mutating func end(_ job: SimulatedJob, at now: MJD)
}

/// The choice that runners make.
struct RunnersChoice: ChoicePolicy {
    private var queue: ReadyQueue<Int>

    init(_ rule: ChoiceRule) { queue = ReadyQueue(rule: rule) }

    mutating func insert(_ job: SimulatedJob, at now: MJD) {
        var entry = ReadyQueue<Int>.Entry(
            rank: Rank(release: now, run: job.number, number: 0), need: job.need)
        entry.since = now
        queue.insert(entry)
    }

    mutating func next(on room: HostRoom, at now: MJD) -> Int? {
        queue.next(on: room, at: now)?.rank.run
    }

    mutating func end(_ job: SimulatedJob, at now: MJD) {
        queue.end(ReadyQueue.Key(run: job.number, number: 0), at: now)
    }
}

/// First come, first served: the first in line waits until a pilot has room, and all behind it.
struct FirstCome: ChoicePolicy {
    private var line = Deque<SimulatedJob>()

    mutating func insert(_ job: SimulatedJob, at now: MJD) { line.append(job) }

    mutating func next(on room: HostRoom, at now: MJD) -> Int? {
        guard let first = line.first, first.amounts.fits(in: room.free),
            room.lasts(first.need.walltime, from: now)
        else { return nil }
        return line.removeFirst().number
    }

    mutating func end(_ job: SimulatedJob, at now: MJD) {}
}

/// EASY backfilling (Lifka 1995): room is kept for the first in line on the pilot where it can start
/// first; what does not delay it goes ahead, in order of arrival.
struct Backfill: ChoicePolicy {
    private struct Kind: Hashable {
        let amounts: Amounts
        let walltime: Double
    }

    private var lines: [Kind: Deque<Int>] = [:]
    private var kept: (job: Int, host: String, start: MJD)?

    mutating func insert(_ job: SimulatedJob, at now: MJD) {
        let kind = Kind(amounts: job.amounts, walltime: job.need.walltime)
        lines[kind, default: []].append(job.place)
    }

    mutating func next(on room: HostRoom, at now: MJD) -> Int? {
        var first: (place: Int, kind: Kind)?
        for (kind, line) in lines {
            guard let place = line.first else { continue }
            if first == nil || place < first?.place ?? 0 { first = (place, kind) }
        }
        guard let first else { return nil }
        let isRoom = first.kind.amounts.fits(in: room.free)
        if isRoom, room.lasts(first.kind.walltime, from: now) {
            return take(first.place, first.kind)
        }
        var limit: (start: MJD, left: Amounts)?
        if let start = room.start(of: first.kind.amounts),
            room.lasts(first.kind.walltime, from: start.0)
        {
            let isElsewhere =
                kept.map {
                    $0.job == first.place && $0.host != room.terms.host && $0.start >= now
                        && $0.start <= start.0
                } ?? false
            if !isElsewhere {
                kept = (first.place, room.terms.host, start.0)
                limit = start
            }
        }
        var best: (place: Int, kind: Kind)?
        for (kind, line) in lines {
            guard let place = line.first, kind.amounts.fits(in: room.free),
                room.lasts(kind.walltime, from: now)
            else { continue }
            if let best, best.place < place { continue }
            if let limit, now + kind.walltime / 86400 > limit.start,
                !kind.amounts.fits(in: limit.left)
            {
                continue
            }
            best = (place, kind)
        }
        return best.flatMap { take($0.place, $0.kind) }
    }

    private mutating func take(_ place: Int, _ kind: Kind) -> Int? {
        lines[kind]?.removeFirst()
        if lines[kind]?.isEmpty ?? false { lines[kind] = nil }
        return place
    }

    mutating func end(_ job: SimulatedJob, at now: MJD) {}
}

extension SimulatedJob {
    /// Its place in order of arrival.
    var place: Int { number }
}

extension HostRoom {
    func lasts(_ walltime: Double, from start: MJD) -> Bool {
        end.map { start + (walltime + Self.margin) / 86400 <= $0 } ?? true
    }

    /// When there is room for so much, by the walltimes of what runs, and what is left then.
    func start(of need: Amounts) -> (start: MJD, left: Amounts)? {
        var free = free
        for claim in occupied.sorted(by: { $0.until < $1.until }) {
            free = free + claim.amounts
            if need.fits(in: free) { return (claim.until, free - need) }
        }
        return nil
    }
}
