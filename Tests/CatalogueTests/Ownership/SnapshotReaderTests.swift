import Catalogue
import GroundSegment
import PostgreSQL
import SkyGeometry
import TestPostgreSQL
import Testing

@Suite struct SnapshotReaderTests {
    @Test("the snapshot answers for every item and time as the database does")
    func sameOwners() async throws {
        try await TestCluster.shared.withCatalogue { url in
            let connection = try await Connection.open(url)
            let plans = PlanStore(connection)
            let steps: [(Double, [String], ID<SDC>)] = [
                (0, ["1", "2"], "SDC-FR"), (90, ["2", "3"], "SDC-IT"), (90, ["3"], "SDC-ES"),
                (0, ["1"], "SDC-DE"),
            ]
            for (index, (from, ids, sdc)) in steps.enumerated() {
                let other: ID<SDC> = sdc == "SDC-DE" ? "SDC-FR" : "SDC-DE"
                _ = try await plans.publish(
                    Sample.distribution(
                        "plan \(index)", from: from,
                        observations: ids.map {
                            Sample.observation($0, day: from, primary: sdc, secondary: other)
                        }, tiles: [Sample.tile("T", primary: sdc, secondary: other)]),
                    Sample.request(index))
            }
            let snapshot = try await SnapshotReader(connection).read()
            let survey = try #require(snapshot[Sample.survey])
            let store = OwnershipStore(connection)
            let items = survey.tiles + survey.observations
            #expect(items.count == 4)
            for item in items {
                for day in [-1, 0, 45, 90, 1000] {
                    let instant = Sample.start + Double(day)
                    let expected = try await store.owner(
                        of: item.id, survey: Sample.survey, at: instant)
                    #expect(survey.owner(of: item, at: instant) == expected, "\(item.id) \(day)")
                }
            }
            #expect(try await SnapshotReader(connection).plans() == snapshot.plans)
        }
    }

    @Test("the snapshot finds the tile that the database finds, on edges, poles and polygons")
    func samePositions() async throws {
        let grid = RingGrid.mer
        func box(_ ring: Int, _ place: Int) -> AssignedTile {
            let cell = RingGrid.Cell(ring: ring, place: place)
            return Sample.tile(String(grid.number(cell)), core: .box(grid.core(cell)))
        }
        func square(_ id: String, _ ra: Double, _ dec: Double, _ side: Double) -> AssignedTile {
            Sample.tile(
                id,
                core: .polygon(
                    .field(
                        longitude: ra, latitude: dec, positionAngle: 20, width: side, height: side))
            )
        }
        let boxes = [
            box(0, 0), box(grid.ringCount - 1, 0), box(180, 0), box(180, 719), box(181, 0),
        ]
        let polygons = [
            square("a", 0.1, 20, 1), square("b", 100, 80, 10), square("c", 40, -89.8, 2),
        ]
        try await TestCluster.shared.withCatalogue { url in
            let connection = try await Connection.open(url)
            _ = try await PlanStore(connection).publish(
                Sample.distribution(tiles: boxes + polygons), Sample.request(1))
            let survey = try #require(try await SnapshotReader(connection).read()[Sample.survey])
            let store = OwnershipStore(connection)
            var positions = [(0, 90), (7, -90), (0, 0), (359.9999, 0), (0, 0.25), (0.5, 0)].map {
                SkyPosition(ra: $0.0, dec: $0.1)
            }
            for tile in polygons {
                guard case .polygon(let polygon) = tile.tile.core else { continue }
                let centre = SkyPosition(polygon.centre)
                for step in 0..<40 {
                    let angle = Double(step) * 37
                    positions.append(
                        SkyPosition(
                            ConvexPolygon.field(
                                longitude: centre.ra, latitude: centre.dec, positionAngle: angle,
                                width: Double(step) * 0.3 + 0.01, height: 0.5
                            ).corners[step % 4]))
                }
            }
            for position in positions {
                let expected = try await store.tile(at: position, survey: Sample.survey)
                #expect(survey.tile(at: position)?.id.text == expected?.text, "\(position)")
            }
        }
    }

    @Test("a draft does not count, and a withdrawal gives back what was published before")
    func life() async throws {
        try await TestCluster.shared.withCatalogue { url in
            let connection = try await Connection.open(url)
            let plans = PlanStore(connection)
            _ = try await plans.publish(Sample.chain, Sample.request(1))
            try await plans.store(
                Draft(
                    distribution: Sample.chain, digest: Sample.digest(2), planJSON: "{}",
                    actor: "tester"))
            let first = try await SnapshotReader(connection).read()
            #expect(first.plans.map(\.revision) == [1])
            #expect(first.plans.first?.approval?.approver == "tester")
            let moved = Sample.distribution(observations: [
                Sample.observation("1", primary: "SDC-IT")
            ])
            _ = try await plans.publish(moved, Sample.request(3))
            _ = try await plans.withdraw(
                WithdrawalRequest(
                    survey: Sample.survey, digest: Sample.digest(3), actor: "tester",
                    comment: "wrong"))
            let last = try await SnapshotReader(connection).read()
            #expect(last.plans.map(\.state) == [.withdrawn, .published])
            #expect(last.plans != first.plans)
            let survey = try #require(last[Sample.survey])
            let item = try #require(survey.item(.observation("1")))
            let owner = try await OwnershipStore(connection).owner(
                of: item.id, survey: Sample.survey, at: Sample.start + 1)
            #expect(survey.owner(of: item, at: Sample.start + 1) == owner)
            #expect(owner.assignment.primary == "SDC-FR")
        }
    }

    @Test("a publication is notified on its channel")
    func notified() async throws {
        try await TestCluster.shared.withCatalogue { url in
            let listener = try await Connection.open(url)
            let notifications = try await listener.listen(on: PublicationChannel.name)
            _ = try await PlanStore(try await Connection.open(url)).publish(
                Sample.chain, Sample.request(1))
            for try await notification in notifications {
                #expect(notification.payload == "TEST")
                break
            }
        }
    }
}
