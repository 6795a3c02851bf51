import GroundSegment
import Planning
import Testing

@testable import Service

@Suite("Survey loads")
struct SurveyLoadTests {
    @Test("plans of one survey are added up, from the start of the first to the end of the last")
    func sum() throws {
        let plans = [ServiceSample.plan("later", from: 21), ServiceSample.plan()]
        let load = try #require(
            SurveyLoad(survey: ServiceSample.survey, sdc: "SDC-FR", plans: plans))
        #expect(load.survey == ServiceSample.survey)
        #expect(load.period.start == ServiceSample.start)
        #expect(load.period.end == ServiceSample.start + 35)
        #expect(load.observations == 6 && load.tiles == 4)
        #expect(load.work == CoreHours(180) && load.volume == Terabytes(4))
    }

    @Test("plans that do not know an SDC give it nothing, and neither do none")
    func unknown() {
        #expect(
            SurveyLoad(
                survey: ServiceSample.survey, sdc: "SDC-XX", plans: [ServiceSample.plan()]) == nil)
        #expect(SurveyLoad(survey: ServiceSample.survey, sdc: "SDC-FR", plans: []) == nil)
    }

    @Test("what each survey gives an SDC is told, and all of it together on its page")
    func routes() async throws {
        let plans = [
            ServiceSample.plan(), ServiceSample.plan("second", from: 21),
            ServiceSample.plan("other", survey: "OTHER", from: 7),
        ]
        try await RunningService.with(plans) { service in
            let reply = try await service.get("/v1/sdcs/SDC-FR/surveys?format=csv")
            let rows = reply.text.split(separator: "\n").map {
                $0.split(separator: ",").map(String.init)
            }
            #expect(
                rows.first
                    == ["survey", "starts", "ends", "observations", "tiles", "work", "volume"])
            // Each plan has 3 observations and 2 tiles in each of its two buckets.
            #expect(
                rows.dropFirst().map { Array($0.prefix(5)) } == [
                    ["OTHER", "2027-01-11T00:00:00Z", "2027-01-25T00:00:00Z", "6", "4"],
                    ["TEST", "2027-01-04T00:00:00Z", "2027-02-08T00:00:00Z", "12", "8"],
                ])
            #expect(rows.dropFirst().map { Double($0[5]) } == [90, 180])
            #expect(rows.dropFirst().map { Double($0[6]) } == [2, 4])
            let page = try await service.get("/sdcs/SDC-FR?survey=TEST")
            #expect(page.text.contains("All surveys") && page.text.contains("All together"))
            #expect(try await service.get("/v1/sdcs/SDC-XX/surveys").status == 404)
        }
    }

    @Test("an SDC of one survey alone has one row, and no sum on its page")
    func alone() async throws {
        try await RunningService.shared { service in
            let reply = try await service.get("/v1/sdcs/SDC-IT/surveys?format=csv")
            #expect(reply.text.split(separator: "\n").count == 2)
            let page = try await service.get("/sdcs/SDC-IT")
            #expect(page.status == 200 && !page.text.contains("All surveys"))
        }
    }
}
