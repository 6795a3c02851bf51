import Catalogue
import GroundSegment
import PostgreSQL
import SkyGeometry
import TestPostgreSQL
import Testing

@Suite struct OwnershipStoreTests {
    private static let grid = RingGrid.mer

    private static func tile(_ ring: Int, _ place: Int) -> AssignedTile {
        let cell = RingGrid.Cell(ring: ring, place: place)
        return Sample.tile(String(grid.number(cell)), core: .box(grid.core(cell)))
    }

    /// The caps, and on the equator the tiles on both sides of RA 0 and of an edge.
    private static let tiles: [AssignedTile] = [
        tile(0, 0), tile(grid.ringCount - 1, 0), tile(180, 0), tile(180, 1),
        tile(180, grid.count(ring: 180) - 1), tile(181, 0),
    ]

    /// The equator's tiles are half a degree wide: 720 of them.
    private static func number(_ ring: Int, _ place: Int) -> ID<Tile> {
        ID(String(grid.number(RingGrid.Cell(ring: ring, place: place))))
    }

    @Test("positions at RA 0, the poles and on edges fall into the tile that owns them")
    func boxes() async throws {
        try await TestCluster.shared.withCatalogue { url in
            let connection = try await Connection.open(url)
            _ = try await PlanStore(connection).publish(
                Sample.distribution(tiles: Self.tiles), Sample.request(1))
            let store = OwnershipStore(connection)
            let last = Self.grid.count(ring: 180) - 1
            let width = 360 / Double(Self.grid.count(ring: 180))
            let expected: [(Double, Double, ID<Tile>?)] = [
                (0, 0, Self.number(180, 0)), (360, 0, Self.number(180, 0)),
                (-1e-9, 0, Self.number(180, last)), (width, 0, Self.number(180, 1)),
                (width.nextDown, 0, Self.number(180, 0)), (1e-9, 0.25, Self.number(181, 0)),
                (1e-9, 0.25.nextDown, Self.number(180, 0)), (1e-9, -0.25, Self.number(180, 0)),
                (123, 90, Self.number(Self.grid.ringCount - 1, 0)),
                (359.999, 89.9, Self.number(Self.grid.ringCount - 1, 0)),
                (0, -90, Self.number(0, 0)), (200, 0, nil),
            ]
            for (ra, dec, tile) in expected {
                let found = try await store.tile(
                    at: SkyPosition(ra: ra, dec: dec), survey: Sample.survey)
                #expect(found == tile, "RA \(ra), Dec \(dec)")
            }
        }
    }

