import Catalogue
import GroundSegment
import PostgreSQL
import TestPostgreSQL
import Testing

@Suite struct PlanStoreLifeTests {
    private static func draft(
        _ mark: Int, _ distribution: Distribution = Sample.chain, base: Draft.Base = .newest
    ) -> Draft {
        Draft(
            distribution: distribution, digest: Sample.digest(mark),
            planJSON: "{\"mark\": \(mark)}\n", actor: "planner", comment: "proposal", base: base)
    }

    private static func approvedRequest(_ mark: Int) -> PublicationRequest {
        var request = Sample.request(mark)
        request.approval = .required
        return request
    }

    private static func approve(_ mark: Int, in store: PlanStore) async throws {
        try await store.recordCheck(Sample.digest(mark), survey: Sample.survey, actor: "planner")
        try await store.approve(
            Sample.digest(mark), survey: Sample.survey, actor: "board", comment: "agreed")
    }

    @Test("a draft is checked, approved and published, and the log tells who, and why")
    func life() async throws {
        try await TestCluster.shared.withCatalogue { url in
            let store = PlanStore(try await Connection.open(url))
            #expect(try await store.store(Self.draft(1)) == .draft)
            #expect(try await store.surveys().isEmpty)
            #expect(try await store.plans(of: Sample.survey).isEmpty)
            try await Self.approve(1, in: store)
            #expect(try await store.store(Self.draft(1)) == .approved)
            _ = try await store.publish(Sample.chain, Self.approvedRequest(1))
            let record = try #require(try await store.log(of: Sample.survey).first)
            #expect(record.state == .published)
            #expect(record.revision == 1)
            #expect(record.base == nil)
            #expect(record.events.map(\.name) == ["draft", "check", "approve", "publish"])
            #expect(record.events.map(\.actor) == ["planner", "planner", "board", "tester"])
            #expect(
                record.events.map(\.comment) == ["proposal", nil, "agreed", "publication 1"])
            let plan = try #require(try await store.plans(of: Sample.survey).first)
            #expect(plan.approval?.approver == "board")
            #expect(plan.approval?.comment == "agreed")
            #expect(plan.author == "tester")
        }
    }

    @Test("a plan made from the newest of its period is taken, also after one of another period")
    func plannedBase() async throws {
        try await TestCluster.shared.withCatalogue { url in
            let store = PlanStore(try await Connection.open(url))
            _ = try await store.publish(Sample.chain, Sample.request(1))
            let later = Sample.distribution(from: 500)
            _ = try await store.publish(later, Sample.request(2))
            try await store.store(Self.draft(3, base: .planned(Sample.digest(1))))
            let error = await catalogueError {
                try await store.store(Self.draft(4, base: .planned(Sample.digest(2))))
            }
            #expect(error?.code == .stale)
            #expect(
                error?.message
                    == "distribution 00000004abcd was made from the base 00000002abcd, and the newest "
                    + "published one is 00000001abcd: plan again")
        }
    }

    @Test("what is not approved is not published, and nothing changes")
    func notApproved() async throws {
        try await TestCluster.shared.withCatalogue { url in
            let connection = try await Connection.open(url)
            let store = PlanStore(connection)
            let absent = await catalogueError {
                try await store.publish(Sample.chain, Self.approvedRequest(1))
            }
            #expect(absent?.code == .notApproved)
            try await store.store(Self.draft(1))
            try await store.recordCheck(Sample.digest(1), survey: Sample.survey, actor: "planner")
            let before = try await connection.count(PlanStoreTests.everything)
            let checked = await catalogueError {
                try await store.publish(Sample.chain, Self.approvedRequest(1))
            }
            #expect(
                checked?.message
                    == "distribution 00000001abcd of survey TEST is checked, expected approved; "
                    + "run: sgs draft, then sgs approve")
            #expect(try await connection.count(PlanStoreTests.everything) == before)
        }
    }

    @Test("a draft cannot be approved unchecked, nor without a comment, nor under another digest")
    func approval() async throws {
        try await TestCluster.shared.withCatalogue { url in
            let store = PlanStore(try await Connection.open(url))
            try await store.store(Self.draft(1))
            func error(_ mark: Int, _ comment: String) async -> CatalogueError? {
                await catalogueError {
                    try await store.approve(
                        Sample.digest(mark), survey: Sample.survey, actor: "board",
                        comment: comment)
                }
            }
            #expect(
                await error(1, "yes")?.message
                    == "distribution 00000001abcd of survey TEST is draft: no approve from there")
            #expect(await error(1, " \n")?.code == .missingComment)
            #expect(await error(1, " \n")?.code.exitStatus == .usage)
            #expect(await error(2, "yes")?.code == .unknownItem)
        }
    }

    @Test("a publication whose base moved is stale and changes nothing")
    func stale() async throws {
        try await TestCluster.shared.withCatalogue { url in
            let connection = try await Connection.open(url)
            let store = PlanStore(connection)
            _ = try await store.publish(Sample.chain, Sample.request(1))
            for mark in [2, 3] {
                try await store.store(Self.draft(mark, base: .digest(Sample.digest(1))))
                try await Self.approve(mark, in: store)
            }
            _ = try await store.publish(Sample.chain, Self.approvedRequest(2))
            let before = try await connection.count(PlanStoreTests.everything)
            for approval in [PublicationRequest.Approval.required, .given] {
                var request = Sample.request(3)
                request.approval = approval
                let error = await catalogueError {
                    try await store.publish(Sample.chain, request)
                }
                #expect(error?.code == .stale)
                #expect(error?.code.exitStatus == .stale)
                #expect(
                    error?.message
                        == "distribution 00000003abcd was made from the base 00000001abcd, and "
                        + "the newest published one is 00000002abcd: plan again")
            }
            let late = await catalogueError {
                try await store.store(Self.draft(4, base: .digest(Sample.digest(1))))
            }
            #expect(late?.code == .stale)
            let none = await catalogueError {
                try await store.store(Self.draft(4, base: .nothing))
            }
            #expect(none?.code == .stale)
            #expect(try await connection.count(PlanStoreTests.everything) == before)
        }
    }

    @Test("a publication without a comment is refused", arguments: [nil, "", " \t"])
    func comment(_ comment: String?) async throws {
        try await TestCluster.shared.withCatalogue { url in
            let connection = try await Connection.open(url)
            var request = Sample.request(1)
            request.comment = comment
            let error = await catalogueError {
                try await PlanStore(connection).publish(Sample.chain, request)
            }
            #expect(error?.code == .missingComment)
            #expect(try await connection.count(PlanStoreTests.everything) == 0)
        }
    }

    @Test("a preview tells what would change and changes nothing")
    func preview() async throws {
        try await TestCluster.shared.withCatalogue { url in
            let connection = try await Connection.open(url)
            let store = PlanStore(connection)
            _ = try await store.publish(Sample.chain, Sample.request(1))
            let before = try await connection.count(PlanStoreTests.everything)
            let next = Sample.distribution(
                observations: [
                    Sample.observation("1", primary: "SDC-IT"), Sample.observation("3"),
                ])
            let (result, changes) = try await store.preview(next, Sample.request(2))
            guard case .published(let publication) = result else {
                Issue.record("\(result)")
                return
            }
            #expect(publication.revision == 2)
            #expect(publication.changed.new == 1)
            #expect(publication.changed.moved == 1)
            #expect(publication.changed.dropped == 3)
            #expect(
                changes.map(\.item) == [
                    .observation("1"), .observation("2"), .observation("3"), .tile("T1"),
                    .tile("T2"),
                ])
            #expect(changes[0].previous?.primary == "SDC-FR")
            #expect(changes[0].assignment?.primary == "SDC-IT")
            #expect(changes[1].assignment == nil)
            #expect(changes[2].previous == nil)
            #expect(try await connection.count(PlanStoreTests.everything) == before)
            #expect(try await store.changes(of: Sample.survey, revision: 1).count == 4)
            _ = try await store.publish(next, Sample.request(2))
            #expect(try await store.changes(of: Sample.survey, revision: 2) == changes)
        }
    }

    @Test("a move is refused while a runner has the order, unless it is to be kept")
    func running() async throws {
        try await TestCluster.shared.withCatalogue { url in
            let connection = try await Connection.open(url)
            let store = PlanStore(connection)
            _ = try await store.publish(Sample.chain, Sample.request(1))
            _ = try await OrderQueue(connection).take(
                sdc: "SDC-FR", limit: 1, clock: OrderQueueTests.late, runner: "r")
            let moved = Sample.distribution(
                observations: [
                    Sample.observation("1", primary: "SDC-IT"), Sample.observation("2", day: 1),
                ])
            let error = await catalogueError {
                try await store.publish(moved, Sample.request(2))
            }
            #expect(error?.code == .ordersRunning)
            #expect(error?.code.exitStatus == .busy)
            #expect(
                error?.message.hasPrefix(
                    "runners have 1 orders of items that would move or be dropped, such as "
                        + "TEST-00000001-OBS-1 at SDC-FR") == true)
            #expect(try await store.plans(of: Sample.survey).count == 1)
            guard
                case .published(let publication) = try await store.publish(
                    moved, Sample.request(2, running: .keep))
            else {
                Issue.record("not published")
                return
            }
            #expect(publication.orders.overtaken == 1)
            #expect(try await OrderQueue(connection).taken(sdc: "SDC-FR").count == 1)
        }
    }

    @Test("the database refuses what the life cycle does not know, and edits of the content")
    func database() async throws {
        try await TestCluster.shared.withCatalogue { url in
            let connection = try await Connection.open(url)
            let store = PlanStore(connection)
            try await store.store(Self.draft(1))
            _ = try await store.publish(
                Sample.distribution(survey: "OTHER"), Sample.request(2))
            for (constraint, sql) in [
                ("distribution_transition", "SET state = 'approved' WHERE survey = 'TEST'"),
                ("distribution_transition", "SET state = 'draft' WHERE survey = 'OTHER'"),
                ("distribution_immutable", "SET plan = '{}'"),
                ("distribution_immutable", "SET base = NULL"),
                ("distribution_publication_kept", "SET comment = ' ' WHERE survey = 'OTHER'"),
                ("distribution_revision_published", "SET revision = 2 WHERE survey = 'TEST'"),
                (
                    "distribution_superseded_state",
                    "SET superseded_at = 'infinity' WHERE survey = 'OTHER'"
                ),
            ] {
                let script = "UPDATE sgs.distribution \(sql)"
                #expect(try await Self.brokenRule(script, connection) == constraint)
            }
        }
    }

    @Test(
        "what was published, approved or known is not rewritten, also by the database's owner",
        arguments: [
            ("distribution_publication_kept", "UPDATE sgs.distribution SET comment = 'other'"),
            ("distribution_publication_kept", "UPDATE sgs.distribution SET author = 'other'"),
            ("distribution_kept", "DELETE FROM sgs.distribution WHERE digest LIKE '%'"),
            ("distribution_event_kept", "DELETE FROM sgs.distribution_event"),
            ("distribution_event_kept", "UPDATE sgs.distribution_event SET comment = 'other'"),
            ("ownership_change_kept", "DELETE FROM sgs.ownership_change"),
            ("assignment_content_kept", "UPDATE sgs.assignment SET primary_sdc = 'SDC-IT'"),
            ("assignment_content_kept", "UPDATE sgs.assignment SET cause = 'pin'"),
            (
                "assignment_history_kept",
                """
                UPDATE sgs.assignment SET known = tstzrange(lower(known), clock_timestamp());
                UPDATE sgs.assignment SET known = tstzrange(lower(known), NULL)
                """
            ),
            ("assignment_kept", "DELETE FROM sgs.assignment"),
        ])
    func kept(_ rule: String, _ script: String) async throws {
        try await TestCluster.shared.withCatalogue { url in
            let connection = try await Connection.open(url)
            _ = try await PlanStore(connection).publish(Sample.chain, Sample.request(1))
            #expect(try await Self.brokenRule(script, connection) == rule)
        }
    }

    @Test("a distribution that nobody approved does not become approved, whoever writes it")
    func approvalWithoutApprover() async throws {
        try await TestCluster.shared.withCatalogue { url in
            let connection = try await Connection.open(url)
            let store = PlanStore(connection)
            try await store.store(Self.draft(1))
            try await store.recordCheck(Sample.digest(1), survey: Sample.survey, actor: "p")
            let script = "UPDATE sgs.distribution SET state = 'approved'"
            #expect(
                try await Self.brokenRule(script, connection) == "distribution_approved_by")
            try await store.approve(
                Sample.digest(1), survey: Sample.survey, actor: "p", comment: "agreed")
        }
    }

    @Test("a plan that was withdrawn is not published again")
    func withdrawnAgain() async throws {
        try await TestCluster.shared.withCatalogue { url in
            let store = PlanStore(try await Connection.open(url))
            _ = try await store.publish(Sample.chain, Sample.request(1))
            _ = try await store.withdraw(
                WithdrawalRequest(
                    survey: Sample.survey, digest: Sample.digest(1), actor: "p", comment: "undo"))
            let error = await catalogueError {
                try await store.publish(Sample.chain, Sample.request(1))
            }
            #expect(error?.code == .illegalChange)
            #expect(error?.message.contains("was withdrawn") == true)
        }
    }

    @Test("a plan whose base the catalogue does not have is stale")
    func unknownBase() async throws {
        try await TestCluster.shared.withCatalogue { url in
            let store = PlanStore(try await Connection.open(url))
            _ = try await store.publish(Sample.chain, Sample.request(1))
            let error = await catalogueError {
                try await store.store(Self.draft(3, base: .planned(Sample.digest(2))))
            }
            #expect(error?.code == .stale)
        }
    }

    /// The rule by which the database refuses a script; `nil` where it takes it.
    private static func brokenRule(
        _ script: String, _ connection: Connection
    ) async throws -> String? {
        do {
            try await connection.run(script: script)
            return nil
        } catch let error as PostgreSQLError { return error.constraint }
    }
}
