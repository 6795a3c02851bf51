import Catalogue
import GroundSegment
import HTTPTypes
import Tables
import WebService

extension Backend {
    /// What publications changed: as a list, and as it happens.
    var changeRoutes: [Route] {
        [
            Route(
                "/v1/changes", "What publications changed since an instant: new, moved, dropped.",
                [
                    .query("since", .date, isRequired: true, "Published at it or later, UTC."),
                    .survey("Only this survey's."), .limit(limits.rows),
                    .after,
                ], result: .table(ChangeLog.columns),
                problems: [404: "No such page.", 503: Self.needsDatabase]
            ) { try await changes($0) },
            Route(
                "/v1/changes/events",
                "What happens to published distributions, as server-sent events of the kinds "
                    + "publication, failover and withdrawal, each with the distribution's record; "
                    + "the id of an event, as Last-Event-ID, resumes after it.",
                result: .document(mediaType: ServerSentEvents.mediaType),
                problems: [503: "As many follow already as the service takes."]
            ) { try events($0) },
        ]
    }

    private func changes(_ request: RouteRequest) async throws -> Answer {
        guard let since = request.date("since") else {
            throw Problem.badRequest("parameter since is missing")
        }
        let (rows, next) = try await changes(
            request, since: since, limit: request.limit(limits.rows))
        return Answer(
            content: .table(
                AnswerTable(
                    name: "changes", description: "What each publication changed.",
                    columns: ChangeLog.columns, rows: rows)),
            next: next.map { request.next(after: $0) })
    }

    /// What a request asks for of the log, and where the following ones begin.
    func changes(
        _ request: RouteRequest, since: MJD, limit: Int
    ) async throws -> (rows: [[TableValue]], next: String?) {
        let survey = try request.text("survey").map { try request.state.survey(named: $0).survey }
        let place = try request.text("after").map(Self.place)
        let rows = try await sessions.with { connection in
            try await ChangeLog(connection).changes(
                since: since, survey: survey, after: place, limit: limit + 1)
        }
        return (
            Array(rows.prefix(limit)),
            rows.count > limit ? Self.cursor(rows[limit - 1]) : nil
        )
    }

    /// A place in the log as it stands in an address.
    private static func cursor(_ row: [TableValue]) -> String {
        ["published_at", "survey", "kind", "id"].map { name in
            let index = ChangeLog.columns.firstIndex { $0.name == name }
            guard let index, case .text(let text) = row[index] else { return "" }
            return PercentCoding.encoded(text)
        }.joined(separator: "/")
    }

    private static func place(_ cursor: String) throws(Problem) -> ChangeLog.Place {
        let parts = cursor.split(separator: "/", omittingEmptySubsequences: false)
            .compactMap(PercentCoding.decoded)
        guard parts.count == 4, MJD(iso8601: parts[0]) != nil, parts[0].hasSuffix("Z"),
            !parts[0].contains(","), !cursor.contains("%00")
        else { throw .notFound("no such place in the log; take after from a Link header") }
        return ChangeLog.Place(
            publishedAt: parts[0], survey: parts[1], kind: parts[2], id: parts[3])
    }

    private func events(_ request: RouteRequest) throws(Problem) -> Answer {
        guard let states = board.follow(limit: limits.followers) else {
            throw Problem(
                status: .serviceUnavailable, detail: "too many follow the changes; try again later",
                headers: [.retryAfter: "60"])
        }
        let last = ServerSentEvents.lastID(request)
        let state = request.state
        return ServerSentEvents.answer(greeting: "distributions", from: state, states: states) {
            var log = last.map(EventLog.init(after:)) ?? EventLog(from: state)
            return { log.events($0) }
        }
    }
}
