import Catalogue
import GroundSegment
import PostgreSQL
import TestPostgreSQL
import Testing

@Suite struct WithdrawalStepsTests {
    private static func request(_ mark: Int, running: RunningOrders = .refuse) -> WithdrawalRequest
    {
        WithdrawalRequest(
            survey: Sample.survey, digest: Sample.digest(mark), actor: "planner",
            comment: "mistaken", running: running)
    }

    /// Ownership and live orders, without what counts publications.
    private static func facts(_ connection: Connection) async throws -> [[String]] {
        let ownership = """
            SELECT i.id, a.primary_sdc, a.secondary_sdc, a.validity::text AS validity,
                a.distribution::text AS distribution
            FROM sgs.assignment a JOIN sgs.item i USING (item)
            WHERE upper_inf(a.known) ORDER BY i.id, a.validity
            """
        let orders = """
            SELECT i.id, o.sdc, o.replica_at, o.state, o.release::text AS release,
                (SELECT string_agg(n.item::text, ' ' ORDER BY n.item) FROM sgs.order_input n
                    WHERE n.processing_order = o.processing_order) AS inputs
            FROM sgs.processing_order o JOIN sgs.item i USING (item)
            WHERE o.state <> 'WITHDRAWN' ORDER BY i.id
            """
        return try await connection.query(ownership).map { row in
            try ["id", "primary_sdc", "secondary_sdc", "validity", "distribution"].map {
                try row.decode($0, as: String.self)
            }
        }
            + connection.query(orders).map { row in
                try ["id", "sdc", "replica_at", "state", "release", "inputs"].map {
                    try row.decode($0, as: String?.self) ?? "-"
                }
            }
    }

