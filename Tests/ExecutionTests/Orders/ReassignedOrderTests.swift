import Catalogue
import GroundSegment
import PostgreSQL
import TestPostgreSQL
import Testing

@testable import Execution
@testable import sdc_runner

@Suite struct ReassignedOrderTests {
    @Test(
        "the secondary's runner does an order that failed at the primary, with inputs from there",
        .timeLimit(.minutes(12)))
    func secondRunner() async throws {
        var site = try TestSite()
        try site.addPipeline(
            "observation", steps: [(name: "broken", script: "exit 3", cores: 1)])
        let fault = site
        site.pipelines = Programs.samplePipelines
        let place = site
        try await TestCluster.shared.withCatalogue { url in
            let connection = try await CatalogueOrderSourceTests.publish(url)
            let address = try await DatabaseAddress.find(named: url)
            func serve(_ sdc: ID<SDC>, _ site: TestSite) async throws -> RunnerOutcome {
                try await site.runner(
                    sdc, source: try await CatalogueOrderSource(address, sdc: sdc)
                ).run()
            }
            let store = OrderStore(connection)
            let order: ID<ProcessingOrder> = "survey-00000001-OBS-4"
            #expect(try await serve("SDC-IT", fault).failed == 1)
            #expect(try await store.details(of: order).entry.state == .error)
            _ = try await store.reassign(
                order, to: .secondary, by: "op", because: "broken software")
            // The former primary's runner leaves it alone; the secondary's does it.
            #expect(try await serve("SDC-IT", place).completed == 0)
            #expect(try await serve("SDC-DE", place).completed == 1)
            let details = try await store.details(of: order)
            #expect(details.entry.state == .completed)
            #expect(details.entry.sdc == "SDC-DE")
            #expect(details.reports.map(\.event) == ["fail", "complete"])
            for held in details.products {
                #expect(held.sdcs == ["SDC-DE", "SDC-IT"])
                try FileDigest(bytes: held.product.bytes, sha256: held.product.sha256).verify(
                    place.storage("SDC-DE").path(
                        of: held.product.name, survey: "survey", at: "SDC-IT"))
            }
            // What needs its products gets them from where they are.
            #expect(try await serve("SDC-FR", place).completed == 3)
            let tile = try await store.details(of: "survey-00000001-TILE-A")
            #expect(tile.entry.state == .completed)
            #expect(tile.inputs.map(\.producer?.sdc) == ["SDC-FR", "SDC-DE"])
        }
    }
}
