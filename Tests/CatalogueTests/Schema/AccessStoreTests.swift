import Catalogue
import GroundSegment
import PostgreSQL
import TestPostgreSQL
import Testing

@Suite struct AccessStoreTests {
    /// Runs `body` with sessions of the owner and of a login of its own that has `role`.
    private func withLogin(
        _ role: CatalogueRole, sdc: ID<SDC>? = nil,
        _ body: @Sendable (_ owner: Connection, _ login: Connection) async throws -> Void
    ) async throws {
        try await TestCluster.shared.withCatalogue { url in
            let owner = try await Connection.open(url)
            _ = try await PlanStore(owner).publish(Sample.chain, Sample.request(1))
            let database = try await owner.query("SELECT current_database() AS name")[0]
                .decode("name", as: String.self)
            let name = "login_\(database)"
            try await owner.run(script: "CREATE ROLE \(name) LOGIN")
            let access = AccessStore(owner)
            if let sdc {
                try await access.grantRunner(of: sdc, to: name)
            } else {
                try await access.grant(role, to: name)
            }
            let login = try await Connection.open(
                url.replacing("user=sgs", with: "user=\(name)"))
            try await body(owner, login)
            await login.close()
            try await owner.run(script: "DROP OWNED BY \(name); DROP ROLE \(name)")
        }
    }

    /// Whether the server refuses a statement for lack of a privilege.
    private func isRefused(_ connection: Connection, _ sql: String) async throws -> Bool {
        do {
            try await connection.query(sql)
            return false
        } catch SQLState.insufficientPrivilege {
            return true
        }
    }

    @Test("a reader reads the views and changes nothing")
    func reader() async throws {
        try await withLogin(.reader) { _, login in
            let store = OwnershipStore(login)
            let owner = try await store.owner(
                of: .tile("T1"), survey: Sample.survey, at: Sample.start)
            #expect(owner.assignment.primary == "SDC-FR")
            #expect(try await login.count("SELECT count(*) AS n FROM ivoa.obsplan") == 2)
            for sql in [
                "UPDATE sgs.processing_order SET state = 'WITHDRAWN'",
                "DELETE FROM sgs.assignment", "INSERT INTO sgs.survey VALUES ('X')",
                "INSERT INTO sgs.runner_login VALUES (current_user, 'SDC-FR')",
                "SELECT sgs.refresh_statistics('item')", "CREATE TABLE sgs.mine (n int)",
            ] {
                #expect(try await isRefused(login, sql), "\(sql)")
            }
        }
    }

    @Test("a planner publishes, withdraws and reads, and edits nothing else")
    func planner() async throws {
        try await withLogin(.planner) { _, login in
            let store = PlanStore(login)
            let next = Sample.distribution(
                observations: [
                    Sample.observation("1", primary: "SDC-IT"), Sample.observation("9"),
                ])
            guard
                case .published(let publication) = try await store.publish(next, Sample.request(2))
            else {
                Issue.record("not published")
                return
            }
            #expect(publication.changed.new == 1)
            #expect(publication.changed.moved == 1)
            #expect(publication.changed.dropped == 3)
            let withdrawal = try await store.withdraw(
                WithdrawalRequest(
                    survey: Sample.survey, digest: Sample.digest(2), actor: "p", comment: "undo"))
            #expect(withdrawal.reinstated == [1])
            for sql in [
                "UPDATE sgs.distribution SET digest = 'abcdef0123'",
                "UPDATE sgs.assignment SET validity = '[2027-01-01,)'",
                "INSERT INTO sgs.runner_login VALUES (current_user, 'SDC-FR')",
                "UPDATE sgs.processing_order SET item = 1", "DELETE FROM sgs.distribution",
                "INSERT INTO sgs.distribution_transition VALUES ('draft', 'x', 'published')",
                "DROP TABLE sgs.assignment",
            ] {
                #expect(try await isRefused(login, sql), "\(sql)")
            }
        }
    }

