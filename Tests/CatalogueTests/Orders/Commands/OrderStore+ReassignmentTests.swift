import Catalogue
import GroundSegment
import PostgreSQL
import TestPostgreSQL
import Testing

@Suite struct OrderStoreReassignmentTests {
    private static let first: ID<ProcessingOrder> = "TEST-00000001-OBS-1"
    private static let second: ID<ProcessingOrder> = "TEST-00000001-OBS-2"

    /// Observations 1 and 2 are for SDC-FR, with SDC-DE as their secondary.
    private func withStore(
        _ body: @Sendable (OrderStore, OrderQueue, Connection, String) async throws -> Void
    ) async throws {
        try await TestCluster.shared.withCatalogue { url in
            let connection = try await Connection.open(url)
            _ = try await PlanStore(connection).publish(Sample.chain, Sample.request(1))
            try await body(OrderStore(connection), OrderQueue(connection), connection, url)
        }
    }

    private static func take(_ queue: OrderQueue, _ sdc: ID<SDC>) async throws -> [ProcessingOrder]
    {
        try await queue.take(sdc: sdc, limit: 1, clock: OrderQueueTests.late, runner: "r")
    }

    @Test(
        "an order that no runner has goes to the secondary, whose runner hears of it and takes it")
    func allocated() async throws {
        try await withStore { store, queue, connection, url in
            let other = OrderQueue(try await Connection.open(url))
            var notices = try await other.notifications().makeAsyncIterator()
            let moved = try await store.reassign(
                Self.first, to: .secondary, by: "op", because: "no disk")
            #expect(moved.from == "SDC-FR")
            #expect(moved.to == "SDC-DE")
            #expect(moved.state == .allocated)
            #expect(moved.absence == "no runner has served SDC-DE")
            #expect(try await notices.next() == "SDC-FR")
            #expect(try await notices.next() == "SDC-DE")
            let details = try await store.details(of: Self.first)
            #expect(details.entry.sdc == "SDC-DE")
            #expect(details.entry.replicaAt == "SDC-FR")
            #expect(details.entry.isReassigned)
            let event = try #require(details.events.first)
            #expect(event.kind == .reassign)
            #expect(event.destination == "SDC-DE")
            #expect(event.actor == "op")
            #expect(event.comment == "no disk")
            #expect(try await Self.take(queue, "SDC-FR").map(\.id) == [Self.second])
            let taken = try #require(try await Self.take(queue, "SDC-DE").first)
            #expect(taken.id == Self.first)
            #expect(taken.replicaAt == "SDC-FR")
            // Owners are what the plan says.
            let owner = try await OwnershipStore(connection).owner(
                of: .observation("1"), survey: Sample.survey, at: Sample.start)
            #expect(owner.assignment == Assignment(primary: "SDC-FR", secondary: "SDC-DE"))
        }
    }

