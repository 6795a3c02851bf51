import Foundation
import Planning
import Testing

@testable import Service

@Suite struct DistributionRoutesTests {
    @Test("distributions are listed newest first, and the plan comes byte for byte")
    func list() async throws {
        let second = ServiceSample.plan("second", primary: "SDC-IT")
        try await RunningService.with([ServiceSample.plan(), second]) { service in
            let list = try await service.get("/v1/distributions")
            #expect(try list.column("plan") == ["second", "first"])
            #expect(try list.column("comment") == ["for a test", "for a test"])
            let page = try await service.get("/v1/distributions?limit=1")
            #expect(try page.column("plan") == ["second"])
            #expect(
                page.headers["link"] == "</v1/distributions?limit=1&after=2%2FTEST>; rel=\"next\"")
            let next = try await service.get("/v1/distributions?limit=1&after=2%2FTEST")
            #expect(try next.column("plan") == ["first"])
            let plan = try await service.get("/v1/distributions/TEST/2/plan.json")
            #expect(plan.data == PlanDocument.encode(second).bytes)
            #expect(plan.headers["cache-control"]?.contains("immutable") == true)
            #expect(try await service.get("/v1/distributions/TEST/2").member("plan") == "second")
            #expect(try await service.get("/v1/distributions/TEST/3").status == 404)
        }
    }
}
