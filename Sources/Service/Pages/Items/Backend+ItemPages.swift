import Catalogue
import GroundSegment
import Markup
import SkyGeometry
import WebService

/// The pages of observations and tiles, and the search for them.
extension Backend {
    var itemPages: [Route] {
        let filters = [
            Parameter.query("sdc", .text, "Only those that this SDC holds."), .role, .status, .at,
            .survey, .after,
        ]
        return [
            page("/search", [.query("q", .any, "What is searched for."), .at, .survey]) {
                try await search($0)
            },
            page("/owner", Self.position + [.at, .survey]) { try await ownerPage($0) },
            page("/tiles", filters) {
                try itemsPage(.tile, $0)
            },
            page("/observations", filters) {
                try itemsPage(.observation, $0)
            },
            page("/tiles/{id}", [.item, .at, .survey]) { request in
                try await itemPage(
                    .tile(ID(request.required("id"))), of: request.survey(), request)
            },
            page("/observations/{id}", [.item, .at, .survey]) { request in
                try await itemPage(
                    .observation(ID(request.required("id"))), of: request.survey(), request)
            },
        ]
    }

    private func itemsPage(_ kind: ItemKind, _ request: RouteRequest) throws(Problem) -> Page {
        let selection = try selection(
            request, kind, of: request.survey(), at: request.time(now: now()))
        return ItemsPage(selection: selection, request: request).page
    }

    /// What is searched for; the page of it where it is one thing.
    private func search(_ request: RouteRequest) async throws -> Page {
        let text = (request.text("q") ?? "").trimmed
        guard !text.isEmpty else { return SearchPage(text: "", found: [], at: nil).page }
        let surveys = try request.text("survey").map { [try request.state.survey(named: $0)] }
        let result = SearchResult(
            text, in: surveys ?? request.state.snapshot.surveys, request.state)
        guard let first = result.found.first else { throw Problem.notFound(result.reason) }
        guard result.found.count == 1 else {
            return SearchPage(text: text, found: result.found, at: request.date("at")).page
        }
        switch first {
        case .item(let id, let survey):
            return try await itemPage(id, of: request.state.survey(named: survey.text), request)
        case .sdc(let id, let survey):
            return try await sdcPage(id, of: request.state.survey(named: survey.text), request)
        case .position(let position, let tile, let survey):
            return try await itemPage(
                tile, of: request.state.survey(named: survey.text), request,
                found: "\u{201C}\(text)\u{201D} was read as RA \(position.ra.shown), "
                    + "Dec \(position.dec.shown) degrees, ICRS; it lies in this tile.")
        }
    }

    /// The tile that holds a position.
    private func ownerPage(_ request: RouteRequest) async throws -> Page {
        let survey = try request.survey()
        let position = SkyPosition(ra: request.requiredReal("ra"), dec: request.requiredReal("dec"))
        if let tile = survey.tile(at: position) {
            return try await itemPage(tile.id, of: survey, request)
        }
        guard let (tile, separation) = survey.nearestTile(to: position) else {
            throw Problem.notFound("the survey has no tile")
        }
        let distance = (separation * 1000).rounded() / 1000
        throw Problem.notFound(
            "no published tile holds RA \(position.ra), Dec \(position.dec); the nearest is "
                + "\(tile.id.text), whose centre is \(distance) degrees away")
    }

    private func itemPage(
        _ id: ItemID, of survey: SurveyOwnership, _ request: RouteRequest, found: String? = nil
    ) async throws -> Page {
        let clock = now()
        let stored: StoredItem? =
            survey.item(id) == nil
            ? nil
            : try await ifReachable {
                try await sessions.with { connection in
                    try await StoredItem.read(
                        id, survey: survey.survey, clock: clock, connection)
                }
            }
        return try ItemPage(id, of: survey, request, now: clock, stored: stored, found: found).page
    }
}
