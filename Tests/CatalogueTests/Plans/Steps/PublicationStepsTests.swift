import Catalogue
import GroundSegment
import PostgreSQL
import TestPostgreSQL
import Testing

/// Plans that are published more than once: a publication is not its plan's digest.
@Suite struct PublicationStepsTests {
    /// Plan 1 has observation 1 at SDC-FR, plan 2 at SDC-IT; both for the same period.
    private static func plan(_ mark: Int) -> Distribution {
        Sample.distribution(
            "plan \(mark)",
            observations: [
                Sample.observation("1", primary: mark == 1 ? "SDC-FR" : "SDC-IT"),
                Sample.observation("2", day: 1),
            ])
    }

    private static func request(
        _ mark: Int, again: Bool = true, base: Draft.Base = .newest,
        approval: PublicationRequest.Approval = .given, running: RunningOrders = .refuse
    ) -> PublicationRequest {
        var request = Sample.request(mark, running: running)
        request.again = again
        request.base = base
        request.approval = approval
        return request
    }

    private static func withdrawal(_ mark: Int, revision: Int? = nil) -> WithdrawalRequest {
        WithdrawalRequest(
            survey: Sample.survey, digest: Sample.digest(mark), revision: revision, actor: "p",
            comment: "mistaken")
    }

    /// Publishes plans 1 and 2 one after the other.
    private static func publishBoth(_ store: PlanStore) async throws {
        for mark in [1, 2] {
            _ = try await store.publish(plan(mark), request(mark, again: false))
        }
    }

    private static func owner(_ connection: Connection) async throws -> ID<SDC> {
        try await OwnershipStore(connection).owner(
            of: .observation("1"), survey: Sample.survey, at: Sample.start
        ).assignment.primary
    }

    private static func states(_ store: PlanStore) async throws -> [String] {
        try await store.log(of: Sample.survey).map { record in
            "\(record.revision.map(String.init) ?? "-") \(record.digest.prefix(8)) "
                + record.state.rawValue
        }
    }