    @Test("withdrawing the newest brings back the ownership and the orders of before")
    func undone() async throws {
        try await TestCluster.shared.withCatalogue { url in
            let connection = try await Connection.open(url)
            let store = PlanStore(connection)
            _ = try await store.publish(Sample.chain, Sample.request(1))
            let before = try await Self.facts(connection)
            _ = try await store.publish(
                Sample.distribution(
                    observations: [
                        Sample.observation("1", day: 3), Sample.observation("2", primary: "SDC-IT"),
                        Sample.observation("3"),
                    ], tiles: [Sample.tile("T1", observations: ["1", "3"])]), Sample.request(2))
            #expect(try await Self.facts(connection) != before)
            let withdrawal = try await store.withdraw(Self.request(2))
            #expect(withdrawal.revision == 2)
            #expect(withdrawal.reinstated == [1])
            #expect(withdrawal.assignments == 4)
            // 2, 3 and T1 were new orders; 2, T1 and T2 come back
            #expect(withdrawal.ordersWithdrawn == 3)
            #expect(withdrawal.ordersReissued == 3)
            #expect(try await Self.facts(connection) == before)
            #expect(try await store.plans(of: Sample.survey).map(\.revision) == [1])
            #expect(
                try await store.log(of: Sample.survey).map(\.state) == [.withdrawn, .published])
            let changes = try await connection.count(
                "SELECT count(*) AS n FROM sgs.changes WHERE revision = 2")
            #expect(changes == 2 * 3)
        }
    }

    @Test("withdrawn one after the other, each brings back what was before it")
    func successively() async throws {
        try await TestCluster.shared.withCatalogue { url in
            let connection = try await Connection.open(url)
            let moved = Sample.observation("2", day: 31, primary: "SDC-IT")
            try await Self.publishAndWithdraw(
                [
                    Sample.chain,
                    Sample.distribution(from: 30, days: 60, observations: [moved]),
                    Sample.distribution(
                        observations: [
                            Sample.observation("1", primary: "SDC-ES"),
                            Sample.observation("2", day: 1, primary: "SDC-ES"),
                        ], tiles: [Sample.tile("T1", day: 1, observations: ["1"])]),
                ], connection)
        }
    }

    @Test("an order that was rescheduled, replaced and issued again gets its first release back")
    func rescheduled() async throws {
        try await TestCluster.shared.withCatalogue { url in
            let connection = try await Connection.open(url)
            let plans = [
                Sample.observation("1"), Sample.observation("1", day: 3),
                Sample.observation("1", day: 3, primary: "SDC-ES"),
            ].map { Sample.distribution(observations: [$0]) }
            try await Self.publishAndWithdraw(plans, connection)
        }
    }

    /// Publishes one after the other, and withdraws them again the other way round: each time all
    /// has to be as it was before.
    private static func publishAndWithdraw(
        _ distributions: [Distribution], _ connection: Connection
    ) async throws {
        let store = PlanStore(connection)
        var before: [[[String]]] = []
        for (index, distribution) in distributions.enumerated() {
            before.append(try await facts(connection))
            _ = try await store.publish(distribution, Sample.request(index + 1))
        }
        for index in distributions.indices.reversed() {
            _ = try await store.withdraw(request(index + 1))
            #expect(try await facts(connection) == before[index], "revision \(index + 1)")
        }
    }

    @Test("withdrawing the only one leaves nobody an owner, and a later plan can be published")
    func onlyOne() async throws {
        try await TestCluster.shared.withCatalogue { url in
            let connection = try await Connection.open(url)
            let store = PlanStore(connection)
            _ = try await store.publish(Sample.chain, Sample.request(1))
            _ = try await store.withdraw(Self.request(1))
            #expect(try await Self.facts(connection).isEmpty)
            let owner = try await OwnershipStore(connection).owner(
                of: .tile("T1"), survey: Sample.survey, at: Sample.start)
            #expect(owner.coverage == .dropped)
            guard
                case .published(let publication) = try await store.publish(
                    Sample.chain, Sample.request(2))
            else {
                Issue.record("not published")
                return
            }
            #expect(publication.revision == 2)
            #expect(publication.changed.new == 4)
            #expect(publication.orders.created == 4)
        }
    }

    @Test("only the newest published one can be withdrawn, and nothing twice")
    func refused() async throws {
        try await TestCluster.shared.withCatalogue { url in
            let store = PlanStore(try await Connection.open(url))
            _ = try await store.publish(
                Sample.distribution(from: 90), Sample.request(1))
            _ = try await store.publish(Sample.chain, Sample.request(2))
            let older = await catalogueError { try await store.withdraw(Self.request(1)) }
            #expect(
                older?.message
                    == "revision 1 of survey TEST is not the newest, which is 2: withdraw that "
                    + "first, or publish another plan")
            _ = try await store.withdraw(Self.request(2))
            let twice = await catalogueError { try await store.withdraw(Self.request(2)) }
            #expect(twice?.code == .illegalChange)
            var silent = Self.request(1)
            silent.comment = nil
            let error = await catalogueError { try await store.withdraw(silent) }
            #expect(error?.code == .missingComment)
        }
    }

    @Test("a withdrawal waits for orders that runners have, unless they are to be kept")
    func running() async throws {
        try await TestCluster.shared.withCatalogue { url in
            let connection = try await Connection.open(url)
            let store = PlanStore(connection)
            _ = try await store.publish(Sample.chain, Sample.request(1))
            let queue = OrderQueue(connection)
            _ = try await queue.take(
                sdc: "SDC-FR", limit: 1, clock: OrderQueueTests.late, runner: "r")
            let error = await catalogueError { try await store.withdraw(Self.request(1)) }
            #expect(error?.code == .ordersRunning)
            let withdrawal = try await store.withdraw(Self.request(1, running: .keep))
            #expect(withdrawal.ordersWithdrawn == 3)
            #expect(try await queue.taken(sdc: "SDC-FR").count == 1)
        }
    }

    @Test("a draft that is withdrawn is never published")
    func draft() async throws {
        try await TestCluster.shared.withCatalogue { url in
            let store = PlanStore(try await Connection.open(url))
            try await store.store(
                Draft(
                    distribution: Sample.chain, digest: Sample.digest(1), planJSON: "{}\n",
                    actor: "planner"))
            #expect(try await store.withdraw(Self.request(1)).revision == nil)
            let error = await catalogueError {
                try await store.publish(Sample.chain, Sample.request(1))
            }
            #expect(error?.code == .illegalChange)
        }
    }
}
