import Documents
import Foundation
public import GroundSegment
import PostgreSQL

/// The last self-test that an SDC's runner was asked for.
public struct OrderedSelfTest: Hashable, Sendable {
    public let sdc: ID<SDC>
    /// ALLOCATED, EXECUTING, COMPLETED where every feature is there, or ERROR.
    public let state: OrderState
    public let issuedAt: MJD
    public let issuedBy: String
    /// Who took it last.
    public let runner: String?
    /// `nil` until it has ended.
    public let report: SelfTestReport?

    public init(
        sdc: ID<SDC>, state: OrderState, issuedAt: MJD, issuedBy: String, runner: String? = nil,
        report: SelfTestReport? = nil
    ) {
        self.sdc = sdc
        self.state = state
        self.issuedAt = issuedAt
        self.issuedBy = issuedBy
        self.runner = runner
        self.report = report
    }
}

extension OrderedSelfTest {
    /// `nil` where the SDC was never asked.
    init?(row: Row) throws {
        guard let issued = try row.decode("issued_at", as: Double?.self) else { return nil }
        var report: SelfTestReport?
        if let end = try row.decode("ended_at", as: Double?.self) {
            let start = try row.decode("started_at", as: Double?.self) ?? end
            report = SelfTestReport(
                features: try Self.features(row.decode("features", as: String?.self)),
                digest: try row.decode("digest"), message: try row.decode("message"),
                window: TimeWindow(start: MJD(posixSeconds: start), end: MJD(posixSeconds: end)))
        }
        self.init(
            sdc: ID(try row.decode("sdc")), state: try OrderState(row: row),
            issuedAt: MJD(posixSeconds: issued), issuedBy: try row.decode("issued_by"),
            runner: try row.decode("runner"), report: report)
    }

    private struct Feature: Codable {
        let feature: String
        let ok: Bool
        let found: String
    }

    private static func features(_ text: String?) throws -> [SelfTestReport.Feature] {
        guard let text else { return [] }
        return try JSONDecoder().decode([Feature].self, from: Data(text.utf8)).map {
            SelfTestReport.Feature(name: $0.feature, found: $0.found)
        }
    }

    static func document(_ features: [SelfTestReport.Feature]) throws -> String {
        let rows = features.map { Feature(feature: $0.name, ok: $0.isThere, found: $0.found) }
        return String(decoding: try JSONEncoder().encode(rows), as: UTF8.self)
    }
}
