import Documents
import Foundation
import Testing

@testable import sgs

/// contrib/formats.md against the readers: the same fields, and the same words for what they take.
@Suite(.timeLimit(.minutes(10))) struct FormatsTests {
    /// What the page says of a field.
    private struct Field {
        let name: String
        let expected: String
    }

    /// The page's tables by their headings.
    private static func tables() throws -> [String: [Field]] {
        let page = try String(contentsOfFile: Checkout.path("contrib/formats.md"), encoding: .utf8)
        var tables: [String: [Field]] = [:]
        var heading = ""
        for line in page.split(separator: "\n") {
            if line.hasPrefix("#") { heading = String(line.drop { "# ".contains($0) }) }
            let cells = line.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
            guard line.hasPrefix("| `"), cells.count == 4 else { continue }
            tables[heading, default: []].append(
                Field(
                    name: cells[0].trimmingCharacters(in: CharacterSet(charactersIn: "`")),
                    expected: cells[1]))
        }
        return tables
    }

    /// The headings that there is a table for, so that none is left out.
    @Test("every mapping of the three files has its table")
    func levels() throws {
        #expect(
            Set(try Self.tables().keys) == [
                "plan.yaml", "plan.yaml, survey", "plan.yaml, survey.columns",
                "plan.yaml, survey.field", "plan.yaml, tiles", "plan.yaml, tiles.grid",
                "plan.yaml, period", "plan.yaml, processing", "plan.yaml, processing.observation",
                "plan.yaml, processing.observation.kinds.KIND",
                "plan.yaml, processing.tile", "plan.yaml, balance", "plan.yaml, weights",
                "plan.yaml, limits", "plan.yaml, freeze", "plan.yaml, pins", "plan.yaml, forbid",
                "SDC", "SDC, ingests", "SDC, ingests.region", "Scenario", "Scenario, maintenance",
                "Scenario, postpone",
            ])
    }

    /// A program's faults of a file: what is expected at each path of a field.
    private static func faults(_ text: String, of file: String) -> [String: String] {
        var faults: [String: String] = [:]
        for line in text.split(separator: "\n") where line.hasPrefix("sgs: \(file):") {
            let parts = String(line).components(separatedBy: ": ")
            guard parts.count > 3, let at = line.range(of: ", expected ") else { continue }
            let path = parts[2].replacingOccurrences(of: "[0]", with: "")
            faults[path] = String(line[at.upperBound...])
        }
        return faults
    }

    /// Holds the tables of a file against its faults, which a list at every field has caused.
    ///
    /// - Parameter unsaid: fields whose fault is another one, as they exclude each other.
    private static func compare(
        _ faults: [String: String], _ file: String, unsaid: Set<String>
    ) throws {
        for (heading, fields) in try tables() where heading.hasPrefix(file) {
            let section = heading.dropFirst(file.count).drop { ", ".contains($0) }
            let prefix = section.isEmpty ? "" : "\(section)."
            let known = faults["\(prefix)zzz"]?.replacingOccurrences(of: "one of: ", with: "")
                .components(separatedBy: ", ")
            #expect(known.map(Set.init) == Set(fields.map(\.name)), "\(heading)")
            for field in fields where !["a mapping", "a list"].contains(field.expected) {
                let path = prefix + field.name
                guard !unsaid.contains(path) else { continue }
                #expect(faults[path] == field.expected, "\(heading): \(field.name)")
            }
        }
    }

    @Test("plan.yaml")
    func plan() throws {
        let folder = try WorkFolder()
        try folder.write(Self.faultyPlan, to: "case/plan.yaml")
        let outcome = try folder.sgs("check", "case")
        #expect(outcome.status == 65)
        try Self.compare(
            Self.faults(outcome.err, of: "case/plan.yaml"), "plan.yaml",
            unsaid: [
                "survey.columns.end", "survey.columns.duration", "tiles.grid", "base", "history",
                "reserved",
                "pins.observation", "pins.tile", "forbid.observation", "forbid.tile",
                "forbid.kind",
            ])
    }

    @Test("an SDC's file")
    func sdc() throws {
        let folder = try WorkFolder()
        try folder.write(Self.faultySDC, to: "case/sdcs/SDC-A.yaml")
        let outcome = try folder.sgs("check", "case")
        #expect(outcome.status == 65)
        try Self.compare(
            Self.faults(outcome.err, of: "case/sdcs/SDC-A.yaml"), "SDC", unsaid: ["id"])
    }

    @Test("a scenario")
    func scenario() throws {
        let folder = try WorkFolder()
        try folder.write(Self.faultyScenario, to: "scenario.yaml")
        let outcome = try folder.sgs("whatif", "case", "--with", "scenario.yaml")
        #expect(outcome.status == 65)
        try Self.compare(
            Self.faults(outcome.err, of: "scenario.yaml"), "Scenario",
            unsaid: ["name", "maintenance.sdc", "maintenance.drop"])
    }

    @Test("a fault names a file as it is reached from the working folder")
    func reached() {
        func path(_ file: String, _ folder: String) -> String {
            Diagnostic(file: file, found: "", expected: "").reached(through: folder).file
        }
        #expect(path("plan.yaml", "surveys/mine") == "surveys/mine/plan.yaml")
        #expect(path("../../sdcs/SDC-FR.yaml", "surveys/mine") == "sdcs/SDC-FR.yaml")
        #expect(path("../sdcs/A.yaml", "./mine/") == "sdcs/A.yaml")
        #expect(path("../../a.csv", "mine") == "../a.csv")
        #expect(path("a.csv", "/x/y") == "/x/y/a.csv")
        #expect(path("/z/a.csv", "/x/y") == "/z/a.csv")
        let here = FileManager.default.currentDirectoryPath
        #expect(path("plan.yaml", here + "/case") == "case/plan.yaml")
    }

    private static let faultyPlan = """
        zzz: 1
        name: []
        survey:
          zzz: 1
          id: []
          file: []
          format: []
          columns:
            zzz: 1
            id: []
            start: []
            end: []
            duration: []
            ra: []
            dec: []
            angle: []
            kind: []
            table: []
          scale: []
          field:
            zzz: 1
            width: []
            height: []
        sdcs: []
        tiles:
          zzz: 1
          grid:
            zzz: 1
            step: []
            margin: []
            first: []
        period:
          zzz: 1
          start: []
          end: []
        bucket: []
        processing:
          zzz: 1
          observation:
            zzz: 1
            work: []
            volume: []
            latency: []
            kinds:
              KIND:
                zzz: 1
                work: []
                volume: []
                latency: []
          tile:
            zzz: 1
            work: []
            volume: []
            work_per_observation: []
            volume_per_observation: []
        balance:
          zzz: 1
          work: []
          observations: []
          storage: []
          gap: []
        base: []
        history: []
        freeze:
          zzz: 1
          before: []
        pins:
          - zzz: 1
            observation: []
            tile: []
            sdc: []
            role: []
            reason: []
            until: []
        forbid:
          - zzz: 1
            observation: []
            tile: []
            kind: []
            sdc: []
            reason: []
        weights:
          zzz: 1
          stability: []
          failover: []
          compact: []
        seed: []
        effort: []
        limits:
          zzz: 1
          time: []
          gap: []
        reserved: []

        """

    private static let faultySDC = """
        zzz: 1
        id: []
        name: []
        country: []
        cores: []
        efficiency: []
        storage: []
        used: []
        batch: []
        ingests:
          - zzz: 1
            survey: []
            region: {zzz: 1, ra: 5, dec: 5}
            volume: []
        ingress: []
        egress: []

        """

    private static let faultyScenario = """
        zzz: 1
        name: small
        maintenance:
          - {zzz: 1, sdc: SDC-A, start: [], end: [], availability: [], summary: []}
        postpone:
          - {zzz: 1, observations: 5, days: []}

        """
}