    @Test("a runner takes and reports the orders of its own SDC")
    func runner() async throws {
        try await withLogin(.runner, sdc: "SDC-FR") { _, login in
            try await Migrator().check(login)
            let queue = OrderQueue(login)
            let orders = try await queue.take(
                sdc: "SDC-FR", limit: 9, clock: OrderQueueTests.late, runner: "r")
            #expect(orders.map(\.item) == [.observation("1"), .observation("2")])
            let product = Product(
                name: "frames/1", item: orders[0].item, order: orders[0].id, bytes: 12,
                sha256: String(repeating: "0a", count: 32), madeFrom: ["raw/1"])
            let transfer = Transfer(
                product: "frames/1", from: "SDC-FR", to: "SDC-DE", purpose: .replica, bytes: 12,
                order: orders[0].id,
                window: TimeWindow(start: OrderQueueTests.late, end: OrderQueueTests.late))
            try await queue.report(
                OrderQueueTests.report(orders[0], products: [product], transfers: [transfer]))
            let held = try await queue.locations(
                of: [.observation("1")], survey: Sample.survey)
            #expect(held[.observation("1")]?.first?.sdcs == ["SDC-DE", "SDC-FR"])
            #expect(try await queue.counts(sdc: "SDC-FR")[.completed] == 1)
        }
    }

