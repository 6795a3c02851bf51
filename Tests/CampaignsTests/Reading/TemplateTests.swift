import Campaigns
import GroundSegment
import Testing

@Suite struct TemplateTests {
    private static let template = """
        name: region
        title: Region ${where}
        parameters:
          where: {meaning: what the region is called}
          region: {meaning: a part of the sky}
          retries: {meaning: attempts, default: 2}
        items: {region: "${region}"}
        policy: {retries: "${retries}"}
        data:
          - {name: frames, per: observation}
          - {name: ground, per: tile}
        tasks:
          - {name: observation, per: observation, inputs: [frames], outputs: [exposures]}
          - {name: tile, pipeline: "tile-${where}", per: tile, inputs: [exposures, ground], outputs: [catalogue]}
        """

    private static func read(_ text: String) throws(CampaignError) -> Campaign {
        try CampaignFile.read(
            "x", in: CampaignFolders(texts: ["x": text, "region": template, "circle": circle]))
    }

    private static let circle = "name: circle\nclone: x\n"

    private static func faults(_ text: String) -> [String] {
        do throws(CampaignError) {
            _ = try read(text)
            return []
        } catch {
            return error.diagnostics.map(\.description)
        }
    }

    @Test func `a template is filled with texts, numbers and whole values`() throws {
        let campaign = try Self.read(
            """
            name: x
            template: region
            parameters: {where: cosmos, region: {cone: {ra: 150, dec: 2, radius: 1}}}
            """)
        #expect(campaign.id == "x")
        #expect(campaign.title == "Region cosmos")
        let tasks = campaign.graph.tasks
        #expect(tasks.map(\.pipeline) == ["observation", "tile-cosmos"])
        #expect(tasks.map(\.policy.retries) == [2, 2])
        #expect(
            tasks[0].items.region == .cone(centre: .init(ra: 150, dec: 2), radius: 1))
    }

    @Test func `keys beside a template go before it, task by task and field by field`() throws {
        let campaign = try Self.read(
            """
            name: x
            template: region
            parameters: {where: cosmos, region: {cone: {ra: 150, dec: 2, radius: 1}}, retries: 5}
            title: Mine
            share: 0.3
            tasks:
              - {name: tile, inputs: [exposures], priority: 3, policy: {scouts: 4}}
              - {name: more, per: campaign, inputs: [catalogue]}
            without: [observation]
            data:
              - {name: exposures, per: observation}
            """)
        // The template's data that nobody reads any more are gone.
        #expect(campaign.graph.outside.map(\.id) == ["exposures"])
        #expect(campaign.title == "Mine")
        #expect(campaign.share == 0.3)
        let tile = try #require(campaign.graph["tile" as ID<CampaignTask>])
        #expect(tile.pipeline == "tile-cosmos")
        #expect(tile.priority == 3)
        #expect(tile.policy == TaskPolicy(retries: 5, scouts: 4))
        #expect(campaign.graph.tasks.map(\.id) == ["tile", "more"])
    }

    @Test func `parameters that are missing, unknown or misspelt are told where they are given`() {
        #expect(
            Self.faults("name: x\ntemplate: region\nparameters: {were: cosmos, size: 1}") == [
                "x.yaml:3:14: parameters: found a parameter \"were\", which the template lacks, "
                    + "expected where",
                "x.yaml:3:1: parameters: found no value for the parameter region, expected a part "
                    + "of the sky",
                "x.yaml:3:1: parameters: found no value for the parameter where, expected what the "
                    + "region is called",
                "x.yaml:3:28: parameters: found a parameter \"size\", which the template lacks, "
                    + "expected one of: region, retries, where",
            ])
        #expect(
            Self.faults("name: x\ntemplate: region") == [
                "x.yaml:2:1: template: found no value for the parameter region, expected a part of "
                    + "the sky",
                "x.yaml:2:1: template: found no value for the parameter where, expected what the "
                    + "region is called",
            ])
    }

    @Test
    func `a value that the template cannot take is told in the template and where it is given`() {
        #expect(
            Self.faults(
                "name: x\ntemplate: region\nparameters: {where: a, region: north, retries: few}")
                == [
                    "x.yaml:3:1: parameters: found values with which the template region has "
                        + "faults, expected values that it can take",
                    "region.yaml:7:9: items.region: found \"north\", expected a mapping of keys to "
                        + "values",
                    "region.yaml:8:10: policy.retries: found \"few\", expected a whole number from "
                        + "0 to 1000",
                ])
    }

    @Test func `a template whose parameters and text do not match is told`() {
        let text = """
            name: x
            parameters:
              used: {meaning: a, default: 1}
              unused: {meaning: b, default: 2}
            title: ${use} and ${used} and ${open
            tasks: [{name: a, per: tile}]
            """
        #expect(
            Self.faults(text) == [
                "x.yaml:4:3: parameters.unused: found a parameter that nothing uses, expected "
                    + "${unused} somewhere",
                "x.yaml:5:8: title: found ${ without }, expected ${NAME}, or $${ for ${",
                "x.yaml:5:8: title: found the parameter \"use\", expected one of: unused, used",
            ])
    }

    @Test func `parameters may be given from outside, and are listed`() throws {
        let folders = CampaignFolders(texts: ["region": Self.template])
        let campaign = try CampaignFile.read(
            "region", in: folders,
            parameters: ["where": "cosmos", "region": "{moc: 3/1}", "retries": "9"])
        #expect(campaign.graph.tasks[0].policy.retries == 9)
        let parameters = try CampaignFile.parameters(of: "region", in: folders)
        #expect(parameters.map(\.name) == ["where", "region", "retries"])
        #expect(parameters.map(\.isRequired) == [true, true, false])
        let error = #expect(throws: CampaignError.self) {
            try CampaignFile.read("region", in: folders)
        }
        #expect(
            error?.diagnostics.map(\.description) == [
                "region.yaml:4:3: parameters.where: found no value for the parameter where, "
                    + "expected what the region is called",
                "region.yaml:5:3: parameters.region: found no value for the parameter region, "
                    + "expected a part of the sky",
            ])
    }

    @Test func `files that name one another in a circle are told with the way`() {
        #expect(
            Self.faults("name: x\nclone: circle") == [
                "circle.yaml:2:1: clone: found files that name one another: x -> circle -> x, "
                    + "expected no circle, and at most 8 files"
            ])
        #expect(
            Self.faults("name: x\nclone: none\nshare: -1") == [
                "x.yaml:2:1: clone: found \"none\", expected a file none.yaml",
                "x.yaml:3:1: share: found \"-1\", expected a number from 0.001 to 1000",
            ])
    }

    @Test func `a campaign of campaigns joins them by data sets`() throws {
        let campaign = try Self.read(
            """
            name: x
            release: "9.1"
            campaigns:
              - name: north
                template: region
                parameters: {where: n, region: {moc: 3/1}}
              - name: south
                template: region
                parameters: {where: s, region: {moc: 3/2}}
                release: "9.2"
                inputs: {ground: north.catalogue}
            tasks:
              - {name: all, per: campaign, inputs: [north.catalogue, south.catalogue]}
            """)
        #expect(
            campaign.graph.tasks.map(\.id.text) == [
                "all", "north.observation", "north.tile", "south.observation", "south.tile",
            ])
        #expect(
            campaign.graph.tasks.map(\.release) == ["9.1", "9.1", "9.1", "9.2", "9.2"])
        #expect(
            campaign.graph.outside.map(\.id.text) == [
                "north.frames", "north.ground", "south.frames",
            ])
        #expect(campaign.graph.outside.map(\.product) == ["frames", "ground", "frames"])
        #expect(campaign.graph.parents(of: "south.tile") == ["south.observation", "north.tile"])
        #expect(campaign.graph.order.last == "all")
        #expect(campaign.graph.tasks[2].title == "tile")
    }

    @Test func `a campaign within one can only be given what it takes`() {
        #expect(
            Self.faults(
                """
                name: x
                campaigns:
                  - name: north
                    template: region
                    parameters: {where: n, region: {moc: 3/1}}
                    inputs: {sky: a}
                """) == [
                    "x.yaml:6:14: campaigns[0].inputs.sky: found data set \"sky\", expected one that "
                        + "it takes from outside: frames, ground"
                ])
    }
}
