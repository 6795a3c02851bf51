import Execution
import GroundSegment
import Markup

/// What an attempt used as time went on, beside what it was given: processor time, memory, bytes.
struct ProfileFigures {
    private let profile: JobProfile
    private let seconds: [Double]

    private static let size = (width: 560.0, height: 150.0)
    private static let margin = (left: 62.0, bottom: 24.0, top: 10.0)

    init(_ profile: JobProfile) {
        self.profile = profile
        let times = profile.samples.map { MJD(iso8601: $0.time) }
        let begin = times.first ?? nil
        seconds = times.map { time in
            guard let time, let begin else { return 0 }
            return (time - begin) * 86_400
        }
    }

    var fragments: [Fragment] {
        guard profile.samples.count > 1 else {
            return [Fragment("p", "It was not long enough at work to be measured more than once.")]
        }
        let rows = profile.samples
        return [
            Fragment(
                "div", ["class": "pair"],
                [
                    figure(
                        "Processor time", "percent of the cores that it was given",
                        [rows.map(\.cpuPercent)], limit: 100,
                        "It used \(Self.text(profile.mean.cpuPercent)) % of "
                            + "\(profile.requested.cores) cores on the whole."),
                    figure(
                        "Memory", "MiB: resident, and dashed the address space",
                        [rows.map(\.rss), rows.map(\.vms)], limit: Double(profile.requested.memory),
                        "It held \(Self.text(profile.max.rss)) MiB at most, of "
                            + "\(profile.requested.memory) MiB that it was given."),
                    figure(
                        "Bytes", "MiB until then: read, and dashed written",
                        [rows.map(\.read), rows.map(\.written)], limit: nil,
                        "It read \(Self.text(rows.last?.read ?? 0)) MiB and wrote "
                            + "\(Self.text(rows.last?.written ?? 0)) MiB."),
                ])
        ]
    }

    private func figure(
        _ title: String, _ unit: String, _ lines: [[Double]], limit: Double?, _ finding: String
    ) -> Fragment {
        CaptionedFigure(
            title: Fragment("p", Fragment("b", .text(title))),
            drawing: drawing(title, lines, limit: limit),
            caption: "Over the seconds since the first look at it: \(unit)."
                + (limit == nil ? "" : " The red dashed line is what it was given."),
            finding: finding,
            numbers: CaptionedTable(
                caption: "\(title), \(unit)",
                header: ["Second"]
                    + lines.indices.map {
                        lines.count == 1 ? title : $0 == 0 ? "Solid" : "Dashed"
                    },
                rows: seconds.indices.map { row in
                    CaptionedTable.Row(
                        [.label(Self.text(seconds[row]))]
                            + lines.map { .number(Self.text($0[row])) })
                })
        ).fragment
    }

    private func drawing(_ title: String, _ lines: [[Double]], limit: Double?) -> Fragment {
        let (size, margin) = (Self.size, Self.margin)
        let last = max(seconds.last ?? 1, 1e-3)
        let highest = max((lines.joined().max() ?? 0), limit ?? 0, 1e-3)
        func x(_ second: Double) -> Double {
            margin.left + (size.width - margin.left - 8) * second / last
        }
        func y(_ value: Double) -> Double {
            margin.top + (size.height - margin.top - margin.bottom)
                * (1 - min(max(value / highest, 0), 1))
        }
        func line(_ style: String, _ from: (Double, Double), _ to: (Double, Double)) -> Fragment {
            Fragment(
                "line",
                [
                    "class": style, "x1": Self.text(from.0), "y1": Self.text(from.1),
                    "x2": Self.text(to.0), "y2": Self.text(to.1),
                ])
        }
        func label(_ text: String, _ x: Double, _ y: Double, _ anchor: String) -> Fragment {
            Fragment(
                "text", ["x": Self.text(x), "y": Self.text(y), "text-anchor": anchor], .text(text))
        }
        let (bottom, right) = (y(0), size.width - 8)
        var parts = [
            line("axis", (margin.left, bottom), (right, bottom)),
            line("axis", (margin.left, margin.top), (margin.left, bottom)),
            label(Self.text(highest), margin.left - 5, y(highest) + 8, "end"),
            label("0", margin.left - 5, bottom, "end"),
            label("0 s", margin.left, size.height - 7, "start"),
            label("\(Self.text(last)) s", right, size.height - 7, "end"),
        ]
        if let limit { parts.append(line("limit", (margin.left, y(limit)), (right, y(limit)))) }
        for (number, values) in lines.enumerated() {
            let points = zip(seconds, values).map { "\(Self.text(x($0))) \(Self.text(y($1)))" }
            parts.append(
                Fragment(
                    "path",
                    [
                        "class": number == 0 ? "first" : "second",
                        "d": "M" + points.joined(separator: "L"),
                    ]))
        }
        return Fragment(
            "svg",
            [
                "class": "profile", "role": "img", "aria-label": title,
                "viewBox": "0 0 \(Self.text(size.width)) \(Self.text(size.height))",
            ], parts)
    }

    private static func text(_ number: Double) -> String {
        guard number.isFinite, abs(number) < 1e15 else { return "-" }
        let tenths = (number * 10).rounded() / 10
        return tenths == tenths.rounded() ? "\(Int(tenths))" : "\(tenths)"
    }
}