    @Test("a runner registers for its own SDC alone, and an operator's role changes orders")
    func registration() async throws {
        try await withLogin(.runner, sdc: "SDC-FR") { owner, login in
            let registry = RunnerRegistry(login)
            let lease = try await registry.register(
                sdc: "SDC-FR", host: "h", folder: "/f", process: 1)
            try await registry.renew(lease)
            let queue = OrderQueue(login, lease: lease)
            let orders = try await queue.take(
                sdc: "SDC-FR", limit: 1, clock: OrderQueueTests.late, runner: "r")
            #expect(try await queue.wishes(sdc: "SDC-FR").map(\.order) == orders.map(\.id))
            do {
                _ = try await registry.register(sdc: "SDC-DE", host: "h", folder: "/f", process: 1)
                Issue.record("it registered for another SDC")
            } catch SQLState.insufficientPrivilege {}
            #expect(
                try await isRefused(
                    login,
                    "INSERT INTO sgs.order_event (processing_order, taken, event, actor) VALUES (1, 0, 'cancel', 'r')"
                ))
            try await registry.end(lease)
        }
        try await withLogin(.planner) { _, login in
            let store = OrderStore(login)
            try await store.prioritise("TEST-00000001-OBS-1", 5, by: "p")
            #expect(try await store.cancel("TEST-00000001-OBS-1", by: "p") == .withdrawn)
            #expect(try await isRefused(login, "DELETE FROM sgs.order_event"))
        }
    }

    @Test("a runner cannot touch another SDC's orders, by login and by SET ROLE")
    func otherSDC() async throws {
        try await withLogin(.runner, sdc: "SDC-DE") { owner, login in
            let name = try await login.query("SELECT current_user AS name")[0]
                .decode("name", as: String.self)
            let become = try await Connection.open(
                owner.query(
                    "SELECT 'host=' || split_part(current_setting('unix_socket_directories'), '\"', 2) || ' user=sgs dbname=' || current_database() AS url"
                )[0].decode("url"))
            try await become.run(script: "SET ROLE \(name)")
            for session in [login, become] {
                #expect(
                    try await OrderQueue(session).take(
                        sdc: "SDC-FR", limit: 9, clock: OrderQueueTests.late, runner: "r"
                    ).isEmpty)
                let updated = try await session.query(
                    "UPDATE sgs.processing_order SET state = 'EXECUTING', runner = 'x', taken = 1, taken_at = now() WHERE sdc = 'SDC-FR'"
                )
                #expect(updated.affected == 0)
                let report = """
                    INSERT INTO sgs.order_report (processing_order, taken, attempt, event,
                        started_at, ended_at, message)
                    SELECT processing_order, 1, 1, 'complete', now(), now(), ''
                    FROM sgs.processing_order WHERE sdc = 'SDC-FR' LIMIT 1
                    """
                #expect(try await isRefused(session, report))
                #expect(
                    try await isRefused(session, "UPDATE sgs.processing_order SET sdc = 'SDC-DE'"))
                #expect(
                    try await isRefused(
                        session, "INSERT INTO sgs.runner_login VALUES (current_user, 'SDC-FR')"))
            }
            #expect(try await OrderQueue(owner).counts(sdc: "SDC-FR") == [.allocated: 3])
        }
    }

    @Test("a planner asks for self-tests, and a runner tells of its own SDC's alone")
    func selfTests() async throws {
        try await withLogin(.planner) { _, login in
            let issued = try await SelfTestStore(login).issue(to: ["SDC-FR"], by: "p")
            #expect(issued.map(\.isNew) == [true])
            #expect(try await isRefused(login, "UPDATE sgs.self_test SET message = 'x'"))
        }
        try await withLogin(.runner, sdc: "SDC-FR") { owner, login in
            _ = try await SelfTestStore(owner).issue(by: "p")
            let store = SelfTestStore(login)
            #expect(try await store.take(sdc: "SDC-DE", runner: "r") == nil)
            let number = try #require(try await store.take(sdc: "SDC-FR", runner: "r"))
            try await store.report(
                number,
                SelfTestReport(
                    features: [], digest: "ab",
                    window: TimeWindow(start: OrderQueueTests.late, end: OrderQueueTests.late)))
            #expect(
                try await store.latest().first { $0.sdc == "SDC-FR" }?.test?.state == .completed)
            #expect(
                try await isRefused(
                    login, "INSERT INTO sgs.self_test (sdc, issued_by) VALUES ('SDC-FR', 'r')"))
        }
    }

    @Test("a runner sends what its SDC holds to a new owner, whoever made it, and nothing else")
    func otherMaker() async throws {
        try await withLogin(.runner, sdc: "SDC-DE") { owner, login in
            let queue = OrderQueue(owner)
            let orders = try await queue.take(
                sdc: "SDC-FR", limit: 2, clock: OrderQueueTests.late, runner: "r")
            func transfer(_ name: String, _ from: ID<SDC>, _ to: ID<SDC>) -> Transfer {
                Transfer(
                    product: name, from: from, to: to, purpose: .replica, bytes: 12,
                    order: orders[name == "held" ? 0 : 1].id,
                    window: TimeWindow(start: OrderQueueTests.late, end: OrderQueueTests.late))
            }
            for (order, name) in zip(orders, ["held", "other"]) {
                let product = Product(
                    name: name, item: order.item, order: order.id, bytes: 12,
                    sha256: String(repeating: "0a", count: 32), madeFrom: [])
                try await queue.report(
                    OrderQueueTests.report(
                        order, products: [product],
                        transfers: name == "held" ? [transfer(name, "SDC-FR", "SDC-DE")] : []))
            }
            for _ in 0..<2 {
                try await OrderQueue(login).record(transfer("held", "SDC-DE", "SDC-IT"))
            }
            let held = try await queue.locations(of: [orders[0].item], survey: Sample.survey)
            #expect(held[orders[0].item]?.first?.sdcs == ["SDC-DE", "SDC-FR", "SDC-IT"])
            #expect(
                try await owner.count(
                    "SELECT count(*) AS n FROM sgs.transfer WHERE to_sdc = 'SDC-IT'") == 1)
            for bad in [
                transfer("other", "SDC-DE", "SDC-IT"), transfer("held", "SDC-FR", "SDC-ES"),
            ] {
                do {
                    try await OrderQueue(login).record(bad)
                    Issue.record("\(bad) was recorded")
                } catch SQLState.insufficientPrivilege {}
            }
            #expect(
                try await isRefused(
                    login,
                    "INSERT INTO sgs.product_location (product, sdc) SELECT product, 'SDC-ES' FROM sgs.product WHERE name = 'held'"
                ))
        }
    }

    @Test("a login that the server does not have is named")
    func unknownLogin() async throws {
        try await TestCluster.shared.withCatalogue { url in
            let error = await catalogueError {
                try await AccessStore(Connection.open(url)).grant(.reader, to: "nobody_here")
            }
            #expect(error?.code == .unknownItem)
            #expect(error?.message.contains("no login nobody_here") == true)
        }
    }
}
