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

    @Test("a withdrawn revision tells nothing, and the item is where the plan in force has it")
    func withdrawn() async throws {
        try await TestCluster.shared.withCatalogue { url in
            let connection = try await Connection.open(url)
            let store = PlanStore(connection)
            let item = ItemID.observation("1")
            func seen() async throws -> [String] {
                try await OwnershipStore(connection).revisions(of: item, survey: Sample.survey)
                    .map {
                        "\($0.plan.revision) \($0.assignment.primary)"
                            + ($0.isCurrent ? " now" : "")
                    }
            }
            func publish(_ mark: Int, at primary: ID<SDC>?) async throws {
                let observations = primary.map { [Sample.observation("1", primary: $0)] } ?? []
                var request = Sample.request(mark)
                request.again = true
                _ = try await store.publish(
                    Sample.distribution(observations: observations), request)
            }
            try await publish(1, at: "SDC-FR")
            try await publish(2, at: "SDC-IT")
            #expect(try await seen() == ["1 SDC-FR", "2 SDC-IT now"])
            _ = try await store.withdraw(
                WithdrawalRequest(
                    survey: Sample.survey, digest: Sample.digest(2), actor: "p", comment: "no"))
            #expect(try await seen() == ["1 SDC-FR now"])
            try await publish(2, at: "SDC-IT")
            try await publish(1, at: "SDC-FR")
            #expect(try await seen() == ["1 SDC-FR", "3 SDC-IT", "4 SDC-FR now"])
            try await publish(5, at: nil)
            #expect(try await seen() == ["1 SDC-FR", "3 SDC-IT", "4 SDC-FR"])
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
