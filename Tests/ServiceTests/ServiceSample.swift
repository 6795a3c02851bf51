import GroundSegment
@testable import Planning
import SkyGeometry

/// A small plan whose numbers can be checked by hand.
enum ServiceSample {
    static let survey: ID<SurveyPlan> = "TEST"
    /// 2027-01-04T00:00:00Z.
    static let start = MJD(61409)
    static let processing = Processing(
        observationWork: CoreHours(10), observationVolume: Terabytes(0.5), latency: 1,
        tileWork: CoreHours(5), tileVolume: Terabytes(0.25))
    static let sdcs = ["SDC-DE", "SDC-FR", "SDC-IT"].map {
        SDC(
            id: ID<SDC>($0), name: "\($0) <name>", cores: 100, storage: Terabytes(100),
            maintenance: [
                MaintenanceWindow(
                    window: TimeWindow(start: start + 1, end: start + 2), availability: 0.5,
                    summary: "Cooling; pumps, and a summary that is long enough to be folded twice",
                    uid: "\($0)-1@sgs.example")
            ])
    }

    static func observation(
        _ id: String, day: Double = 0, primary: ID<SDC> = "SDC-FR", secondary: ID<SDC> = "SDC-DE"
    ) -> AssignedObservation {
        let footprint = ConvexPolygon.field(
            longitude: 10, latitude: 10, positionAngle: 0, width: 0.7, height: 0.7)
        return AssignedObservation(
            observation: Observation(
                id: ID(id), kind: "WIDE",
                window: TimeWindow(start: start + day, end: start + day + 0.01),
                centre: SkyPosition(ra: 10, dec: 10), footprint: footprint),
            arrival: start + day + 1.01, bucket: 0,
            assignment: Assignment(primary: primary, secondary: secondary), copiesTo: [])
    }

    /// A tile of the ring grid by ring and place.
    static func tile(
        _ ring: Int, _ place: Int, primary: ID<SDC> = "SDC-FR", secondary: ID<SDC> = "SDC-DE",
        observation: ID<Observation>? = nil, ready: Double = 2
    ) -> AssignedTile {
        let grid = RingGrid.mer
        let cell = RingGrid.Cell(ring: ring, place: place)
        return AssignedTile(
            tile: Tile(
                id: ID(String(grid.number(cell))), centre: grid.centre(cell),
                core: .box(grid.core(cell)), outer: grid.outerArea(cell)),
            ready: start + ready, bucket: 0,
            assignment: Assignment(primary: primary, secondary: secondary),
            overlaps: observation.map { [TileOverlap(observation: $0, fraction: 0.5)] } ?? [])
    }

    /// The identifiers of the tiles on the equator from RA 0 on.
    static func equator(_ place: Int) -> String {
        String(RingGrid.mer.number(RingGrid.Cell(ring: 180, place: place)))
    }

    /// Three tiles on the equator from RA 0 to 1.5 degrees, and three observations, one with a
    /// slash in its identifier, over two buckets; the tiles lie below `over`, whose data arrive
    /// 1.01 days after the start, and are ready after `ready` days.
    static func plan(
        _ name: String = "first", survey: ID<SurveyPlan> = ServiceSample.survey, from: Double = 0,
        primary: ID<SDC> = "SDC-FR", tiles: Int = 3, over: ID<Observation>? = nil,
        ready: Double = 2,
        sdcs: [SDC] = sdcs, more: [String] = []
    ) -> Plan {
        let distribution = Distribution(
            name: name, survey: survey,
            buckets: Buckets(
                period: TimeWindow(start: start + from, end: start + from + 14), length: 7),
            sdcs: sdcs, processing: processing,
            observations: (["1", "2", "50294/VAST_1045-62"] + more).map {
                observation($0, day: from, primary: primary)
            },
            tiles: (0..<tiles).map {
                tile(
                    180, $0, primary: $0 == 2 ? "SDC-IT" : primary, observation: over, ready: ready)
            })
        return Plan(
            distribution: distribution,
            balance: Balance(work: 0.05, observations: 0.1, storage: 0.05, gap: 4),
            weights: Weights(), measures: measures, bound: nil,
            search: SearchRecord(
                effort: "quick", seed: 1, stepsAsked: 1, steps: 1, stop: .steps, solver: "none"))
    }

    private static let measures = Measures(
        observations: 3, tiles: 3, overlaps: 0, violations: [], outside: [], copies: [:],
        copyVolume: .zero, externalVolume: Terabytes(1.5), movedVolume: .zero, failoverCopies: 0,
        failoverVolume: .zero, workExcess: 0, longestGap: 1, utilisation: 0.25,
        loads: sdcs.map { sdc in
            SDCLoad(
                sdc: sdc.id,
                buckets: [load(30, of: 120), load(60, of: 120)], primaryObservations: 3,
                primaryTiles: 2, newVolume: Terabytes(2), targetVolume: Terabytes(2),
                longestGap: 1)
        })

    private static func load(_ work: Double, of capacity: Double) -> BucketLoad {
        BucketLoad(
            observations: 3, tiles: 2, work: CoreHours(work), target: CoreHours(40),
            capacity: CoreHours(capacity))
    }
}
