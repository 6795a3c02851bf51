import Foundation
import GroundSegment
import Testing
import Workflows

@testable import Execution

/// The real program asked for the origin of real products.
@Suite(.timeLimit(.minutes(12))) struct LineageCommandTests {
    @Test("a tile's product is followed to the observations that other SDCs processed")
    func acrossSDCs() async throws {
        var site = try TestSite()
        site.pipelines = Programs.samplePipelines
        let tile = site.tileOrder("T", needing: ["1", "2"], sdc: "SDC-FR", replicaAt: "SDC-DE")
        try site.place(
            site.order("1", sdc: "SDC-FR", replicaAt: "SDC-IT"),
            site.order("2", sdc: "SDC-IT", replicaAt: "SDC-DE"), tile)
        try await site.serve("SDC-IT")
        try await site.serve("SDC-FR")
        let answer = try await Answer(site, "lineage", "tile/T/mosaic.fits")
        #expect(answer.status == 0)
        let lines = answer.lines
        let pattern = /tile\/T\/mosaic\.fits  RUN_\w+_tile\/\w+ at SDC-FR, release 1\.0/
        #expect(lines.first?.wholeMatch(of: pattern) != nil, "\(answer.text)\(answer.errors)")
        let sources = lines.dropFirst().filter { $0.hasPrefix("  ") && !$0.hasPrefix("   ") }
        #expect(
            sources.map { $0.split(separator: " ")[0] } == [
                "observation/1/frames.fits", "observation/2/frames.fits",
            ])
        #expect(sources.map { $0.contains("at SDC-IT") } == [false, true])
        #expect(try await Answer(site, "run", "show", "1").status == 64)
        let prov = try await Answer(site, "lineage", "tile/T/mosaic.fits", "--prov").object
        let entities = try #require(prov["entity"] as? [String: Any])
        for product in [
            "tile/T/mosaic.fits", "observation/1/frames.fits", "observation/2/frames.fits",
        ] {
            #expect(entities["sgs:\(product)"] != nil, "\(product)")
        }
        #expect((prov["wasDerivedFrom"] as? [String: Any])?.isEmpty == false)
        #expect(try await Answer(site, "lineage", "tile/U/mosaic.fits").status == 66)
        let path = "\(site.storageRoot)/SDC-IT/survey/observation/2/frames.fits"
        #expect(try await Answer(site, "lineage", path).lines.first?.contains("at SDC-IT") == true)
        #expect(try await Answer(site, "lineage", "1", "--sdc", "SDC-IT").lines.count > 2)
    }

    @Test("the lineage goes through nested, parallel and chained pipelines")
    func selfTest() async throws {
        var site = try TestSite()
        site.pipelines = "\(Programs.samplePipelines)/selftest"
        try site.place(site.order("1", pipeline: "selftest"))
        try await site.serve("SDC-FR")
        let rows = try #require(
            try await Answer(site, "lineage", "1", "--json").object["lineage"] as? [[String: Any]])
        func used(_ task: String) -> [String] {
            let row = rows.first { $0["task"] as? String == task }
            let inputs = row?["used"] as? [[String: Any]] ?? []
            return inputs.flatMap { $0["files"] as? [String] ?? [] }.map {
                $0.split(separator: "/").suffix(2).joined(separator: "/")
            }
        }
        #expect(
            used("features.join")
                == (0..<3).map { "features.parallel.iterations.\($0).one.1/line.txt" })
        #expect(used("features.parallel.iterations.1.one") == ["features.split.1/part_2.txt"])
        #expect(used("features.nested.inner.copy") == ["features.step.1/line.txt"])
        #expect(used("macro.selftest_mason.build") == ["macro.selftest_quarry.cut.1/stone.txt"])
        let counts = try await Answer(site, "report", "--id", "1", "--detailed").lines
        let words = counts.map { $0.split(separator: " ").map(String.init) }
        #expect(words.first { $0.first == "TOTAL" }?.suffix(4) == ["20", "0", "0", "20"])
        #expect(
            words.first { $0.first == "features.parallel.one" }?.suffix(4) == ["3", "0", "0", "3"])
        let prov = try await Answer(site, "lineage", "1", "--prov").object
        #expect((prov["activity"] as? [String: Any])?.count == 20)
        let derived = try #require(prov["wasDerivedFrom"] as? [String: [String: Any]])
        let parts = derived.values.filter {
            ($0["prov:usedEntity"] as? String)?.hasSuffix("features.split.1/parts.json") == true
        }
        #expect(parts.count == 3)
        let export = try await Answer(site, "run", "export", "1").text
        let record = try WfFormatReader.read(Data(export.utf8), file: "export")
        func task(_ id: String) -> RecordedWorkflow.Task? { record.tasks.first { $0.id == id } }
        #expect(record.tasks.count == 20)
        #expect(
            task("features.join")?.parents
                == (0..<3).map { "features.parallel.iterations.\($0).one" })
        #expect(task("features.parallel.iterations.1.one")?.parents == ["features.split"])
        #expect(
            task("features.parallel.iterations.1.one")?.inputs == ["features.split.1/part_2.txt"])
        #expect(
            task("features.split")?.outputs
                == ["features.split/parts.json"] + (1...3).map { "features.split.1/part_\($0).txt" }
        )
        #expect(
            task("macro.selftest_mason.build")?.inputs == ["macro.selftest_quarry.cut/stone.txt"])
        #expect(task("late")?.parents == ["early"])
        #expect(task("final")?.parents == ["report"])
        #expect(record.files["features.step/line.txt"] == 5)
    }
}
