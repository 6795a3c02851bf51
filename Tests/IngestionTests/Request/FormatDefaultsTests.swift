import Documents
import Foundation
import GroundSegment
import Testing

@testable import Ingestion

/// The defaults of contrib/formats.md against what the readers make of files that say nothing.
@Suite("Defaults of the formats")
struct FormatDefaultsTests {
    /// The page's default by table and field: `plan.yaml, weights/failover`.
    private let page: [String: String]

    init() throws {
        var folder = URL(fileURLWithPath: #filePath)
        for _ in 0..<4 { folder.deleteLastPathComponent() }
        let text = try String(
            contentsOf: folder.appendingPathComponent("contrib/formats.md"), encoding: .utf8)
        var page: [String: String] = [:]
        var heading = ""
        for line in text.split(separator: "\n") {
            if line.hasPrefix("#") { heading = String(line.drop { "# ".contains($0) }) }
            let cells = line.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
            guard line.hasPrefix("| `"), cells.count == 4 else { continue }
            page["\(heading)/\(cells[0].filter { $0 != "`" })"] = cells[2]
        }
        self.page = page
    }

    /// What is read where an optional field is left out, by table and field.
    private func expect(_ defaults: [String: String]) {
        for (field, value) in defaults { #expect(page[field] == value, "\(field)") }
    }

    @Test("those of plan.yaml")
    func plan() throws {
        let faults = FaultLog(file: "plan.yaml")
        let text = CaseFixture.plan(", latency: 1.0", "").replacingOccurrences(
            of: "bucket: 7\n", with: "")
        let plan = try #require(
            PlanFile(
                text: text + "pins: [{observation: a, sdc: A, role: primary}]\n"
                    + "forbid: [{observation: b, sdc: A}]\n", faults: faults))
        #expect(faults.isEmpty, "\(faults.diagnostics)")
        let options = try #require(plan.options)
        let weights = try #require(plan.weights)
        let pin = try #require(plan.rules.rules.pins.first)
        #expect(pin.reason.isEmpty && pin.until == nil)
        #expect(plan.rules.rules.prohibitions.first?.reason.isEmpty == true)
        #expect(plan.rules.rules.base == .none && plan.rules.rules.history == .none)
        #expect(plan.rules.rules.freezeBefore == nil)
        #expect(options.timeLimit == nil && options.gapLimit == nil)
        expect([
            "plan.yaml/bucket": Self.text(try #require(plan.buckets).length),
            "plan.yaml/base": "none", "plan.yaml/history": "none", "plan.yaml/freeze": "none",
            "plan.yaml/pins": "none", "plan.yaml/forbid": "none", "plan.yaml/limits": "none",
            "plan.yaml/seed": "\(options.seed)", "plan.yaml/effort": options.effort.rawValue,
            "plan.yaml, processing.observation/latency": Self.text(
                try #require(plan.processing).latency),
            "plan.yaml, processing.observation/kinds": plan.processing?.kinds.isEmpty == true
                ? "none" : "",
            "plan.yaml, processing.tile/work_per_observation": Self.text(
                try #require(plan.processing).tileWorkPerObservation.value),
            "plan.yaml, processing.tile/volume_per_observation": Self.text(
                try #require(plan.processing).tileVolumePerObservation.value),
            "plan.yaml/reserved": plan.reserved == nil ? "none" : "",
            "plan.yaml, weights/stability": Self.text(weights.stability),
            "plan.yaml, weights/failover": Self.text(weights.failover),
            "plan.yaml, weights/compact": Self.text(weights.compact),
            "plan.yaml, limits/time": "none", "plan.yaml, limits/gap": "none",
            "plan.yaml, pins/reason": "empty", "plan.yaml, pins/until": "for good",
            "plan.yaml, forbid/reason": "empty",
        ])
    }

    @Test("those of a kind")
    func kind() throws {
        let faults = FaultLog(file: "plan.yaml")
        let text = CaseFixture.plan(
            "latency: 1.0}", "latency: 1.0, kinds: {A: {work: 3}, B: {volume: 0.1}}}")
        let processing = try #require(PlanFile(text: text, faults: faults)?.processing)
        #expect(faults.isEmpty, "\(faults.diagnostics)")
        #expect(processing.work(ofKind: "B") == processing.observationWork)
        #expect(processing.volume(ofKind: "A") == processing.observationVolume)
        #expect(processing.latency(ofKind: "A") == processing.latency)
        expect([
            "plan.yaml, processing.observation.kinds.KIND/work": "the general value",
            "plan.yaml, processing.observation.kinds.KIND/volume": "the general value",
            "plan.yaml, processing.observation.kinds.KIND/latency": "the general value",
        ])
    }

    @Test("those of a survey's columns and of a grid")
    func parts() throws {
        let faults = FaultLog(file: "plan.yaml")
        let source = try #require(
            DocumentObject(
                "{id: a, file: a.db, format: sqlite, field: {width: 1, height: 1},"
                    + " columns: {id: i, start: s, end: e, ra: r, dec: d}}", faults: faults
            ).flatMap(SurveySource.init))
        guard case .database(let columns, let scale) = source.form else {
            Issue.record("no database")
            return
        }
        #expect(scale == nil && columns.angle == nil && columns.kind == nil)
        let plan = CaseFixture.plan.replacingOccurrences(
            of: ", margin: 0.1", with: "")
        let read = try #require(PlanFile(text: plan, faults: faults))
        let grid = try #require(read.grid)
        #expect(faults.isEmpty, "\(faults.diagnostics)")
        expect([
            "plan.yaml, survey/scale": "the file's, else UTC",
            "plan.yaml, survey.columns/angle": "0", "plan.yaml, survey.columns/kind": "none",
            "plan.yaml, survey.columns/table": columns.table,
            "plan.yaml, tiles.grid/margin": Self.text(grid.margin),
            "plan.yaml, tiles.grid/first": "\(grid.firstNumber)",
        ])
    }

    @Test("those of an SDC's file")
    func sdc() throws {
        let faults = FaultLog(file: "A.yaml")
        let file = try #require(
            SDCFile(
                text: "{id: A, name: a, cores: 1, storage: 1,"
                    + " ingests: [{survey: DES, region: {}, volume: 1}]}", name: "A", faults: faults
            ))
        #expect(file.country.isEmpty)
        let region = try #require(file.ingests.first?.holding.region)
        #expect(region == SkyRegion(ra: (0, 360), dec: (-90, 90)))
        let bare = try #require(
            SDCFile(
                text: "{id: A, name: a, cores: 1, storage: 1}", name: "A", faults: faults))
        #expect(bare.ingests.isEmpty)
        expect([
            "SDC/country": "empty", "SDC/efficiency": Self.text(file.efficiency),
            "SDC/used": Self.text(file.used.value), "SDC/batch": file.batch,
            "SDC/ingests": "none", "SDC/site": "none",
            "SDC/ingress": file.ingress == nil ? "no limit" : "",
            "SDC/egress": file.egress == nil ? "no limit" : "",
            "SDC, ingests.region/ra": "[0, 360]", "SDC, ingests.region/dec": "[-90, 90]",
        ])
    }

    @Test("those of a scenario's window")
    func scenario() throws {
        let planningCase = try CaseFixture().read()
        let sdc = try #require(planningCase.sdcs.first)
        let faults = FaultLog(file: "s.yaml")
        let root = try #require(
            DocumentObject(
                "{maintenance: [{sdc: \(sdc.id), start: 2027-01-05, end: 2027-01-06}]}",
                faults: faults))
        var builder = ScenarioBuilder(planningCase)
        builder.add(root, file: "s.yaml")
        #expect(faults.isEmpty, "\(faults.diagnostics)")
        guard case .window(_, from: nil, to: let window?)? = builder.changes.first else {
            Issue.record("no window")
            return
        }
        #expect(window.summary.isEmpty)
        expect([
            "Scenario, maintenance/availability": Self.text(window.availability),
            "Scenario, maintenance/summary": "empty", "Scenario/set": "none",
            "Scenario/maintenance": "none", "Scenario/postpone": "none", "Scenario/pins": "none",
            "Scenario/forbid": "none",
        ])
    }

    @Test("every other field has to be there, is below, or is not read")
    func complete() {
        let known = page.filter { !["-", "none", "empty", "below"].contains($0.value) }
        #expect(
            Set(known.keys) == [
                "plan.yaml/bucket", "plan.yaml/seed", "plan.yaml/effort",
                "plan.yaml, processing.observation/latency", "plan.yaml, weights/stability",
                "plan.yaml, processing.observation.kinds.KIND/work",
                "plan.yaml, processing.observation.kinds.KIND/volume",
                "plan.yaml, processing.observation.kinds.KIND/latency",
                "plan.yaml, processing.tile/work_per_observation",
                "plan.yaml, processing.tile/volume_per_observation", "SDC/ingress", "SDC/egress",
                "plan.yaml, weights/failover", "plan.yaml, weights/compact",
                "plan.yaml, pins/until", "plan.yaml, survey/scale",
                "plan.yaml, survey.columns/angle", "plan.yaml, survey.columns/table",
                "plan.yaml, tiles.grid/margin", "plan.yaml, tiles.grid/first", "SDC/efficiency",
                "SDC/used", "SDC/batch", "SDC, ingests.region/ra", "SDC, ingests.region/dec",
                "Scenario, maintenance/availability",
            ])
    }

    private static func text(_ value: Double) -> String { PlainText.number(value) }
}
