import Catalogue
import Documents
import Foundation
import GroundSegment
import Markup

/// How `sgs orders` prints orders.
struct OrderAnswer {
    let order: OrderDetails

    init(_ order: OrderDetails) {
        self.order = order
    }

    /// A line for each order.
    static func table(_ orders: [OrderEntry]) -> TextTable {
        TextTable(
            [
                .left("order"), .left("item"), .left("SDC"), .left("state"), .left("release"),
                .right("priority"), .right("taken"), .left("message"),
            ],
            rows: orders.map {
                [
                    $0.id.text, "\($0.item)", $0.sdc.text, $0.state.rawValue, $0.release.iso8601,
                    "\($0.priority)", "\($0.taken)", $0.message,
                ]
            })
    }

    /// Aligned lines for people.
    var lines: [String] {
        let entry = order.entry
        var lines = [
            "order      \(entry.id)",
            "item       \(entry.item) of \(entry.survey)",
            "pipeline   \(entry.pipeline), release \(entry.softwareRelease)",
            "runs at    \(entry.sdc), replica at \(entry.replicaAt)"
                + (entry.isReassigned ? "; moved from there" : ""),
            "state      \(entry.state.rawValue)",
            "release    \(entry.release)",
            "priority   \(entry.priority)",
        ]
        if let runner = entry.runner, let instant = entry.takenAt {
            let times = entry.taken > 1 ? ", time \(entry.taken)" : ""
            lines.append("taken      \(instant) by \(runner)\(times)")
        }
        lines += order.inputs.map { "input      \(Self.text($0))" }
        for report in order.reports { lines += Self.lines(report) }
        lines += order.products.map {
            "product    \($0.product.name), \($0.product.bytes) bytes, at "
                + $0.sdcs.map(\.text).joined(separator: ", ")
        }
        lines += order.events.map { event in
            let value = event.priority.map { "\($0)" } ?? event.destination?.text
            let comment = event.comment.isEmpty ? "" : ": \(event.comment)"
            return "\(Self.padded(event.kind.rawValue)) \(event.instant) by "
                + "\(event.actor)\(value.map { ", to \($0)" } ?? "")\(comment)"
        }
        return lines
    }

    private static func padded(_ text: String) -> String {
        text.padding(toLength: 10, withPad: " ", startingAt: 0)
    }

    private static func text(_ input: InputOrder) -> String {
        guard let producer = input.producer else { return "\(input.item), which no order makes" }
        return "\(input.item) of \(producer.sdc), \(producer.state.rawValue), by \(producer.id)"
    }

    /// `, used 12.3 s of processor time and 431 MiB`.
    private static func used(_ step: StepReport) -> String {
        guard let use = step.use else { return "" }
        return String(
            format: ", used %.1f s of processor time and %.0f MiB", use.cpuSeconds, use.peakMemory)
    }

    private static func lines(_ report: RecordedReport) -> [String] {
        let message = report.message.isEmpty ? "" : ": \(report.message)"
        var lines = [
            "report     \(report.event), attempt \(report.attempt), \(report.window.start) to "
                + "\(report.window.end)\(message)"
        ]
        lines += report.steps.map {
            "  step     \($0.name), attempt \($0.attempt), exit \($0.exitCode), "
                + "\($0.window.start) to \($0.window.end), \($0.cores) cores, \($0.memory) MiB"
                + used($0)
        }
        lines += report.transfers.map {
            "  \(padded($0.purpose.rawValue).prefix(8)) \($0.product), \($0.bytes) bytes, "
                + "\($0.from) to \($0.to)"
        }
        return lines
    }
}
