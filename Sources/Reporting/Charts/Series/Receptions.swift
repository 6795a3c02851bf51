import GroundSegment

/// When an SDC receives new primary observations, and how long it waits between them (T4).
struct Receptions {
    /// A time without a new observation, bound by arrivals or by the period's start and end.
    struct Wait: Hashable {
        let window: TimeWindow
        /// Days that count: neither the SDC's full outages nor times of more than a day in which no
        /// observation of the survey arrives.
        let days: Double
    }

    /// Within the period, in order.
    let arrivals: [MJD]
    /// The longest first, of equals the earlier.
    let waits: [Wait]

    init(at sdc: SDC, in distribution: Distribution) {
        let period = distribution.buckets.period
        let received = distribution.observations.filter { $0.arrival <= period.end }
        let events = received.map(\.arrival).sorted()
        let silences = zip([period.start] + events, events + [period.end])
            .filter { $1 - $0 > 1 }.map { ($0.days, $1.days) }
        let outages = sdc.maintenance.filter { $0.availability <= 0 }
            .map { ($0.window.start.days, $0.window.end.days) }
        let spans = (outages + silences).sorted { $0 < $1 }
        let mine = received.filter { $0.assignment.primary == sdc.id }.map(\.arrival).sorted()
        arrivals = mine
        waits = zip([period.start] + mine, mine + [period.end]).filter { $0 < $1 }.map {
            Wait(
                window: TimeWindow(start: $0, end: $1),
                days: $1 - $0 - Self.covered(spans, from: $0.days, to: $1.days))
        }.sorted { ($1.days, $0.window.start) < ($0.days, $1.window.start) }
    }

    /// The longest wait that ends in each part of the period, days; 0 where none does.
    func longest(in parts: PeriodParts) -> [Double] {
        parts.parts.enumerated().map { place, part in
            waits.first { wait in
                wait.window.end > part.window.start
                    && (wait.window.end <= part.window.end || place == parts.parts.count - 1)
            }?.days ?? 0
        }
    }

    /// The length of the union of sorted `spans` within from..<to.
    private static func covered(
        _ spans: [(Double, Double)], from: Double, to: Double
    ) -> Double {
        var sum = 0.0
        var reached = from
        for span in spans where span.1 > reached && span.0 < to {
            let start = max(span.0, reached)
            let end = min(span.1, to)
            if end > start { sum += end - start }
            reached = max(reached, end)
        }
        return sum
    }
}
