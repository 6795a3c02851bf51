import Campaigns
import Catalogue
import Documents
import GroundSegment
import WebService

extension Backend {
    /// Campaigns for programs.
    var campaignRoutes: [Route] {
        [
            Route(
                "/v1/campaigns",
                "The campaigns with their tasks: states, jobs, what holds them up.",
                [Self.tasks, .survey], result: .document(mediaType: "application/json"),
                problems: [404: "No such survey.", 503: Self.needsDatabase]
            ) { request in
                guard request.text("tasks") == "no" else {
                    let survey = try survey(request)
                    let campaigns = try await sessions.with { connection in
                        try await CampaignStore(connection).all(survey: survey)
                    }
                    return Self.document(.list(campaigns.map(\.json)))
                }
                return Self.document(.list(try await summaries(request).map(\.json)))
            },
            Route(
                "/v1/campaigns/{name}",
                "A campaign: its tasks and edges, what happened last, how far it is at each SDC, "
                    + "and when it is expected to end.",
                [Self.campaign, .survey], result: .document(mediaType: "application/json"),
                problems: [404: Self.noCampaign, 503: Self.needsDatabase]
            ) { request in
                let found = try await campaign(request)
                return Self.document(found.json)
            },
        ]
    }

    static let campaign = Parameter.path("name", .text, "Name of the campaign.")
    private static let tasks = Parameter.query(
        "tasks", .choice(["yes", "no"]),
        "Whether each comes with its tasks: yes (default), or no for how many are in which state.")
    static let noCampaign = "There is no such campaign."

    /// Those of the survey that a request names, or of all.
    func summaries(_ request: RouteRequest) async throws -> [CampaignSummary] {
        let survey = try survey(request)
        return try await sessions.with { connection in
            try await CampaignStore(connection).summaries(survey: survey)
        }
    }

    private func survey(_ request: RouteRequest) throws -> ID<SurveyPlan>? {
        try request.text("survey").map { try request.state.survey(named: $0).survey }
    }

    /// The one that a request names.
    func campaign(_ request: RouteRequest) async throws -> FoundCampaign {
        let survey = try request.survey().survey
        let name = ID<Campaign>(request.required("name"))
        let clock = now()
        let found = try await sessions.with { connection -> FoundCampaign? in
            let store = CampaignStore(connection)
            do {
                return try await FoundCampaign.read(name, survey: survey, store, clock: clock)
            } catch let error as CatalogueError where error.code == .unknownItem {
                return nil
            }
        }
        guard let found else { throw Problem.notFound("there is no such campaign") }
        return found
    }

    private static func document(_ value: JSONValue) -> Answer {
        Answer(
            content: .document(value.encoded + "\n", mediaType: "application/json"),
            caching: .never)
    }
}