    @Test("a superseded plan is not unchanged: it is refused, and with again a new revision")
    func superseded() async throws {
        try await TestCluster.shared.withCatalogue { url in
            let connection = try await Connection.open(url)
            let store = PlanStore(connection)
            try await Self.publishBoth(store)
            let before = try await connection.count(PlanStoreTests.everything)
            let error = await catalogueError {
                try await store.publish(Self.plan(1), Self.request(1, again: false))
            }
            #expect(error?.code == .illegalChange)
            #expect(error?.code.exitStatus == .failure)
            #expect(
                error?.message
                    == "distribution 00000001abcd is revision 1 of survey TEST and is superseded: it "
                    + "is published again only with --again, and becomes a new revision")
            #expect(try await connection.count(PlanStoreTests.everything) == before)
            #expect(try await Self.owner(connection) == "SDC-IT")
            guard
                case .published(let publication) = try await store.publish(
                    Self.plan(1), Self.request(1))
            else {
                Issue.record("not published")
                return
            }
            #expect(publication.revision == 3)
            #expect(publication.changed.moved == 1)
            #expect(publication.orders.withdrawn == 1)
            #expect(publication.orders.created == 1)
            #expect(try await Self.owner(connection) == "SDC-FR")
            #expect(
                try await Self.states(store) == [
                    "3 00000001 published", "2 00000002 superseded", "1 00000001 superseded",
                ])
            let orders = try await connection.query(
                "SELECT id FROM sgs.processing_order WHERE state <> 'WITHDRAWN' ORDER BY id"
            ).map { try $0.decode("id", as: String.self) }
            #expect(orders == ["TEST-00000001-OBS-2", "TEST-00000001.3-OBS-1"])
        }
    }

    @Test("again is unchanged where the plan is in force, and a first publication where it is new")
    func inForce() async throws {
        try await TestCluster.shared.withCatalogue { url in
            let connection = try await Connection.open(url)
            let store = PlanStore(connection)
            guard
                case .published(let first) = try await store.publish(
                    Self.plan(1), Self.request(1))
            else {
                Issue.record("not published")
                return
            }
            #expect(first.revision == 1)
            #expect(
                try await connection.count("SELECT count(*) AS n FROM sgs.distribution WHERE again")
                    == 0)
            guard
                case .alreadyPublished(let plan) = try await store.publish(
                    Self.plan(1), Self.request(1))
            else {
                Issue.record("published twice")
                return
            }
            #expect(plan.revision == 1)
        }
    }

    @Test("a plan that a later one replaces for a part of its period is not unchanged")
    func partlyInForce() async throws {
        try await TestCluster.shared.withCatalogue { url in
            let connection = try await Connection.open(url)
            let store = PlanStore(connection)
            _ = try await store.publish(Self.plan(1), Self.request(1))
            let part = Sample.distribution(
                from: 0, days: 30, observations: [Sample.observation("1", primary: "SDC-ES")])
            _ = try await store.publish(part, Self.request(2))
            let error = await catalogueError {
                try await store.publish(Self.plan(1), Self.request(1, again: false))
            }
            #expect(
                error?.message.contains("which a later one replaces in a part of its period")
                    == true)
            _ = try await store.publish(Self.plan(1), Self.request(1))
            #expect(try await Self.owner(connection) == "SDC-FR")
            #expect(
                try await Self.states(store) == [
                    "3 00000001 published", "2 00000002 superseded", "1 00000001 superseded",
                ])
        }
    }

    @Test("a withdrawn plan is refused, and with again a new revision")
    func withdrawn() async throws {
        try await TestCluster.shared.withCatalogue { url in
            let connection = try await Connection.open(url)
            let store = PlanStore(connection)
            try await Self.publishBoth(store)
            _ = try await store.withdraw(Self.withdrawal(2))
            let error = await catalogueError {
                try await store.publish(Self.plan(2), Self.request(2, again: false))
            }
            #expect(
                error?.message
                    == "distribution 00000002abcd was revision 2 of survey TEST and was withdrawn: it "
                    + "is published again only with --again, and becomes a new revision")
            _ = try await store.publish(Self.plan(2), Self.request(2))
            #expect(try await Self.owner(connection) == "SDC-IT")
            #expect(
                try await Self.states(store) == [
                    "3 00000002 published", "2 00000002 withdrawn", "1 00000001 superseded",
                ])
        }
    }

    @Test("withdrawals of one plan's publications undo one each, back to the first")
    func withdrawnOneByOne() async throws {
        try await TestCluster.shared.withCatalogue { url in
            let connection = try await Connection.open(url)
            let store = PlanStore(connection)
            try await Self.publishBoth(store)
            _ = try await store.publish(Self.plan(1), Self.request(1))
            let third = try await store.withdraw(Self.withdrawal(1))
            #expect(third.revision == 3)
            #expect(third.reinstated == [2])
            #expect(try await Self.owner(connection) == "SDC-IT")
            #expect(
                try await Self.states(store) == [
                    "3 00000001 withdrawn", "2 00000002 published", "1 00000001 superseded",
                ])
            // The first publication of plan 1 is there and superseded: it is not what counts.
            let error = await catalogueError { try await store.withdraw(Self.withdrawal(1)) }
            #expect(error?.code == .illegalChange)
            let second = try await store.withdraw(Self.withdrawal(2))
            #expect(second.reinstated == [1])
            #expect(try await Self.owner(connection) == "SDC-FR")
            let first = try await store.withdraw(Self.withdrawal(1, revision: 1))
            #expect(first.revision == 1)
            #expect(
                try await Self.states(store) == [
                    "3 00000001 withdrawn", "2 00000002 withdrawn", "1 00000001 withdrawn",
                ])
            _ = try await store.publish(Self.plan(1), Self.request(1))
            #expect(try await Self.states(store).first == "4 00000001 published")
            #expect(try await Self.owner(connection) == "SDC-FR")
        }
    }

    @Test("a revision that is named is the one withdrawn, and another one's digest does not fit")
    func byRevision() async throws {
        try await TestCluster.shared.withCatalogue { url in
            let store = PlanStore(try await Connection.open(url))
            try await Self.publishBoth(store)
            let error = await catalogueError {
                try await store.withdraw(Self.withdrawal(1, revision: 2))
            }
            #expect(error?.code == .unknownItem)
            #expect(try await store.withdraw(Self.withdrawal(2, revision: 2)).revision == 2)
        }
    }

    @Test("published again it is checked anew against the base, and refused where that moved")
    func staleBase() async throws {
        try await TestCluster.shared.withCatalogue { url in
            let store = PlanStore(try await Connection.open(url))
            _ = try await store.publish(Self.plan(1), Self.request(1))
            let base = Draft.Base.planned(Sample.digest(1))
            _ = try await store.publish(Self.plan(2), Self.request(2, base: base))
            _ = try await store.publish(Self.plan(3), Self.request(3))
            let error = await catalogueError {
                try await store.publish(Self.plan(2), Self.request(2, base: base))
            }
            #expect(error?.code == .stale)
            #expect(error?.code.exitStatus == .stale)
            // With its base in force again it is taken.
            _ = try await store.withdraw(Self.withdrawal(3))
            _ = try await store.withdraw(Self.withdrawal(2))
            _ = try await store.publish(Self.plan(2), Self.request(2, base: base))
            #expect(
                try await Self.states(store) == [
                    "4 00000002 published", "3 00000003 withdrawn", "2 00000002 withdrawn",
                    "1 00000001 superseded",
                ])
        }
    }

    @Test("published again it does not move what a runner has done, nor what one is doing")
    func frozenOrRunning() async throws {
        try await TestCluster.shared.withCatalogue { url in
            let connection = try await Connection.open(url)
            let store = PlanStore(connection)
            try await Self.publishBoth(store)
            let queue = OrderQueue(connection)
            let orders = try await queue.take(
                sdc: "SDC-IT", limit: 1, clock: OrderQueueTests.late, runner: "r")
            let before = try await connection.count(PlanStoreTests.everything)
            let running = await catalogueError {
                try await store.publish(Self.plan(1), Self.request(1))
            }
            #expect(running?.code == .ordersRunning)
            #expect(running?.code.exitStatus == .busy)
            try await queue.report(OrderQueueTests.report(try #require(orders.first)))
            for choice in RunningOrders.allCases {
                let frozen = await catalogueError {
                    try await store.publish(Self.plan(1), Self.request(1, running: choice))
                }
                #expect(frozen?.code == .stale)
                #expect(
                    frozen?.message
                        == "1 items are frozen, because runners have taken their orders, and would "
                        + "move or be dropped, such as that of TEST-00000002-OBS-1 at SDC-IT: plan "
                        + "again")
            }
            #expect(try await connection.count(PlanStoreTests.everything) == before)
        }
    }

    @Test("a plan goes back to where a runner has done its items")
    func backToWhereItRan() async throws {
        try await TestCluster.shared.withCatalogue { url in
            let connection = try await Connection.open(url)
            let store = PlanStore(connection)
            _ = try await store.publish(Self.plan(1), Self.request(1))
            let queue = OrderQueue(connection)
            for order in try await queue.take(
                sdc: "SDC-FR", limit: 9, clock: OrderQueueTests.late, runner: "r")
            {
                try await queue.report(OrderQueueTests.report(order))
            }
            _ = try await store.publish(Self.plan(2), Self.request(2))
            _ = try await store.publish(Self.plan(1), Self.request(1))
            #expect(try await Self.owner(connection) == "SDC-FR")
            #expect(try await queue.counts(sdc: "SDC-FR") == [.completed: 2])
        }
    }

    @Test("an item whose order failed gets another one, whether or not it moves")
    func failed() async throws {
        try await TestCluster.shared.withCatalogue { url in
            let connection = try await Connection.open(url)
            let store = PlanStore(connection)
            _ = try await store.publish(Self.plan(1), Self.request(1, again: false))
            let queue = OrderQueue(connection)
            for order in try await queue.take(
                sdc: "SDC-FR", limit: 9, clock: OrderQueueTests.late, runner: "r")
            {
                try await queue.report(OrderQueueTests.report(order, event: .fail))
            }
            #expect(try await store.takenItems(of: Sample.survey).isEmpty)
            guard
                case .published(let publication) = try await store.publish(
                    Self.plan(2), Self.request(2, again: false))
            else {
                Issue.record("not published")
                return
            }
            #expect(publication.orders.created == 2)
            #expect(publication.orders.withdrawn == 2)
            #expect(publication.orders.untouched == 0)
            let orders = try await OrderStore(connection).list(OrderFilter())
            #expect(
                orders.map { "\($0.id) \($0.sdc) \($0.state.rawValue) \($0.taken)" } == [
                    "TEST-00000001-OBS-1 SDC-FR WITHDRAWN 1",
                    "TEST-00000001-OBS-2 SDC-FR WITHDRAWN 1",
                    "TEST-00000002-OBS-2 SDC-FR ALLOCATED 0",
                    "TEST-00000002-OBS-1 SDC-IT ALLOCATED 0",
                ])
            // Taken back, what had failed may run as it did before.
            _ = try await store.withdraw(Self.withdrawal(2))
            #expect(
                try await queue.counts(sdc: "SDC-FR") == [.withdrawn: 3, .allocated: 2])
        }
    }

    @Test("a failover that was withdrawn is made again")
    func failover() async throws {
        try await TestCluster.shared.withCatalogue { url in
            let connection = try await Connection.open(url)
            let store = PlanStore(connection)
            _ = try await store.publish(Self.plan(1), Self.request(1))
            var failover = Self.request(2, base: .digest(Sample.digest(1)), running: .keep)
            failover.failoverOf = "SDC-FR"
            for revision in [2, 3] {
                _ = try await store.publish(Self.plan(2), failover)
                let plan = try #require(try await store.planInForce(of: Sample.survey))
                #expect(plan.revision == revision)
                #expect(plan.failoverOf == "SDC-FR")
                #expect(try await store.withdraw(Self.withdrawal(2)).reinstated == [1])
            }
            #expect(try await Self.owner(connection) == "SDC-FR")
        }
    }

    @Test("an approval of a plan is for good, and told with its own time and name")
    func approval() async throws {
        try await TestCluster.shared.withCatalogue { url in
            let store = PlanStore(try await Connection.open(url))
            let draft = Draft(
                distribution: Self.plan(1), digest: Sample.digest(1), planJSON: "{}\n", actor: "p")
            try await store.store(draft)
            try await store.recordCheck(Sample.digest(1), survey: Sample.survey, actor: "p")
            try await store.approve(
                Sample.digest(1), survey: Sample.survey, actor: "board", comment: "agreed")
            _ = try await store.publish(
                Self.plan(1), Self.request(1, again: false, approval: .required))
            _ = try await store.withdraw(Self.withdrawal(1))
            _ = try await store.publish(Self.plan(1), Self.request(1, approval: .required))
            let log = try await store.log(of: Sample.survey)
            #expect(log.map(\.revision) == [2, 1])
            #expect(log[0].events.map(\.name) == ["draft", "check", "approve", "publish"])
            let approvals = log.compactMap { $0.events.first { $0.name == "approve" } }
            #expect(approvals.map(\.actor) == ["board", "board"])
            #expect(approvals.map(\.comment) == ["agreed", "agreed"])
            #expect(abs(approvals[0].instant - approvals[1].instant) < 1e-9)
        }
    }

    @Test("a plan that was withdrawn is proposed again only where asked for, and then once")
    func proposal() async throws {
        try await TestCluster.shared.withCatalogue { url in
            let store = PlanStore(try await Connection.open(url))
            var draft = Draft(
                distribution: Self.plan(1), digest: Sample.digest(1), planJSON: "{}\n", actor: "p")
            try await store.store(draft)
            _ = try await store.withdraw(Self.withdrawal(1))
            let error = await catalogueError { try await store.store(draft) }
            #expect(
                error?.message
                    == "distribution 00000001abcd was withdrawn before it was published: it is "
                    + "proposed again only with --again, and becomes a new revision")
            draft.again = true
            #expect(try await store.store(draft) == .draft)
            #expect(try await store.store(draft) == .draft)
            #expect(try await Self.states(store) == ["- 00000001 draft", "- 00000001 withdrawn"])
            let unapproved = await catalogueError {
                try await store.publish(Self.plan(1), Self.request(1, approval: .required))
            }
            #expect(unapproved?.code == .notApproved)
            try await store.recordCheck(Sample.digest(1), survey: Sample.survey, actor: "p")
            try await store.approve(
                Sample.digest(1), survey: Sample.survey, actor: "board", comment: "agreed")
            _ = try await store.publish(Self.plan(1), Self.request(1, approval: .required))
            #expect(try await store.store(draft) == .published)
            #expect(try await store.distributions(digest: "00000001").map(\.revision) == [1])
        }
    }

    @Test("eight that publish the same plan again at once make one revision of it")
    func atOnce() async throws {
        try await TestCluster.shared.withCatalogue { url in
            let connection = try await Connection.open(url)
            try await Self.publishBoth(PlanStore(connection))
            let outcomes = try await withThrowingTaskGroup(of: String.self) { group in
                for _ in 1...8 {
                    group.addTask {
                        let store = PlanStore(try await Connection.open(url))
                        do {
                            switch try await store.publish(Self.plan(1), Self.request(1)) {
                            case .published: return "published"
                            case .alreadyPublished, .sameAssignments: return "unchanged"
                            }
                        } catch CatalogueError.Code.busy { return "busy" }
                    }
                }
                return try await group.reduce(into: [String]()) { $0.append($1) }
            }
            #expect(outcomes.count { $0 == "published" } == 1)
            #expect(
                try await Self.states(PlanStore(connection)) == [
                    "3 00000001 published", "2 00000002 superseded", "1 00000001 superseded",
                ])
        }
    }

    @Test(
        "a plan published again whose session ends in the middle leaves nothing, and is then taken")
    func killed() async throws {
        try await TestCluster.shared.withCatalogue { url in
            let connection = try await Connection.open(url)
            try await Self.publishBoth(PlanStore(connection))
            let before = try await connection.count(PlanStoreTests.everything)
            let blocker = try await Connection.open(url)
            try await blocker.run(script: "BEGIN; LOCK sgs.bucket_load IN ACCESS EXCLUSIVE MODE")
            let publisher = try await Connection.open(url)
            let process = await publisher.serverProcess
            async let published = PlanStore(publisher).publish(Self.plan(1), Self.request(1))
            try await waitUntil {
                try await connection.query(
                    "SELECT FROM pg_locks WHERE pid = $1 AND NOT granted", process
                ).count == 1
            }
            try await connection.query("SELECT pg_terminate_backend($1)", process)
            do {
                _ = try await published
                Issue.record("the publication went on")
            } catch PostgreSQLError.Code.connectionLost {}
            try await blocker.run(script: "ROLLBACK")
            #expect(try await connection.count(PlanStoreTests.everything) == before)
            _ = try await PlanStore(connection).publish(Self.plan(1), Self.request(1))
            #expect(try await Self.owner(connection) == "SDC-FR")
        }
    }

    @Test(
        "the database refuses a plan twice that nobody asked for again, and again what never was",
        arguments: [
            ("distribution_digest_once", "digest, false"),
            ("distribution_again_after", "'0000000fabcdef', true"),
            ("distribution_proposed_once", "'00000003abcdef', true"),
        ])
    func database(_ rule: String, _ values: String) async throws {
        try await TestCluster.shared.withCatalogue { url in
            let connection = try await Connection.open(url)
            let store = PlanStore(connection)
            try await Self.publishBoth(store)
            var draft = Draft(
                distribution: Self.plan(3), digest: Sample.digest(3), planJSON: "{}\n", actor: "p")
            try await store.store(draft)
            _ = try await store.withdraw(Self.withdrawal(3))
            draft.again = true
            try await store.store(draft)
            do {
                try await connection.run(
                    script: """
                        INSERT INTO sgs.distribution (survey, name, period, bucket_days,
                            observation_tb, tile_tb, author, plan, digest, again)
                        SELECT survey, name, period, bucket_days, observation_tb, tile_tb, author,
                            plan, \(values)
                        FROM sgs.distribution WHERE revision = 1
                        """)
                Issue.record("the database took it")
            } catch let error as PostgreSQLError { #expect(error.constraint == rule) }
        }
    }

    @Test(
        "the database refuses two publications of one plan in force, and another word about again")
    func databaseInForce() async throws {
        try await TestCluster.shared.withCatalogue { url in
            let connection = try await Connection.open(url)
            let store = PlanStore(connection)
            try await Self.publishBoth(store)
            _ = try await store.publish(Self.plan(1), Self.request(1))
            for (rule, change) in [
                (
                    "distribution_in_force_once",
                    "SET state = 'published', superseded_at = NULL WHERE revision = 1"
                ),
                ("distribution_immutable", "SET again = false WHERE revision = 3"),
            ] {
                do {
                    try await connection.run(script: "UPDATE sgs.distribution \(change)")
                    Issue.record("the database took \(change)")
                } catch let error as PostgreSQLError { #expect(error.constraint == rule) }
            }
        }
    }

    @Test("the plan in force is the newest that meets a period, also after withdrawal and again")
    func planInForce() async throws {
        try await TestCluster.shared.withCatalogue { url in
            let store = PlanStore(try await Connection.open(url))
            let window = TimeWindow(start: Sample.start + 10, end: Sample.start + 20)
            let later = TimeWindow(start: Sample.start + 100, end: Sample.start + 110)
            func revisions() async throws -> [Int?] {
                [
                    try await store.planInForce(of: Sample.survey, meeting: window)?.revision,
                    try await store.planInForce(of: Sample.survey, meeting: later)?.revision,
                    try await store.planInForce(of: Sample.survey)?.revision,
                ]
            }
            #expect(try await revisions() == [nil, nil, nil])
            try await Self.publishBoth(store)
            #expect(try await revisions() == [2, nil, 2])
            _ = try await store.publish(
                Sample.distribution(from: 90, observations: []), Self.request(3))
            #expect(try await revisions() == [2, 3, 3])
            _ = try await store.withdraw(Self.withdrawal(3))
            _ = try await store.withdraw(Self.withdrawal(2))
            #expect(try await revisions() == [1, nil, 1])
            _ = try await store.publish(Self.plan(2), Self.request(2))
            #expect(try await revisions() == [4, nil, 4])
            _ = try await store.publish(Self.plan(1), Self.request(1))
            #expect(try await revisions() == [5, nil, 5])
        }
    }
}
