import Catalogue
import GroundSegment

/// What the routes answer from.
struct Backend: Sendable {
    let board: StateBoard
    let budget: ByteBudget
    let sessions: DatabaseSessions
    let metrics: ServiceMetrics
    let shelf = DocumentShelf()
    let limits: ServiceLimits
    /// The address under which clients see the service, without a slash at its end.
    let publicAddress: String
    let clock: WallClock

    /// The present instant.
    func now() -> MJD { clock.now }

    /// All routes of the service.
    var routes: [Route] {
        let interface =
            ownerRoutes + itemRoutes + sdcRoutes + coverageRoutes + distributionRoutes
            + changeRoutes + coneSearchRoutes + vosiRoutes
        let pages = pageRoutes
        let document = OpenAPIDocument(routes: interface + healthRoutes).json.encoded + "\n"
        let description = Route(
            "/openapi.json", "This interface as OpenAPI 3.1.",
            result: .document(mediaType: "application/json")
        ) { _ in .document(document, "application/json") }
        return interface + healthRoutes + [description] + pages
    }
}

extension Parameter {
    static let survey = query(
        "survey", .text, "The survey; may be left out where there is only one.")
    static let at = query("at", .date, "Time of ownership, UTC (default: now).")
    static let asOf = query(
        "as_of", .date, "Time of knowledge, UTC: only what was published by then counts.")

    static func limit(_ most: Int) -> Parameter {
        query("limit", .integer(1...most), "The most rows (default: \(min(1000, most))).")
    }

    static let after = query(
        "after", .text, "Where the page before ended; take it from the Link header.")
    static let item = path("id", .text, "Identifier; a slash in it is written %2F.")
}

extension RouteRequest {
    /// The survey that the client means.
    func survey() throws(Problem) -> SurveyOwnership {
        try state.survey(named: text("survey"))
    }

    /// How many rows at most.
    func limit(_ most: Int) -> Int { integer("limit") ?? min(1000, most) }

    /// The address of the page that begins after `place`.
    func next(after place: String) -> String {
        let parts = target.split(separator: "?", maxSplits: 1)
        let query = (parts.count > 1 ? parts[1] : "").split(separator: "&")
            .filter { part in
                let name = part.prefix { $0 != "=" }
                return PercentCoding.decodedForm(name) != "after"
            }
        let all = query + ["after=" + PercentCoding.encoded(place)[...]]
        return parts[0] + "?" + all.joined(separator: "&")
    }
}
