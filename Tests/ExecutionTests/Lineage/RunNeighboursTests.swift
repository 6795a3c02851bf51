import Foundation
import GroundSegment
import Testing

@testable import Execution

@Suite(.timeLimit(.minutes(12))) struct RunNeighboursTests {
    @Test("a run is told with those that made what it reads, and these with those that read it")
    func neighbours() async throws {
        let site = try TestSite()
        try site.addPipeline("observation", steps: [("step", "echo $0 > $out", 1)])
        try site.addTile("cat $file > $out")
        try site.place(
            site.order("1"), site.order("2"),
            site.tileOrder("T", needing: ["1"], sdc: "SDC-FR", replicaAt: "SDC-IT"))
        try await site.serve("SDC-FR")
        let runs =
            try await Answer(site, "run", "list", "--json").object["runs"] as? [[String: Any]]
        let numbers = try #require(runs).reduce(into: [String: Int]()) {
            $0[$1["originId"] as? String ?? ""] = $1["number"] as? Int
        }
        let (tile, one, two) = (
            try #require(numbers["order-tile-T"]), try #require(numbers["order-1"]),
            try #require(numbers["order-2"])
        )
        #expect(try await ends(site, tile, "from") == [one])
        #expect(try await ends(site, tile, "to") == [])
        #expect(try await ends(site, one, "to") == [tile])
        // The same bytes, but of another item.
        #expect(try await ends(site, two, "to") == [])
        let line = try await Answer(site, "lineage", "\(one)", "--runs").lines.last
        #expect(line?.hasPrefix("read by") == true)
        #expect(line?.hasSuffix("observation/1/result.txt") == true)
    }

    private func ends(_ site: TestSite, _ run: Int, _ end: String) async throws -> [Int] {
        let answer = try await Answer(site, "lineage", "\(run)", "--runs", "--json")
        #expect(answer.status == 0, "\(answer.errors)")
        return (answer.object[end] as? [[String: Any]] ?? []).compactMap { $0["number"] as? Int }
    }
}
