import Campaigns
import Foundation
import GroundSegment
import SkyCoverage
import SkyGeometry
import Testing

@Suite struct GraphMLRoundTripTests {
    @Test func `a campaign with everything that it can have comes back the same`() throws {
        let campaign = try CampaignSamples.full()
        let back = try GraphMLFile.read(
            bytes: campaign.graphML.utf8, file: "back.graphml")
        #expect(back.sorted == campaign.sorted)
    }

    @Test(arguments: 1...20 as ClosedRange<UInt64>)
    func `random graphs come back the same`(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let graph = CampaignGraph.random(tasks: 40, using: &generator)
        let campaign = Campaign(id: "random", graph: graph)
        let back = try GraphMLFile.read(bytes: campaign.graphML.utf8, file: "x")
        #expect(back.sorted == campaign.sorted)
    }

    @Test func `a file of 100 MB is read as a stream`() throws {
        let path = FileManager.default.temporaryDirectory
            .appending(path: "campaign-\(UUID().uuidString).graphml").path(percentEncoded: false)
        defer { try? FileManager.default.removeItem(atPath: path) }
        // What another tool draws is most of it and is not kept.
        let note = String(repeating: "y", count: 1800)
        #expect(FileManager.default.createFile(atPath: path, contents: nil))
        let handle = try #require(FileHandle(forWritingAtPath: path))
        handle.write(
            Data(
                """
                <graphml><key id="n" for="node" attr.name="note" attr.type="string"/>
                <graph id="large" edgedefault="directed">

                """.utf8))
        for block in 0..<50 {
            let nodes = (0..<1000).map { place in
                "<node id=\"n\(block * 1000 + place)\"><data key=\"n\">\(note)</data></node>"
                    + (block + place == 0
                        ? ""
                        : "<edge source=\"n\(block * 1000 + place - 1)\" "
                            + "target=\"n\(block * 1000 + place)\"/>\n")
            }
            handle.write(Data(nodes.joined().utf8))
        }
        handle.write(Data("</graph></graphml>".utf8))
        try handle.close()
        let size = try #require(
            FileManager.default.attributesOfItem(atPath: path)[.size] as? Int)
        #expect(size > 90_000_000)
        let campaign = try GraphMLFile.read(path)
        #expect(campaign.graph.tasks.count == 50_000)
        #expect(campaign.graph.shape == .chain)
        #expect(throws: (any Error).self) {
            try GraphMLFile.read(path, limits: GraphMLLimits(bytes: 1_000_000))
        }
    }
}
