import Catalogue
import Documents
import GroundSegment
import Markup
import WebService

typealias Route = WebService.Route<ServedState>
typealias RouteRequest = WebService.RouteRequest<ServedState>
typealias StateBoard = WebService.StateBoard<ServedState>
/// Not that of planning.
typealias Problem = WebService.Problem

/// What the routes answer from.
struct Backend: Sendable {
    let board: StateBoard
    let budget: ByteBudget
    let sessions: DatabaseSessions
    let metrics: RequestMetrics
    /// The service's few dozen coverage maps fit.
    let shelf = DocumentShelf<[UInt8]>(limit: 64)
    /// Drawn maps of the sky, of all tiles and of each SDC's.
    let maps = DocumentShelf<Fragment.Written?>(limit: 16)
    let counts = ActualShelf()
    let limits: ServiceLimits
    /// The address under which clients see the service, once it listens.
    let address: @Sendable () -> String
    let clock: WallClock

    /// The address under which clients see the service, without a slash at its end.
    var publicAddress: String { address() }

    /// The present instant.
    func now() -> MJD { clock.now }

    /// All routes of the service.
    var routes: [Route] {
        let interface =
            ownerRoutes + itemRoutes + overlapRoutes + sdcRoutes + coverageRoutes
            + distributionRoutes + [differenceRoute] + orderRoutes + campaignRoutes + actualRoutes
            + changeRoutes
            + noticeRoutes + runnerRoutes + coneSearchRoutes + vosiRoutes
        let pages = pageRoutes
        let document =
            OpenAPIDocument(info: Self.info, routes: interface + healthRoutes)
            .json.encoded + "\n"
        let description = Route(
            "/openapi.json", "This interface as OpenAPI 3.1.",
            result: .document(mediaType: "application/json")
        ) { _ in .document(document, "application/json") }
        return interface + healthRoutes + [description] + pages
    }

    private static let info: JSONValue = [
        "title": "Distribution of a Science Ground Segment",
        "description": .text(
            "Which Science Data Centres own which observations and tiles, by the published "
                + "distributions.  Reading only: nothing here changes anything."),
        "version": "1.0.0",
        "license": ["name": "GPL-3.0-or-later", "identifier": "GPL-3.0-or-later"],
    ]
}

extension Parameter {
    static let survey = survey(
        "The survey; may be left out where there is only one.")

    /// A survey by its name.
    static func survey(_ description: String, _ kind: Kind = .text) -> Parameter {
        query("survey", kind, problems: noSurvey, description)
    }

    static let noSurvey = [404: "No such survey, or several and none is named."]
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
}
