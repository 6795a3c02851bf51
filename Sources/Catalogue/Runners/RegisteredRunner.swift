public import GroundSegment
import PostgreSQL

/// The runner that serves an SDC, or served it last, as the catalogue knows it.
public struct RegisteredRunner: Hashable, Sendable {
    /// Whether it is there.
    public enum Presence: Hashable, Sendable {
        case present
        /// It has not been heard of for so many seconds, which is longer than its lease.
        case gone(silence: Double)
        /// It gave its lease back.
        case ended(MJD)
    }

    public let sdc: ID<SDC>
    public let host: String
    /// Where on its host it keeps its state.
    public let folder: String
    /// Its process on that host.
    public let process: Int
    public let since: MJD
    /// When it was last heard of.
    public let lastSign: MJD
    public let presence: Presence
    /// Why it starts no order of some pipelines now, by pipeline: `would end in the outage that
    /// begins 2027-02-01T00:00:00Z`.
    public let holds: [String: String]

    public init(
        sdc: ID<SDC>, host: String, folder: String, process: Int, since: MJD, lastSign: MJD,
        presence: Presence, holds: [String: String] = [:]
    ) {
        self.sdc = sdc
        self.host = host
        self.folder = folder
        self.process = process
        self.since = since
        self.lastSign = lastSign
        self.presence = presence
        self.holds = holds
    }

    /// Whether it is there, in a few words: `no sign since 12 min`.
    public var text: String {
        switch presence {
        case .present: "serves since \(since)"
        case .gone(let silence): "no sign since \(Self.span(silence))"
        case .ended(let instant): "ended at \(instant)"
        }
    }

    /// A word for whether it is there: `present`, `silent` or `ended`.
    public var state: String {
        switch presence {
        case .present: "present"
        case .gone: "silent"
        case .ended: "ended"
        }
    }

    /// A span of time, in the largest unit of which it has two: `12 min`.
    static func span(_ seconds: Double) -> String {
        let units = [(86400.0, "d"), (3600.0, "h"), (60.0, "min")]
        let unit = units.first { seconds >= 2 * $0.0 } ?? (1, "s")
        return "\(Int(max(0, seconds) / unit.0)) \(unit.1)"
    }
}

extension RegisteredRunner {
    init(row: Row) throws {
        let ended = try row.decode("ended_at", as: Double?.self)
        let isOver = try row.decode("is_over", as: Bool.self)
        let silence = try row.decode("silence", as: Double.self)
        self.init(
            sdc: ID(try row.decode("sdc")), host: try row.decode("host"),
            folder: try row.decode("folder"), process: try row.decode("process"),
            since: MJD(posixSeconds: try row.decode("since")),
            lastSign: MJD(posixSeconds: try row.decode("last_sign")),
            presence: ended.map { .ended(MJD(posixSeconds: $0)) }
                ?? (isOver ? .gone(silence: silence) : .present),
            holds: Dictionary(
                zip(
                    try row.decode("held_pipelines", as: [String].self),
                    try row.decode("held_reasons", as: [String].self)),
                uniquingKeysWith: { first, _ in first }))
    }
}
