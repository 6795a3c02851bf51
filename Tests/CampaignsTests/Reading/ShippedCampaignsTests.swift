import Campaigns
import Foundation
import GroundSegment
import Testing

/// The files of the folder `campaigns`.
@Suite struct ShippedCampaignsTests {
    private static let folder = URL(filePath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: "campaigns").path(percentEncoded: false)
    private static let folders = CampaignFolders([folder])

    private static let period = ["start": "2027-01-04", "end": "2027-04-05", "release": "\"9.1\""]

    @Test func `the daily processing is what publishing makes orders for`() throws {
        let campaign = try CampaignFile.read("daily", in: Self.folders, parameters: Self.period)
        #expect(campaign.graph.tasks.map(\.pipeline) == ["observation", "tile"])
        #expect(campaign.graph.tasks.map(\.unit) == [.observation, .tile])
        #expect(campaign.graph.tasks.map(\.release) == ["9.1", "9.1"])
        #expect(campaign.graph.tasks.allSatisfy { $0.policy.isOpen && !$0.policy.isPartial })
        #expect(campaign.graph.parents(of: "tile") == ["observation"])
        #expect(campaign.graph.shape == .chain)
    }

    @Test func `a data release goes from frames to the whole sky`() throws {
        let campaign = try CampaignFile.read(
            "data-release", in: Self.folders, parameters: Self.period)
        let tasks = campaign.graph.tasks
        #expect(tasks.prefix(4).map(\.id) == ["vis", "nir", "sir", "mer"])
        #expect(tasks.filter { $0.unit == .campaign }.count == 2)
        #expect(campaign.graph.ancestors(of: "mer") == ["vis", "nir"])
        #expect(tasks.allSatisfy { $0.policy.tolerance == .part(0.005) })
    }

    @Test func `the others are read with parameters, and the example as it is`() throws {
        let region = try CampaignFile.read(
            "reprocessing", in: Self.folders,
            parameters: ["region": "{moc: 3/1}", "release": "\"9.2\""])
        #expect(region.share == 0.3)
        let bag = try CampaignFile.read(
            "simulation", in: Self.folders,
            parameters: ["pipeline": "sim", "count": "200", "release": "\"9.1\""])
        #expect(bag.graph.tasks.map(\.count) == [200, 1])
        #expect(bag.graph.tasks.map(\.pipeline) == ["sim", "sim-summary"])
        let example = try CampaignFile.read("example", in: Self.folders)
        #expect(example.graph.shape == .chains)
        #expect(try Self.folders.names().count == 5)
    }
}