    @Test(
        "an order that failed or was stopped is allocated again there",
        arguments: [OrderState.Event.fail, .abort])
    func ended(_ event: OrderState.Event) async throws {
        try await withStore { store, queue, _, _ in
            let order = try #require(try await Self.take(queue, "SDC-FR").first)
            try await queue.report(OrderQueueTests.report(order, event: event))
            let moved = try await store.reassign(
                order.id, to: .secondary, by: "op", because: "it fails there")
            #expect(moved.state == (event == .fail ? .error : .aborted))
            let again = try #require(try await Self.take(queue, "SDC-DE").first)
            #expect(again.id == order.id)
            // What the former runner still tells of it is refused, and loses nothing.
            let late = await catalogueError {
                try await queue.report(OrderQueueTests.report(order))
            }
            #expect(
                late?.message
                    == "processing order \(order.id) is SDC-DE's, and SDC-FR reported it")
            try await queue.report(OrderQueueTests.report(again))
            #expect(try await store.details(of: order.id).reports.map(\.taken) == [1, 2])
        }
    }

    @Test("from every other state it is refused, with what to do instead")
    func refused() async throws {
        try await withStore { store, queue, connection, _ in
            func refusal(_ order: ID<ProcessingOrder>, to role: Role = .secondary) async -> String?
            {
                let error = await catalogueError {
                    try await store.reassign(order, to: role, by: "op", because: "so")
                }
                #expect(error?.code == .illegalChange)
                #expect(error?.code.exitStatus == .failure)
                return error?.message
            }
            let name = "processing order \(Self.first)"
            #expect(
                await refusal(Self.first, to: .primary)
                    == "\(name) is at its item's primary, SDC-FR, already")
            let order = try #require(try await Self.take(queue, "SDC-FR").first)
            #expect(
                await refusal(Self.first)
                    == "\(name) runs at SDC-FR: sgs orders cancel stops it, then it can be moved")
            try await queue.report(OrderQueueTests.report(order))
            #expect(
                await refusal(Self.first) == "\(name) is COMPLETED: there is nothing left to do")
            _ = try await store.cancel(Self.second, by: "op")
            #expect(
                await refusal(Self.second)
                    == "processing order \(Self.second) is WITHDRAWN: publishing gives its item "
                    + "another order")
            let silent = await catalogueError {
                try await store.reassign(Self.first, to: .secondary, by: "op", because: " ")
            }
            #expect(silent?.code == .missingComment)
            #expect(
                try await connection.count(
                    "SELECT count(*) AS n FROM sgs.order_event WHERE event = 'reassign'") == 0)
        }
    }

    @Test("an order whose item has got other owners meanwhile is not moved to a former one")
    func otherOwners() async throws {
        try await withStore { store, queue, connection, _ in
            let order = try #require(try await Self.take(queue, "SDC-FR").first)
            _ = try await PlanStore(connection).publish(
                Sample.distribution(
                    observations: [
                        Sample.observation("1", primary: "SDC-ES", secondary: "SDC-IT"),
                        Sample.observation("2", day: 1),
                    ]), Sample.request(2, running: .keep))
            try await queue.report(OrderQueueTests.report(order, event: .fail))
            let error = await catalogueError {
                try await store.reassign(order.id, to: .secondary, by: "op", because: "so")
            }
            #expect(
                error?.message
                    == "processing order \(order.id) was issued for SDC-FR and SDC-DE, and its item "
                    + "belongs to SDC-ES and SDC-IT by now: publishing gives it another order")
        }
    }

    @Test("a dry run says the same and changes nothing")
    func dryRun() async throws {
        try await withStore { store, _, _, _ in
            let moved = try await store.reassign(
                Self.first, to: .secondary, by: "op", because: "so", isDryRun: true)
            #expect(moved.to == "SDC-DE")
            let details = try await store.details(of: Self.first)
            #expect(details.entry.sdc == "SDC-FR")
            #expect(details.events.isEmpty)
        }
    }

    @Test("an order that was moved goes back to the primary")
    func back() async throws {
        try await withStore { store, _, _, _ in
            _ = try await store.reassign(Self.first, to: .secondary, by: "op", because: "fire")
            let twice = await catalogueError {
                try await store.reassign(Self.first, to: .secondary, by: "op", because: "fire")
            }
            #expect(
                twice?.message
                    == "processing order \(Self.first) is at its item's secondary, SDC-DE, already")
            let back = try await store.reassign(
                Self.first, to: .primary, by: "op", because: "the fire is out")
            #expect(back.to == "SDC-FR")
            let details = try await store.details(of: Self.first)
            #expect(!details.entry.isReassigned)
            #expect(details.events.map(\.destination) == ["SDC-DE", "SDC-FR"])
        }
    }

    @Test("the database lets nobody give an order another SDC than its other one")
    func guarded() async throws {
        try await withStore { _, queue, connection, _ in
            _ = try await Self.take(queue, "SDC-FR")
            for change in [
                "SET sdc = 'SDC-IT' WHERE id = '\(Self.second)'",
                "SET reassigned = true WHERE id = '\(Self.second)'",
                "SET sdc = replica_at, replica_at = sdc WHERE id = '\(Self.second)'",
                """
                SET sdc = replica_at, replica_at = sdc, reassigned = true
                WHERE id = '\(Self.first)'
                """,
            ] {
                do {
                    try await connection.query("UPDATE sgs.processing_order \(change)")
                    Issue.record("changed: \(change)")
                } catch let error as PostgreSQLError {
                    #expect(error.constraint == "processing_order_only_exchanged")
                }
            }
        }
    }

    @Test("a publication leaves an order where it was moved to while its item keeps its owners")
    func publication() async throws {
        try await withStore { store, _, connection, _ in
            for order in [Self.first, Self.second] {
                _ = try await store.reassign(order, to: .secondary, by: "op", because: "fire")
            }
            // The second observation moves, the first does not.
            let plan = Sample.distribution(
                observations: [
                    Sample.observation("1"),
                    Sample.observation("2", day: 1, primary: "SDC-ES", secondary: "SDC-IT"),
                ], tiles: Sample.chain.tiles)
            guard
                case .published(let publication) = try await PlanStore(connection).publish(
                    plan, Sample.request(2))
            else {
                Issue.record("not published")
                return
            }
            #expect(publication.orders.kept == 3)
            #expect(publication.orders.reassigned == 1)
            #expect(publication.orders.withdrawn == 1)
            #expect(publication.orders.returned == 1)
            #expect(try await store.details(of: Self.first).entry.sdc == "SDC-DE")
            #expect(try await store.details(of: "TEST-00000002-OBS-2").entry.sdc == "SDC-ES")
            // Taken back, the second order is again where it had been moved to.
            _ = try await PlanStore(connection).withdraw(
                WithdrawalRequest(
                    survey: Sample.survey, digest: Sample.digest(2), actor: "p", comment: "no"))
            let again = try await store.details(of: "TEST-00000001-OBS-2+2")
            #expect(again.entry.sdc == "SDC-DE")
            #expect(again.entry.isReassigned)
            _ = try await store.reassign(
                again.entry.id, to: .primary, by: "op", because: "the fire is out")
        }
    }
}
