import Foundation
import GroundSegment
import Ingestion
import Testing

/// A planning case in a folder of its own: three observations, two SDCs, a week.
struct CaseFixture: ~Copyable {
    let path: String

    static let plan = """
        name: small
        survey:
          id: test
          file: survey.csv
          format: csv
          columns: {id: name, start: start, end: end, ra: ra, dec: dec, kind: kind}
          field: {width: 1.0, height: 0.5}
        sdcs: sdcs
        tiles:
          grid: {step: 2.0, margin: 0.1}
        period: {start: 2027-01-04, end: 2027-01-11}
        bucket: 7
        processing:
          observation: {work: 10, volume: 0.5, latency: 1.0}
          tile: {work: 20, volume: 0.25}
        balance: {work: 0.05, observations: 0.10, storage: 0.05, gap: 4}

        """

    static let survey = """
        name,start,end,ra,dec,kind
        1,2027-01-04T00:00:00Z,2027-01-04T01:00:00Z,10.0,20.0,WIDE
        2,2027-01-05T12:00:00Z,2027-01-05T13:00:00Z,11.0,20.0,WIDE
        3,61414.5,61414.625,350.0,-89.9,DEEP

        """

    /// A case of the standard files with some replaced; `nil` leaves one out.
    init(_ changes: [String: String?] = [:]) throws {
        try self.init(data: changes.mapValues { $0.map { Data($0.utf8) } })
    }

    init(data changes: [String: Data?]) throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        path = folder.path
        var files: [String: Data?] = [
            "plan.yaml": Data(Self.plan.utf8), "survey.csv": Data(Self.survey.utf8),
            "sdcs/SDC-A.yaml": Data(Self.sdc("SDC-A").utf8),
            "sdcs/SDC-B.yaml": Data(Self.sdc("SDC-B").utf8),
        ]
        files.merge(changes) { $1 }
        try FileManager.default.createDirectory(
            at: folder.appending(path: "sdcs"), withIntermediateDirectories: true)
        for (name, data) in files {
            try data?.write(to: folder.appending(path: name))
        }
    }

    deinit {
        try? FileManager.default.removeItem(atPath: path)
    }

    static func sdc(_ id: String, _ more: String = "") -> String {
        "id: \(id)\nname: Somewhere\ncores: 100\nstorage: 50\n" + more
    }

    /// The standard request with one text in it replaced.
    static func plan(_ old: String, _ new: String) -> String {
        plan.replacingOccurrences(of: old, with: new)
    }

    borrowing func read() throws -> PlanningCase { try CaseReader.read(path) }

    /// The lines of the failure that reading gives; empty where it gives none.
    borrowing func faults() -> [String] {
        do {
            _ = try CaseReader.read(path)
            return []
        } catch {
            return error.diagnostics.map(\.description)
        }
    }
}

/// The repository's folder.
let repository = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().path
