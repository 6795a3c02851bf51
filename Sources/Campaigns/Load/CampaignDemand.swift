public import GroundSegment

/// What a campaign has to do at an SDC.
public struct CampaignDemand: Hashable, Sendable {
    public let campaign: ID<Campaign>
    public let share: Double
    /// From when on: its approval.
    public let start: MJD
    public let work: CoreHours
    public let volume: Terabytes

    public init(
        campaign: ID<Campaign>, share: Double, start: MJD, work: CoreHours, volume: Terabytes
    ) {
        self.campaign = campaign
        self.share = share
        self.start = start
        self.work = work
        self.volume = volume
    }
}

/// What an SDC can do in a span of time, and what of that the daily processing is to take.
public struct DayOfWork: Hashable, Sendable {
    public let window: TimeWindow
    public let capacity: CoreHours
    public let daily: CoreHours

    public init(window: TimeWindow, capacity: CoreHours, daily: CoreHours) {
        self.window = window
        self.capacity = capacity
        self.daily = daily
    }
}

/// How campaigns' work is spread over the days of an SDC.
///
/// Each campaign has its share of every day from its approval on until its work is done; the daily
/// processing counts as one that always has work.  So what is left for that does not depend on how
/// far the campaigns are.
public struct CampaignLoad: Hashable, Sendable {
    /// What campaigns take of each day, and what they write on it; days of which they take nothing
    /// are left out.
    public let reservations: [Reservation]
    /// When the last of a campaign's work is done; a campaign that does not come to its end within
    /// the days is missing.
    public let ends: [ID<Campaign>: MJD]

    /// - Parameters:
    ///   - daily: the share of the daily processing.
    ///   - days: in their order.
    public init(_ demands: [CampaignDemand], daily: Double, days: [DayOfWork]) {
        var left = Dictionary(
            demands.map { ($0.campaign, $0.work.value) }, uniquingKeysWith: +)
        var reservations: [Reservation] = []
        var ends: [ID<Campaign>: MJD] = [:]
        for day in days {
            let active = demands.filter {
                $0.start < day.window.end && (left[$0.campaign] ?? 0) > 0
            }
            let shares = active.reduce(daily) { $0 + $1.share }
            var taken = 0.0
            var written = 0.0
            for demand in active {
                let open = min(1, (day.window.end - demand.start) / day.window.days)
                let rest = left[demand.campaign] ?? 0
                let part = min(rest, day.capacity.value * demand.share / shares * open)
                left[demand.campaign] = rest - part
                taken += part
                written += demand.volume.value * part / demand.work.value
                if rest - part <= 0 { ends[demand.campaign] = day.window.end }
            }
            guard taken > 0 else { continue }
            reservations.append(
                Reservation(
                    window: day.window, work: CoreHours(taken), volume: Terabytes(written)))
        }
        self.reservations = reservations
        self.ends = ends
    }
}

/// How much later the daily processing of an SDC is done because of campaigns.
public struct DailyDelay: Hashable, Sendable {
    /// Core-hours of daily work that are not done at the end of a day though they are due, at most:
    /// without campaigns and with them.
    public let backlog: (without: CoreHours, with: CoreHours)
    /// Days by which the daily work of a day is done late, at most: without campaigns and with
    /// them; what is not done within the days counts up to their end.
    public let lateness: (without: Double, with: Double)
    /// The end of the first day on which campaigns make daily work late; `nil` where they do not.
    public let since: MJD?

    /// - Parameter reserved: what campaigns take; see `CampaignLoad`.
    public init(days: [DayOfWork], reserved: [Reservation]) {
        let without = Self.run(days) { _ in 0 }
        let with = Self.run(days) { day in
            reserved.reduce(0) { $0 + $1.work(within: day.window).value }
        }
        backlog = (CoreHours(without.backlog.max() ?? 0), CoreHours(with.backlog.max() ?? 0))
        lateness = (without.lateness, with.lateness)
        since =
            zip(days, zip(without.backlog, with.backlog)).first {
                $0.1.1 > $0.1.0 + 1e-6 * max(1, $0.1.0)
            }?.0.window.end
    }

    /// Serves the daily work in its order with what is left of each day.
    private static func run(
        _ days: [DayOfWork], _ reserved: (DayOfWork) -> Double
    ) -> (backlog: [Double], lateness: Double) {
        var open: [(due: MJD, work: Double)] = []
        var first = 0
        var backlog: [Double] = []
        var lateness = 0.0
        for day in days {
            open.append((day.window.end, day.daily.value))
            var room = max(0, day.capacity.value - reserved(day))
            while room > 0, first < open.count {
                let done = min(room, open[first].work)
                room -= done
                open[first].work -= done
                guard open[first].work <= 1e-9 else { break }
                lateness = max(lateness, day.window.end - open[first].due)
                first += 1
            }
            backlog.append(open[first...].reduce(0) { $0 + $1.work })
        }
        if let end = days.last?.window.end {
            for rest in open[first...] where rest.work > 1e-9 {
                lateness = max(lateness, end - rest.due)
            }
        }
        return (backlog, lateness)
    }

    public static func == (left: DailyDelay, right: DailyDelay) -> Bool {
        left.backlog == right.backlog && left.lateness == right.lateness
            && left.since == right.since
    }

    public func hash(into hasher: inout Hasher) {
        hasher.combine(backlog.with)
        hasher.combine(lateness.with)
        hasher.combine(since)
    }
}
