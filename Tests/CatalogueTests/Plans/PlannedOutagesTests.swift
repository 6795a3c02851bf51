import Catalogue
import GroundSegment
import PostgreSQL
import TestPostgreSQL
import Testing

@Suite struct PlannedOutagesTests {
    @Test("outages are the windows of plans in force in which an SDC offers nothing")
    func read() async throws {
        try await TestCluster.shared.withCatalogue { url in
            let connection = try await Connection.open(url)
            var request = Sample.request(1)
            request.planJSON = """
                {"digest":"00","plan":{"sdcs":[
                {"id":"SDC-FR","maintenance":[
                {"start":61420,"end":61422,"availability":0},
                {"start":61410,"end":61411,"availability":0},
                {"start":61430,"end":61431,"availability":0.5}]},
                {"id":"SDC-DE","maintenance":[{"start":1,"end":2,"availability":0}]}]}}
                """
            _ = try await PlanStore(connection).publish(Sample.chain, request)
            let outages = try await PlannedOutages(
                of: "SDC-FR", survey: Sample.survey, connection)
            let second = TimeWindow(start: MJD(61420), end: MJD(61422))
            #expect(
                outages.windows == [TimeWindow(start: MJD(61410), end: MJD(61411)), second])
            #expect(outages.window(at: MJD(61421)) == second)
            #expect(outages.window(at: MJD(61422)) == nil)
            #expect(
                try await PlannedOutages(of: "SDC-FR", survey: "OTHER", connection).windows == [])
        }
    }

    @Test("a plan that says nothing of its SDCs has no outages")
    func none() async throws {
        try await TestCluster.shared.withCatalogue { url in
            let connection = try await Connection.open(url)
            _ = try await PlanStore(connection).publish(Sample.chain, Sample.request(1))
            let outages = try await PlannedOutages(
                of: "SDC-FR", survey: Sample.survey, connection)
            #expect(outages.windows.isEmpty)
        }
    }
}
