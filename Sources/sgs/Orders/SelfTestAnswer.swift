import Catalogue
import Documents
import GroundSegment
import Markup

/// How `sgs orders selftest --show` prints what the SDCs' runners found.
struct SelfTestAnswer {
    private let tests: [(sdc: ID<SDC>, test: OrderedSelfTest?)]

    init(_ tests: [(sdc: ID<SDC>, test: OrderedSelfTest?)]) {
        self.tests = tests
    }

    private var reports: [(sdc: ID<SDC>, report: SelfTestReport)] {
        tests.compactMap { entry in entry.test?.report.map { (entry.sdc, $0) } }
    }

    private var digests: Set<String> { Set(reports.compactMap(\.report.digest)) }

    /// Whether one failed, or two do not do the same.
    var isBad: Bool { digests.count > 1 || reports.contains { !$0.report.isOK } }

    /// Whether all do the same; `nil` as long as that cannot be said.
    private var isSame: Bool? {
        if isBad { return false }
        return !tests.isEmpty && reports.count == tests.count ? true : nil
    }

    /// A line for each SDC, one for each feature that is missing, and what follows from them.
    var lines: [String] {
        let table = TextTable(
            [
                .left("SDC"), .left("state"), .left("asked"), .left("ended"), .left("features"),
                .left("digest"),
            ],
            rows: tests.map { sdc, test in
                let report = test?.report
                return [
                    sdc.text, test?.state.rawValue ?? "never asked",
                    test.map { "\($0.issuedAt.iso8601) by \($0.issuedBy)" } ?? "",
                    report?.window.end.iso8601 ?? "", report.map(Self.ticks) ?? "",
                    report?.digest ?? "",
                ]
            })
        var lines = table.lines
        for (sdc, report) in reports {
            if !report.message.isEmpty { lines.append("\(sdc): \(report.message)") }
            for feature in report.features where !feature.isThere {
                lines.append("\(sdc): \(feature.name): \(feature.found)")
            }
        }
        return lines + [verdict]
    }

    private static func ticks(_ report: SelfTestReport) -> String {
        report.features.isEmpty
            ? "" : "\(report.features.count(where: \.isThere)) of \(report.features.count)"
    }

    private var verdict: String {
        let bad = reports.filter { !$0.report.isOK }.map(\.sdc.text)
        if digests.count > 1 {
            return "they do not run the same: \(digests.count) digests"
        }
        if !bad.isEmpty { return "failed at \(bad.joined(separator: ", "))" }
        if isSame == true { return "all \(tests.count) run the same" }
        return "\(reports.count) of \(tests.count) have ended"
            + (reports.count > 1 ? ", and run the same" : "")
    }

    /// `same` is null as long as that cannot be said.
    var json: JSONValue {
        [
            "same": isSame.map { .boolean($0) } ?? .null,
            "sdcs": .list(tests.map { Self.object($0.sdc, $0.test) }),
        ]
    }

    private static func object(_ sdc: ID<SDC>, _ test: OrderedSelfTest?) -> JSONValue {
        let report = test?.report
        func text(_ value: String?) -> JSONValue { value.map { .text($0) } ?? .null }
        return [
            "sdc": .text(sdc.text), "state": text(test?.state.rawValue),
            "issued_at": text(test?.issuedAt.exactISO8601), "issued_by": text(test?.issuedBy),
            "runner": text(test?.runner), "ended_at": text(report?.window.end.exactISO8601),
            "ok": report.map { .boolean($0.isOK) } ?? .null, "digest": text(report?.digest),
            "message": text(report?.message),
            "features": .list(
                (report?.features ?? []).map {
                    [
                        "feature": .text($0.name), "ok": .boolean($0.isThere),
                        "found": .text($0.found),
                    ]
                }),
        ]
    }
}
