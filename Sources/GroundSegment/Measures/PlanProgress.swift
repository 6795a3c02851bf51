/// Plan against actual: what the distributions in force give to each SDC in each bucket, and what
/// has become of it.
public struct PlanProgress: Hashable, Sendable {
    public let survey: ID<SurveyPlan>
    /// By SDC, then by bucket; one for each SDC and bucket of the distributions in force.
    public let lines: [Line]

    /// One SDC in one bucket, or the sum of some.
    public struct Line: Hashable, Sendable {
        public let sdc: ID<SDC>
        /// From the first day of the first bucket to the end of the last.
        public let period: TimeWindow
        public var planned: Planned
        public var done: Done

        public init(sdc: ID<SDC>, period: TimeWindow, planned: Planned, done: Done) {
            self.sdc = sdc
            self.period = period
            self.planned = planned
            self.done = done
        }
    }

    /// What was planned.
    public struct Planned: Hashable, Sendable {
        /// Items of which the SDC is primary.
        public var observations = 0
        public var tiles = 0
        public var work = CoreHours.zero
        /// What the SDC can do, maintenance taken off.
        public var capacity = CoreHours.zero
        /// New data, both replicas counted.
        public var volume = Terabytes.zero
        /// Observations that have to be copied to the SDC for its tiles.
        public var copies = 0

        public init() {}
    }

    /// What was done, as the SDC's runner told.
    public struct Done: Hashable, Sendable {
        /// Orders of the SDC, those withdrawn left out.
        public var orders = 0
        /// Observations whose data came: somebody said so, or their order was taken.
        public var received = 0
        /// Observations whose data will never come.
        public var lost = 0
        /// Orders that completed within their bucket, and after its end.
        public var onTime = 0
        public var late = 0
        /// Orders that have not completed though their bucket is over.
        public var overdue = 0
        /// Orders that failed or were stopped and are not to be tried again by themselves.
        public var failed = 0
        /// Core-hours of the steps: cores that they had, and processor time that they used;
        /// failed attempts count.
        public var occupied = CoreHours.zero
        public var busy = CoreHours.zero
        /// Bytes of products that the SDC holds for good.
        public var stored = 0
        /// Observations that were copied to the SDC for its tiles.
        public var copies = 0

        public init() {}
    }

    public init(survey: ID<SurveyPlan>, lines: [Line]) {
        self.survey = survey
        self.lines = lines
    }

    /// One line for each SDC: its buckets that begin before an instant.
    public func sums(before instant: MJD) -> [Line] {
        sums(lines.filter { $0.period.start < instant })
    }

    /// One line for each SDC: all of its buckets.
    public var sums: [Line] { sums(lines) }

    private func sums(_ lines: [Line]) -> [Line] {
        var sums: [Line] = []
        for line in lines {
            if let last = sums.last, last.sdc == line.sdc {
                sums[sums.count - 1] = last + line
            } else {
                sums.append(line)
            }
        }
        return sums
    }
}

extension PlanProgress.Line {
    /// The sum of two lines, under the first one's SDC.
    public static func + (left: Self, right: Self) -> Self {
        var sum = PlanProgress.Line(
            sdc: left.sdc,
            period: TimeWindow(
                start: min(left.period.start, right.period.start),
                end: max(left.period.end, right.period.end)),
            planned: left.planned, done: left.done)
        sum.planned.observations += right.planned.observations
        sum.planned.tiles += right.planned.tiles
        sum.planned.work += right.planned.work
        sum.planned.capacity += right.planned.capacity
        sum.planned.volume += right.planned.volume
        sum.planned.copies += right.planned.copies
        sum.done.orders += right.done.orders
        sum.done.received += right.done.received
        sum.done.lost += right.done.lost
        sum.done.onTime += right.done.onTime
        sum.done.late += right.done.late
        sum.done.overdue += right.done.overdue
        sum.done.failed += right.done.failed
        sum.done.occupied += right.done.occupied
        sum.done.busy += right.done.busy
        sum.done.stored += right.done.stored
        sum.done.copies += right.done.copies
        return sum
    }
}
