import GroundSegment

/// How long SDCs wait for new primary observations (T4).
///
/// A wait is bound by arrivals and by the period's start and end.  Not counted are an SDC's full
/// outages and the silences, times of more than a day in which nothing arrives.
struct WaitingTimes: Sendable {
    /// The observations that arrive within the period, by arrival.
    let ranked: [Int]
    /// The rank of each observation; -1 where it arrives after the period.
    let rank: [Int32]
    /// Days of counted time from the period's start to each ranked arrival, by SDC; one more
    /// entry for the period's end.
    let elapsed: [[Double]]

    init(sdcs: [SDC], period: TimeWindow, arrival: [MJD]) {
        ranked = arrival.indices.filter { arrival[$0] <= period.end }
            .sorted { (arrival[$0], $0) < (arrival[$1], $1) }
        var rank = [Int32](repeating: -1, count: arrival.count)
        for (place, observation) in ranked.enumerated() { rank[observation] = Int32(place) }
        self.rank = rank
        let instants = ranked.map { arrival[$0].days } + [period.end.days]
        var silences: [(Double, Double)] = []
        for (from, to) in zip([period.start.days] + instants, instants) where to - from > 1 {
            silences.append((from, to))
        }
        elapsed = sdcs.map { sdc in
            let outages = sdc.maintenance.filter { $0.availability <= 0 }
                .map { ($0.window.start.days, $0.window.end.days) }
            return Self.counted(
                until: instants, from: period.start.days, without: outages + silences)
        }
    }

    /// The time from `start` to each of `instants` (ascending) that lies in none of `spans`.
    private static func counted(
        until instants: [Double], from start: Double, without spans: [(Double, Double)]
    ) -> [Double] {
        let sorted = spans.sorted { $0 < $1 }
        var result: [Double] = []
        var now = start
        var sum = 0.0
        var next = 0
        /// Everything before this instant is left out already.
        var covered = -Double.infinity
        for instant in instants {
            while now < instant {
                while next < sorted.count, sorted[next].0 <= now {
                    covered = max(covered, sorted[next].1)
                    next += 1
                }
                let stop = min(instant, next < sorted.count ? sorted[next].0 : .infinity)
                sum += max(0, stop - max(now, covered))
                now = stop
            }
            result.append(sum)
        }
        return result
    }
}
