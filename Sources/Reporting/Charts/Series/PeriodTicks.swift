import GroundSegment

/// The marks below a chart: days of a short period, months of a longer one, years of a long one.
struct PeriodTicks {
    /// A mark, with what stands below it and the year in a second line.
    struct Tick: Hashable {
        let instant: MJD
        var label: String
        var year: String?
    }

    let ticks: [Tick]

    private static let names = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]
    /// The most labels that have room side by side.
    private static let most = 13

    init(_ buckets: Buckets) {
        let period = buckets.period
        if period.days < 63 {
            ticks = Self.withYears(Self.days(buckets))
            return
        }
        let months = Self.months(period)
        if months.count > 3 * Self.most {
            ticks = Self.years(months, period)
            return
        }
        let step = months.count > Self.most ? 3 : 1
        // The period's first month is named at its start where the next leaves room for it.
        var named = months.filter { $0.number % step == 0 }.map {
            Tick(instant: $0.start, label: Self.names[$0.number], year: $0.year)
        }
        let room = period.days * 0.06
        if let first = Self.month(period.start),
            named.first.map({ $0.instant - period.start > room }) ?? true
        {
            named.insert(
                Tick(
                    instant: period.start, label: Self.names[first.number], year: first.year),
                at: 0)
        }
        ticks = Self.withYears(named)
    }

    /// The first days of at most six buckets.
    private static func days(_ buckets: Buckets) -> [Tick] {
        stride(from: 0, to: buckets.count, by: max(1, (buckets.count + 5) / 6)).map { bucket in
            let start = buckets[bucket].start
            let parts = start.date.split(separator: "-")
            let name = month(start).map { names[$0.number] } ?? ""
            return Tick(
                instant: start, label: "\(Int(parts.last ?? "") ?? 0) \(name)",
                year: parts.first.map(String.init))
        }
    }

    /// Each January, or every few; the first year at the period's start.
    private static func years(_ months: [Month], _ period: TimeWindow) -> [Tick] {
        var named = months.filter { $0.number == 0 }.map {
            Tick(instant: $0.start, label: $0.year, year: nil)
        }
        if let first = month(period.start),
            named.first.map({ $0.instant - period.start > period.days * 0.08 }) ?? true
        {
            named.insert(Tick(instant: period.start, label: first.year, year: nil), at: 0)
        }
        let step = (named.count + most - 2) / (most - 1)
        return named.enumerated().filter { $0.offset % step == 0 }.map(\.element)
    }

    /// The year stands below the first label of each year only.
    private static func withYears(_ ticks: [Tick]) -> [Tick] {
        var last: String?
        return ticks.map { tick in
            defer { last = tick.year }
            return Tick(
                instant: tick.instant, label: tick.label, year: tick.year == last ? nil : tick.year)
        }
    }

    private struct Month {
        let start: MJD
        let year: String
        /// 0 to 11.
        let number: Int
    }

    /// The month that holds `instant`.
    private static func month(_ instant: MJD) -> Month? {
        let parts = instant.date.split(separator: "-")
        guard parts.count == 3, let number = Int(parts[1]),
            let start = MJD(iso8601: "\(parts[0])-\(parts[1])-01")
        else { return nil }
        return Month(start: start, year: String(parts[0]), number: number - 1)
    }

    /// The months that begin within the period.
    private static func months(_ period: TimeWindow) -> [Month] {
        var found: [Month] = []
        var next = month(period.start)
        while let current = next, current.start < period.end {
            if current.start >= period.start { found.append(current) }
            // A month has at most 31 days, so that day 32 lies in the next.
            next = month(current.start + 31.5)
        }
        return found
    }
}
