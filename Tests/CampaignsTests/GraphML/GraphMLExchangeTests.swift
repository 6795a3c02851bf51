import Campaigns
import Foundation
import GroundSegment
import Testing

private let exchangeFolder = ProcessInfo.processInfo.environment["SGS_GRAPHML_FOLDER"]

/// What contrib/scripts/validate-graphml.sh asks for: documents of a folder are read and written
/// again, and campaigns of ours are written there and read when another program has written them.
@Suite(.enabled(if: exchangeFolder != nil)) struct GraphMLExchangeTests {
    private static func files(_ name: String) throws -> [URL] {
        let folder = URL(filePath: try #require(exchangeFolder)).appending(path: name)
        return try FileManager.default.contentsOfDirectory(
            at: folder, includingPropertiesForKeys: nil
        ).filter { $0.pathExtension == "graphml" }
    }

    private static func write(_ campaign: Campaign, _ folder: String, _ name: String) throws {
        let file = URL(filePath: try #require(exchangeFolder)).appending(path: "\(folder)/\(name)")
        try Data(campaign.graphML.utf8).write(to: file)
    }

    @Test func `what another program wrote is read, and written again`() throws {
        let files = try Self.files("in")
        #expect(!files.isEmpty)
        for file in files {
            let campaign = try GraphMLFile.read(file.path(percentEncoded: false))
            try Self.write(campaign, "out", file.lastPathComponent)
        }
    }

    @Test func `our campaigns come back from another program the same`() throws {
        var campaigns = [try CampaignSamples.full()]
        for seed in 1...20 as ClosedRange<UInt64> {
            var generator = SeededGenerator(seed: seed)
            let graph = CampaignGraph.random(
                tasks: Int.random(in: 1...60, using: &generator), using: &generator)
            campaigns.append(Campaign(id: ID("random-\(seed)"), graph: graph))
        }
        for campaign in campaigns { try Self.write(campaign, "ours", "\(campaign.id).graphml") }
        let back = try Self.files("back")
        for file in back {
            let campaign = try GraphMLFile.read(file.path(percentEncoded: false))
            let own = try #require(campaigns.first { $0.id == campaign.id })
            #expect(campaign.sorted == own.sorted)
        }
        let isSecond = ProcessInfo.processInfo.environment["SGS_GRAPHML_BACK"] != nil
        #expect(back.count == (isSecond ? campaigns.count : 0))
    }
}
