public import GroundSegment

/// Plan against actual in words and columns, for pages.
public struct ProgressWords {
    private let progress: PlanProgress
    private let clock: MJD

    /// - Parameter clock: buckets that begin before it count.
    public init(_ progress: PlanProgress, clock: MJD) {
        self.progress = progress
        self.clock = clock
    }

    /// What a reader should know first.
    public var finding: String {
        let sums = progress.sums(before: clock)
        guard !progress.lines.isEmpty else {
            return "Nothing of survey \(progress.survey) is in force."
        }
        guard let first = sums.first else {
            return "The first bucket of survey \(progress.survey) has not begun at \(clock)."
        }
        let all = sums.dropFirst().reduce(first, +)
        let received = NumberText.grouped(all.done.received)
        let planned = NumberText.grouped(all.planned.observations)
        var text = "Until \(clock) \(received) of \(planned) observations of survey"
        text += " \(progress.survey) were received. \(Self.delay(sums))"
        if all.done.lost > 0 {
            text += " \(NumberText.count(all.done.lost, "observation", "observations")) never came."
        }
        return text
    }

    private static func delay(_ sums: [PlanProgress.Line]) -> String {
        let behind = sums.filter { $0.done.overdue > 0 }
        guard let worst = behind.max(by: { $0.done.overdue < $1.done.overdue }) else {
            return "No order is overdue."
        }
        let orders = NumberText.count(
            behind.reduce(0) { $0 + $1.done.overdue }, "order is", "orders are")
        let sdcs = NumberText.count(behind.count, "SDC", "SDCs")
        return "\(orders) overdue at \(sdcs), most of them at \(worst.sdc)."
    }

    /// The sums over all SDCs, bucket by bucket.
    public var buckets: [PlanProgress.Line] {
        Dictionary(grouping: progress.lines, by: \.period).values
            .compactMap { lines in lines.first.map { lines.dropFirst().reduce($0, +) } }
            .sorted { $0.period.start < $1.period.start }
    }

    /// The names of `numbers`.
    public static let columns = [
        "Received", "of planned", "On time", "Late", "Overdue", "Failed", "Used, core-hours",
        "of planned", "Stored, TB", "of planned", "Copies", "of planned",
    ]

    /// What `columns` show of a line, with thin groups of digits.
    public static func numbers(_ line: PlanProgress.Line) -> [String] {
        let (planned, done) = (line.planned, line.done)
        return [
            NumberText.grouped(done.received), NumberText.grouped(planned.observations),
            NumberText.grouped(done.onTime), NumberText.grouped(done.late),
            NumberText.grouped(done.overdue), NumberText.grouped(done.failed),
            NumberText.grouped(done.occupied.value, 1), NumberText.grouped(planned.work.value),
            NumberText.grouped(Double(done.stored) / 1e12, 3),
            NumberText.grouped(planned.volume.value, 3), NumberText.grouped(done.copies),
            NumberText.grouped(planned.copies),
        ]
    }

    /// What the columns mean.
    public static let explanation = """
        Received: the data came. On time: completed within the bucket of the order's release; \
        late: after it; overdue: not completed though the bucket is over. Used: core-hours of the \
        steps' cores, failed attempts too, beside the work that was planned. Stored: kept for \
        good, both replicas. Copies: observations brought to the SDC for its tiles.
        """
}
