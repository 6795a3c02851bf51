import Foundation
import GroundSegment
import Testing

@testable import Execution

/// The disk of the runner's own state, full.
@Suite(.timeLimit(.minutes(12)), .serialized, .enabled(if: SmallDisk.isPossible))
struct RunnerDiskTests {
    /// Whether its payload ends while the disk is full, where its result cannot be written yet.
    private static let endings = isFull ? [false, true] : [false]

    @Test(
        "a runner whose disk is full ends with 73, and the next one loses nothing",
        arguments: endings)
    func full(endsMeanwhile: Bool) async throws {
        let site = try TestSite()
        let (journal, go) = ("\(site.folder.path)/journal", "\(site.folder.path)/go")
        let disk = try SmallDisk(at: site.state, mebibytes: 8)
        defer { disk.unmount() }
        try site.addPipeline(
            "observation",
            steps: [
                (
                    "wait",
                    "echo $SGS_ORDER >> \(journal); until test -e \(go); do sleep 0.02; done; echo x > $out",
                    1
                )
            ])
        let orders = [site.order("1"), site.order("2")]
        try site.place(orders[0])
        let first = try RunnerProcess(site, sdc: "SDC-FR")
        #expect(try await eventually { FileManager.default.fileExists(atPath: journal) })
        let filler = try disk.fill()
        try site.place(orders[1])
        if endsMeanwhile { try site.folder.write("", to: "go") }
        #expect(first.end() == 73)
        #expect(try site.report(orders[0]) == nil)
        try StoredFiles.remove(filler)
        if !endsMeanwhile { try site.folder.write("", to: "go") }
        #expect(try RunnerProcess(site, sdc: "SDC-FR", more: ["--until-idle"]).end() == 0)
        for order in orders {
            let report = try #require(try site.report(order))
            #expect(report.event == .complete)
            #expect(report.steps.map(\.attempt) == [1])
        }
        let lines = try String(contentsOfFile: journal, encoding: .utf8).split(separator: "\n")
        #expect(lines == ["order-1", "order-2"])
    }
}
