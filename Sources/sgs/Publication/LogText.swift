import Catalogue
import GroundSegment

/// A survey's distributions for reading, each with what happened to it and how that is taken back.
struct LogText {
    let lines: [String]

    /// - Parameters:
    ///   - records: newest first.
    ///   - all: whether everything that happened is told, and not only what changed who owns what.
    init(_ records: [DistributionRecord], all: Bool) {
        // Only the newest revision that counts can be withdrawn.
        let newest = records.first { $0.state == .published || $0.state == .superseded }
        lines = records.flatMap { record in
            let undo = Self.undo(record, isNewest: record == newest).map { ["    undo      " + $0] }
            return [Self.head(record)] + Self.events(record, all: all) + (undo ?? [])
        }
    }

    private static func head(_ record: DistributionRecord) -> String {
        let revision = record.revision.map { "revision \($0)" } ?? "proposal"
        return "\(padded(revision, 12)) \(padded(record.state.rawValue, 10)) "
            + "\(record.digest.prefix(12))  \(record.period.start.date) to "
            + "\(record.period.end.date)  \(record.name)"
            + (record.failoverOf.map { ", failover of \($0)" } ?? "")
    }

    private static func events(_ record: DistributionRecord, all: Bool) -> [String] {
        record.events.filter { all || ["publish", "withdraw"].contains($0.name) }.map { event in
            "    \(padded(event.name, 9)) \(event.instant) by \(event.actor)"
                + (event.comment.map { ": \($0)" } ?? "")
        }
    }

    /// The command that takes back what became of a distribution; `nil` where there is none.
    ///
    /// - Parameter isNewest: whether it is the newest revision that counts.
    private static func undo(_ record: DistributionRecord, isNewest: Bool) -> String? {
        let name = record.revision.map(String.init) ?? String(record.digest.prefix(12))
        let survey = record.revision == nil ? "" : " --survey \(record.survey)"
        switch record.state {
        case .published, .superseded:
            return isNewest ? "sgs withdraw \(name)\(survey) --comment WHY" : nil
        case .withdrawn:
            return record.revision == nil
                ? "sgs draft \(name) --again"
                : "sgs publish \(name)\(survey) --again --comment WHY"
        case .draft, .checked, .approved: return "sgs withdraw \(name) --comment WHY"
        }
    }

    private static func padded(_ text: String, _ width: Int) -> String {
        text + String(repeating: " ", count: max(0, width - text.count))
    }
}