    @Test("polygons are answered exactly across RA 0, at the poles and where sides bulge")
    func polygons() async throws {
        func square(_ ra: Double, _ dec: Double, _ side: Double, _ angle: Double = 0) -> TileCore {
            .polygon(
                .field(
                    longitude: ra, latitude: dec, positionAngle: angle, width: side, height: side))
        }
        let cores = [
            "zero": square(0.1, 20, 1, 30), "pole": square(40, 89.8, 2, 10),
            "south": square(0, -90, 1), "bulge": square(100, 80, 10), "east": square(359, 20, 1),
        ]
        try await TestCluster.shared.withCatalogue { url in
            let connection = try await Connection.open(url)
            _ = try await PlanStore(connection).publish(
                Sample.distribution(
                    tiles: cores.sorted { $0.key < $1.key }.map {
                        Sample.tile($0.key, core: $0.value)
                    }),
                Sample.request(1))
            let store = OwnershipStore(connection)
            var generator = SystemRandomNumberGenerator()
            for (name, core) in cores {
                guard case .polygon(let polygon) = core else { continue }
                let centre = SkyPosition(polygon.centre)
                let reach = polygon.radius(around: polygon.centre) * 1.1
                for _ in 1...60 {
                    let plane = ConvexPolygon.field(
                        longitude: centre.ra, latitude: centre.dec, positionAngle: 0,
                        width: .random(in: 0...2 * reach, using: &generator),
                        height: .random(in: 0...2 * reach, using: &generator))
                    let position = SkyPosition(plane.corners[.random(in: 0...3, using: &generator)])
                    let owners = cores.filter { $0.value.contains(position) }.keys.sorted()
                    let found = try await store.tile(at: position, survey: Sample.survey)
                    #expect(found?.text == owners.first, "\(name) at \(position)")
                }
            }
            #expect(
                try await store.tile(at: SkyPosition(ra: 220, dec: 90), survey: Sample.survey)
                    == "pole")
        }
    }

    @Test("a position that no tile holds and an item never published are unknown")
    func unknown() async throws {
        try await TestCluster.shared.withCatalogue { url in
            let connection = try await Connection.open(url)
            let store = OwnershipStore(connection)
            #expect(
                await catalogueError { try await store.survey() }?.message
                    == "nothing has been published yet")
            _ = try await PlanStore(connection).publish(Sample.chain, Sample.request(1))
            let position = await catalogueError {
                try await store.owner(
                    at: SkyPosition(ra: 200, dec: 0), survey: Sample.survey, at: Sample.start)
            }
            #expect(position?.message == "no published tile of survey TEST holds RA 200.0, Dec 0.0")
            #expect(position?.code.exitStatus == .unknownItem)
            let item = await catalogueError {
                try await store.owner(
                    of: .observation("99"), survey: Sample.survey, at: Sample.start)
            }
            #expect(item?.message == "survey TEST has no published observation 99")
        }
    }

    @Test("several surveys are kept apart, and one has to be named")
    func surveys() async throws {
        try await TestCluster.shared.withCatalogue { url in
            let connection = try await Connection.open(url)
            let store = OwnershipStore(connection)
            let plans = PlanStore(connection)
            _ = try await plans.publish(
                Sample.distribution(
                    observations: [Sample.observation("1")], tiles: [Sample.tile("T")]),
                Sample.request(1))
            #expect(try await store.survey() == Sample.survey)
            _ = try await plans.publish(
                Sample.distribution(
                    survey: "OTHER", observations: [Sample.observation("1", primary: "SDC-IT")],
                    tiles: [Sample.tile("U", primary: "SDC-ES")]), Sample.request(1))
            let error = await catalogueError { try await store.survey() }
            #expect(
                error?.message
                    == "the catalogue has several surveys, name one with --survey: OTHER, TEST")
            #expect(error?.code.exitStatus == .usage)
            #expect(
                await catalogueError { try await store.survey(named: "X") }?.code == .unknownItem)
            for (survey, sdc, tile) in [("TEST", "SDC-FR", "T"), ("OTHER", "SDC-IT", "U")] {
                let owner = try await store.owner(
                    of: .observation("1"), survey: ID(survey), at: Sample.start)
                #expect(owner.assignment.primary == ID(sdc))
                let found = try await store.tile(
                    at: SkyPosition(ra: 10, dec: 10), survey: ID(survey))
                #expect(found == ID(tile))
            }
        }
    }

    @Test(
        "the time of ownership chooses the plan, and a time before every plan gets the newest, said so"
    )
    func atTime() async throws {
        try await TestCluster.shared.withCatalogue { url in
            let (store, _, _) = try await Self.threePlans(url)
            func owner(_ day: Double) async throws -> Ownership {
                try await store.owner(of: .tile("T"), survey: Sample.survey, at: Sample.start + day)
            }
            let first = try await owner(0)
            #expect(first.assignment == Assignment(primary: "SDC-FR", secondary: "SDC-DE"))
            #expect(first.validUntil == Sample.start + 90)
            #expect(first.coverage == .covered)
            #expect(first.remark(at: Sample.start) == nil)
            #expect(try await owner(90 - 1e-6).plan.name == "first")
            let third = try await owner(90)
            #expect(third.assignment.primary == "SDC-ES")
            #expect(third.plan.name == "third")
            #expect(third.validUntil == nil)
            #expect(try await owner(1000).plan.name == "third")
            let early = try await owner(-10)
            #expect(early.plan.name == "third")
            #expect(early.coverage == .newestPlan)
            #expect(
                early.remark(at: Sample.start + -10)?.hasPrefix(
                    "no published plan covers tile T at 2026-12-25T00:00:00Z") == true)
        }
    }

    @Test("the time of knowledge brings back what was published then")
    func asOf() async throws {
        try await TestCluster.shared.withCatalogue { url in
            let (store, first, second) = try await Self.threePlans(url)
            let day = Sample.start + 100
            func owner(_ asOf: MJD) async throws -> Ownership {
                try await store.owner(of: .tile("T"), survey: Sample.survey, at: day, asOf: asOf)
            }
            #expect(try await owner(first).plan.name == "first")
            #expect(try await owner(first).validUntil == nil)
            #expect(try await owner(second).assignment.primary == "SDC-IT")
            let error = await catalogueError { try await owner(first + -1) }
            #expect(error?.code == .unknownItem)
        }
    }

    @Test("an observation that the next plan of its time no longer has is said to be dropped")
    func dropped() async throws {
        try await TestCluster.shared.withCatalogue { url in
            let connection = try await Connection.open(url)
            let plans = PlanStore(connection)
            _ = try await plans.publish(
                Sample.distribution(
                    "old", observations: [Sample.observation("1"), Sample.observation("2")]),
                Sample.request(1))
            _ = try await plans.publish(
                Sample.distribution("new", observations: [Sample.observation("1")]),
                Sample.request(2))
            let owner = try await OwnershipStore(connection).owner(
                of: .observation("2"), survey: Sample.survey, at: Sample.start + 1)
            #expect(owner.coverage == .dropped)
            #expect(owner.plan.name == "old")
            #expect(
                owner.remark(at: Sample.start + 1)
                    == "the plans in force no longer have observation 2; this is the last one that had it, old"
            )
            let plan = try await plans.plans(of: Sample.survey)
            #expect(plan.map { $0.supersededAt == nil } == [true, false])
        }
    }

    /// Tile T from day 0 at FR, from day 90 at IT, then replanned from day 90 to ES; with the
    /// times of the first two publications.
    private static func threePlans(_ url: String) async throws -> (OwnershipStore, MJD, MJD) {
        let connection = try await Connection.open(url)
        let plans = PlanStore(connection)
        for (index, (name, from, sdc)) in [
            ("first", 0, "SDC-FR"), ("second", 90, "SDC-IT"), ("third", 90, "SDC-ES"),
        ].enumerated() {
            _ = try await plans.publish(
                Sample.distribution(
                    name, from: Double(from), tiles: [Sample.tile("T", primary: ID(sdc))]),
                Sample.request(index))
        }
        let published = try await plans.plans(of: Sample.survey).reversed().map(\.publishedAt)
        // A microsecond later, because a date in days does not hold one exactly.
        return (OwnershipStore(connection), published[0] + 2e-11, published[1] + 2e-11)
    }
}
