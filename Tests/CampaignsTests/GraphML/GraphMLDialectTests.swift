import Campaigns
import Foundation
import GroundSegment
import Testing

@Suite struct GraphMLDialectTests {
    private static func read(_ name: String) throws -> Campaign {
        let folder = Bundle.module.resourceURL?.appending(path: "Samples/graphml")
        let file = try #require(
            folder?.appending(path: "\(name).graphml").path(percentEncoded: false))
        return try GraphMLFile.read(file)
    }

    private static func edges(_ campaign: Campaign) -> [String] {
        campaign.graph.edges.map { "\($0.from) -\($0.data)-> \($0.to)" }
    }

    @Test func `what networkx writes is read, two edges between two nodes too`() throws {
        let campaign = try Self.read("networkx")
        #expect(campaign.id == "dr-sample")
        #expect(
            Self.edges(campaign) == [
                "vis -images-> mer", "vis -masks-> mer", "nir -infrared-> mer",
                "mer -catalogues-> phz",
            ])
        let tasks = campaign.graph.tasks
        #expect(tasks.map(\.unit) == [.observation, .observation, .tile, .tile])
        #expect(tasks.map(\.priority) == [5, 0, 0, 0])
        #expect(tasks[3].policy == TaskPolicy(retries: 1, tolerance: .part(0.05)))
    }

    @Test func `a graph without any attribute has tasks named by ids and data sets by their ends`()
        throws
    {
        let campaign = try Self.read("networkx-plain")
        #expect(Self.edges(campaign) == ["0 -0-1-> 1", "1 -1-2-> 2"])
        #expect(campaign.graph.tasks.map(\.unit) == [.campaign, .campaign, .campaign])
    }

    @Test func `what Gephi writes is read, with its labels, numbers and defaults`() throws {
        let campaign = try Self.read("gephi")
        #expect(
            Self.edges(campaign) == [
                "Simulate-galaxies -simulated-images-> Measure",
                "Measure -Measure-Summary-> Summary",
            ])
        let first = try #require(campaign.graph["Simulate-galaxies" as ID<CampaignTask>])
        #expect(first.title == "Simulate galaxies")
        #expect(first.pipeline == "simulation")
        #expect(first.unit == .number)
        #expect(first.count == 20)
    }

    @Test func `what yEd writes is read: labels in drawings, groups, ports, edges without labels`()
        throws
    {
        let campaign = try Self.read("yed")
        #expect(
            Self.edges(campaign) == [
                "vis -images-> MER-catalogue", "nir -nir-MER-catalogue-> MER-catalogue",
                "MER-catalogue -MER-catalogue-out-> n2",
            ])
        #expect(campaign.graph.shape == .graph)
    }
}
