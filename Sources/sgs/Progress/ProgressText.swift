import Catalogue
import Foundation
import GroundSegment
import Markup

/// Plan against actual, as a terminal shows it.
struct ProgressText {
    let progress: PlanProgress
    let clock: MJD

    private var begun: [PlanProgress.Line] {
        progress.lines.filter { $0.period.start < clock }
    }

    /// What a reader should know first.
    var findings: [String] {
        let buckets = Set(progress.lines.map(\.period)).count
        let over = Set(progress.lines.filter { $0.period.end <= clock }.map(\.period)).count
        guard buckets > 0 else { return ["nothing of survey \(progress.survey) is in force"] }
        var lines = [
            "\(progress.survey), until \(clock): \(over) of \(buckets) buckets are over"
        ]
        let sums = progress.sums(before: clock)
        let behind = sums.filter { $0.done.overdue > 0 }
            .sorted { $0.done.overdue > $1.done.overdue }
        if let worst = behind.first {
            let all = behind.reduce(0) { $0 + $1.done.overdue }
            lines.append(
                "\(all) orders are overdue at \(behind.count) SDCs, most of them at"
                    + " \(worst.sdc): \(worst.done.overdue)")
        } else {
            lines.append("no order is overdue")
        }
        let lost = sums.reduce(0) { $0 + $1.done.lost }
        if lost > 0 { lines.append("\(lost) observations never came: sgs arrivals list") }
        return lines
    }

    var bySDC: TextTable {
        TextTable(
            [.left("SDC")] + Self.columns,
            rows: progress.sums(before: clock).map { [$0.sdc.text] + Self.cells($0) })
    }

    var byBucket: TextTable {
        TextTable(
            [.left("SDC"), .left("bucket")] + Self.columns,
            rows: begun.map { [$0.sdc.text, $0.period.start.date] + Self.cells($0) })
    }

    private static let columns: [TextTable.Column] = [
        .right("received"), .right("planned"), .right("on time"), .right("late"),
        .right("overdue"), .right("failed"), .right("core-h used"), .right("planned"),
        .right("TB stored"), .right("planned"), .right("copies"), .right("planned"),
    ]

    private static func cells(_ line: PlanProgress.Line) -> [String] {
        let (planned, done) = (line.planned, line.done)
        return [
            "\(done.received)", "\(planned.observations)", "\(done.onTime)", "\(done.late)",
            "\(done.overdue)", "\(done.failed)", String(format: "%.1f", done.occupied.value),
            String(format: "%.0f", planned.work.value),
            String(format: "%.3f", Double(done.stored) / 1e12),
            String(format: "%.3f", planned.volume.value), "\(done.copies)", "\(planned.copies)",
        ]
    }
}
