import Catalogue
import GroundSegment
import PostgreSQL
import TestPostgreSQL
import Testing

@Suite struct OwnershipStoreMovesTests {
    @Test("each published revision tells where it put an item, and why")
    func revisions() async throws {
        try await TestCluster.shared.withCatalogue { url in
            let connection = try await Connection.open(url)
            let store = PlanStore(connection)
            let moved = Sample.tile("T", primary: "SDC-IT", observations: ["1"])
            let plans = [
                [Sample.tile("T", observations: ["1"])], [Sample.tile("T", observations: ["1"])],
                [
                    AssignedTile(
                        tile: moved.tile, ready: moved.ready, bucket: 0,
                        assignment: moved.assignment, overlaps: moved.overlaps, cause: .maintenance)
                ],
            ]
            for (number, tiles) in plans.enumerated() {
                _ = try await store.publish(
                    Sample.distribution(
                        observations: [Sample.observation("1", day: Double(number) / 10)],
                        tiles: tiles), Sample.request(number + 1))
            }
            let found = try await OwnershipStore(connection).revisions(
                of: .tile("T"), survey: Sample.survey)
            #expect(found.map(\.plan.revision) == [1, 2, 3])
            #expect(found.map(\.assignment.primary) == ["SDC-FR", "SDC-FR", "SDC-IT"])
            #expect(found.map(\.cause) == [nil, nil, .maintenance])
        }
    }

    @Test("an item that was never published has no revisions")
    func unknown() async throws {
        try await TestCluster.shared.withCatalogue { url in
            let connection = try await Connection.open(url)
            _ = try await PlanStore(connection).publish(Sample.chain, Sample.request(1))
            let found = try await OwnershipStore(connection).revisions(
                of: .tile("T9"), survey: Sample.survey)
            #expect(found.isEmpty)
        }
    }
}
