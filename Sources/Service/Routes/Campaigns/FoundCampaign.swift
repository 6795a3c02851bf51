import Campaigns
import Catalogue
import Documents
import GroundSegment

/// A campaign with all that its page shows.
struct FoundCampaign: Sendable {
    let campaign: StoredCampaign
    let counts: [TaskCount]
    let errors: [JobError]
    let weeks: [CampaignWeek]
    /// `nil` where the end cannot be told.
    let forecast: CampaignForecast?
    let events: [CampaignEvent]

    /// The most failed jobs, and events, that are told one by one.
    private static let most = 50

    /// - Throws: `CatalogueError` of code `unknownItem`; `PostgreSQLError`.
    static func read(
        _ name: ID<Campaign>, survey: ID<SurveyPlan>, _ store: CampaignStore, clock: MJD
    ) async throws -> FoundCampaign {
        let campaign = try await store.campaign(name, survey: survey, clock: clock)
        return FoundCampaign(
            campaign: campaign,
            counts: try await store.counts(of: name, survey: survey),
            errors: try await store.errors(of: name, survey: survey, limit: most),
            weeks: try await store.weeks(of: name, survey: survey),
            forecast: try await store.forecast(of: campaign, clock: clock),
            events: try await store.events(of: name, survey: survey, limit: most))
    }

    var json: JSONValue {
        [
            "campaign": campaign.json, "graph": campaign.graphJSON, "left": .integer(campaign.left),
            "forecast": forecast.map {
                [
                    "jobs_a_day": .real($0.rate), "end": .text($0.end.iso8601),
                    "earliest": .text($0.earliest.iso8601), "latest": .text($0.latest.iso8601),
                ]
            } ?? .null,
            "jobs": .list(
                counts.map {
                    [
                        "task": .text($0.task.text),
                        "sdc": $0.sdc.map { .text($0.text) } ?? .null,
                        "state": .text($0.state), "jobs": .integer($0.jobs),
                    ]
                }),
            "weeks": .list(
                weeks.map {
                    [
                        "start": .text($0.start.iso8601), "released": .integer($0.released),
                        "completed": .integer($0.completed),
                    ]
                }),
            "errors": .list(
                errors.map {
                    [
                        "order": .text($0.order.text), "task": .text($0.task.text),
                        "kind": .text($0.item.kind.rawValue), "id": .text($0.item.text),
                        "sdc": .text($0.sdc.text), "state": .text($0.state.rawValue),
                        "attempts": .integer($0.attempts), "message": .text($0.message),
                        "verdict": $0.verdict.map { .text($0) } ?? .null,
                    ]
                }),
            "events": .list(events.map(\.json)),
        ]
    }
}
