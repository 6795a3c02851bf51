import Catalogue
import GroundSegment
import PostgreSQL
import SkyGeometry
import TestPostgreSQL

/// Small distributions whose numbers can be checked by hand.
enum Sample {
    static let survey: ID<SurveyPlan> = "TEST"
    static let sdcs = ["SDC-DE", "SDC-ES", "SDC-FR", "SDC-IT"].map {
        SDC(id: ID<SDC>($0), name: "\($0) name", cores: 100, storage: Terabytes(100))
    }
    /// 2027-01-04T00:00:00Z.
    static let start = MJD(61409)
    static let processing = Processing(
        observationWork: CoreHours(10), observationVolume: Terabytes(0.5), latency: 1,
        tileWork: CoreHours(5), tileVolume: Terabytes(0.25))

    /// An observation that starts `day` days after `start` and arrives two days later.
    static func observation(
        _ id: String, day: Double = 0, primary: ID<SDC> = "SDC-FR", secondary: ID<SDC> = "SDC-DE"
    ) -> AssignedObservation {
        AssignedObservation(
            observation: Observation(
                id: ID(id), kind: "WIDE",
                window: TimeWindow(start: start + day, end: start + day + 1),
                centre: SkyPosition(ra: 10, dec: 10),
                footprint: .field(
                    longitude: 10, latitude: 10, positionAngle: 0, width: 0.7, height: 0.7)),
            arrival: start + day + 2, bucket: 0,
            assignment: Assignment(primary: primary, secondary: secondary), copiesTo: [])
    }

    /// A tile that overlaps `observations` and is ready `day` + 2 days after `start`.
    static func tile(
        _ id: String, day: Double = 0, core: TileCore? = nil, primary: ID<SDC> = "SDC-FR",
        secondary: ID<SDC> = "SDC-DE", observations: [String] = []
    ) -> AssignedTile {
        let polygon = ConvexPolygon.field(
            longitude: 10, latitude: 10, positionAngle: 0, width: 0.6, height: 0.6)
        return AssignedTile(
            tile: Tile(
                id: ID(id), centre: SkyPosition(ra: 10, dec: 10), core: core ?? .polygon(polygon),
                outer: polygon),
            ready: start + day + 2, bucket: 0,
            assignment: Assignment(primary: primary, secondary: secondary),
            overlaps: observations.map { TileOverlap(observation: ID($0), fraction: 0.5) })
    }

    /// A distribution of `days` days from `start` + `from`.
    static func distribution(
        _ name: String = "plan", survey: ID<SurveyPlan> = Sample.survey, from: Double = 0,
        days: Double = 90, observations: [AssignedObservation] = [], tiles: [AssignedTile] = []
    ) -> Distribution {
        Distribution(
            name: name, survey: survey,
            buckets: Buckets(
                period: TimeWindow(start: start + from, end: start + from + days), length: 7),
            sdcs: sdcs, processing: processing, observations: observations, tiles: tiles)
    }

    /// A request whose digest begins with the eight digits of `mark`.
    static func request(_ mark: Int, running: RunningOrders = .refuse) -> PublicationRequest {
        PublicationRequest(
            digest: digest(mark), planJSON: "{\"mark\": \(mark)}\n", author: "tester",
            comment: "publication \(mark)", running: running)
    }

    /// A digest that begins with the eight digits of `mark`.
    static func digest(_ mark: Int) -> String {
        let digits = String(mark, radix: 16)
        return String(repeating: "0", count: 8 - digits.count) + digits + "abcdef"
    }

    /// Two observations, of which a tile needs both and another tile one.
    static let chain = distribution(
        observations: [observation("1"), observation("2", day: 1)],
        tiles: [
            tile("T1", day: 1, observations: ["1", "2"]),
            tile("T2", primary: "SDC-DE", secondary: "SDC-FR", observations: ["1"]),
        ])
}

extension Connection {
    /// The one number that a query gives, in its column `n`.
    func count(_ sql: String) throws -> Int {
        try query(sql)[0].decode("n")
    }
}

/// The catalogue's error that `body` throws; `nil` where it throws none of them.
func catalogueError<Value>(_ body: () async throws -> Value) async -> CatalogueError? {
    do {
        _ = try await body()
        return nil
    } catch {
        return error as? CatalogueError
    }
}

/// Waits until a condition holds that the server reports; it is asked again without pause.
func waitUntil(_ condition: () async throws -> Bool) async throws {
    while try await !condition() { try Task.checkCancellation() }
}
