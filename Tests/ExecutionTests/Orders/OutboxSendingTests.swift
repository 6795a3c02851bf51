import Foundation
import GRDB
import GroundSegment
import PostgreSQL
import Testing

@testable import Execution
@testable import sdc_runner

/// A folder source that answers some reports with an error.
private struct StubbornSource: OrderSource {
    let source: FolderOrderSource
    let order: ID<ProcessingOrder>
    let error: ExecutionError

    func report(_ report: OrderReport) async throws {
        if report.order == order { throw error }
        try await source.report(report)
    }

    func take(limit: Int, clock: MJD) async throws -> [ProcessingOrder] {
        try await source.take(limit: limit, clock: clock)
    }
    func taken() async throws -> [ProcessingOrder] { try await source.taken() }
    func record(_ replica: Transfer) async throws { try await source.record(replica) }
    func locations(of items: [ItemID], survey: ID<SurveyPlan>) async throws -> [ProductLocation] {
        try await source.locations(of: items, survey: survey)
    }
    func needed(_ items: [ItemID], survey: ID<SurveyPlan>) async throws -> Set<ItemID> {
        try await source.needed(items, survey: survey)
    }
    func outstanding(clock: MJD) async throws -> OutstandingOrders {
        try await source.outstanding(clock: clock)
    }
    func wakeUps() async throws -> AsyncStream<Void> { try await source.wakeUps() }
}

@Suite(.timeLimit(.minutes(12))) struct OutboxSendingTests {
    private let site: TestSite

    init() throws {
        site = try TestSite()
    }

    private func store() throws -> RunStore {
        try RunStore(path: RunStore.path(state: site.state, sdc: "SDC-FR"))
    }

    private func letters(_ store: RunStore) async throws -> [(sent: Int, answer: String)] {
        try await store.read { database in
            try Row.fetchAll(database, sql: "SELECT sent, answer FROM outbox ORDER BY sequence")
                .map { ($0["sent"], $0["answer"]) }
        }
    }

    @Test("a letter that the source refuses is set aside with the reason, and the rest is told")
    func refused() async throws {
        try site.addPipeline("observation", steps: [("s", "echo > $out", 1)])
        try site.place(site.order("1"), site.order("2"))
        let source = StubbornSource(
            source: try site.source("SDC-FR"), order: "order-1",
            error: ExecutionError(.refused, "no such\u{0} order"))
        let outcome = try await site.runner("SDC-FR", source: source).run()
        #expect(outcome.completed == 2)
        #expect(outcome.setAside == 1)
        #expect(try site.report(site.order("1")) == nil)
        #expect(try site.report(site.order("2"))?.event == .complete)
        let letters = try await letters(store())
        #expect(letters.map(\.sent).sorted() == [1, 2])
        #expect(letters.first { $0.sent == 2 }?.answer == "no such\u{FFFD} order")
    }

    @Test("a letter that cannot be read any more is set aside, and the rest is told")
    func unreadable() async throws {
        try site.addPipeline("observation", steps: [("s", "echo > $out", 1)])
        try site.place(site.order("1"), site.order("2"))
        try await site.serve("SDC-FR")
        let store = try store()
        try await store.write { database in
            try database.execute(
                sql: """
                    UPDATE outbox SET sent = 0, document = '{}'
                    WHERE sequence = (SELECT min(sequence) FROM outbox)
                    """)
        }
        let outcome = try await site.serve("SDC-FR")
        #expect(outcome.setAside == 1)
        let told = try await letters(store)
        #expect(told.map(\.sent).sorted() == [1, 2])
        #expect(told.first { $0.sent == 2 }?.answer.contains("is not what it should be") == true)
    }

    @Test("what a step wrote that is no text is told as harmless text")
    func noText() async throws {
        try site.addPipeline(
            "observation", steps: [("s", #"printf 'a\000b\033[31m\377c\n' >&2; exit 3"#, 1)])
        try site.place(site.order("1"))
        #expect(try await site.serve("SDC-FR").failed == 1)
        let report = try #require(try site.report(site.order("1")))
        #expect(report.message == "step s: exit code 3: a\u{FFFD}b\u{FFFD}[31m\u{FFFD}c")
    }

    @Test(
        "a letter's own faults are told from a server that cannot take it now",
        arguments: [
            ("22021", true), ("23503", true), ("P0001", true), ("54000", true), ("08006", false),
            ("57014", false), ("57P01", false), ("53100", false), ("40001", false),
            ("55P03", false), ("25006", false), ("42501", false), ("XX000", false),
        ])
    func refusals(state: String, isRefusal: Bool) {
        let error = PostgreSQLError(
            code: .statementFailed, sqlState: SQLState(rawValue: state), message: "")
        #expect(error.isRefusal == isRefusal)
    }

    @Test("a value that cannot be sent is the letter's own fault, a lost session is not")
    func refusalsWithoutServer() {
        #expect(PostgreSQLError(code: .invalidValue, message: "NUL").isRefusal)
        #expect(!PostgreSQLError(code: .connectionLost, message: "gone").isRefusal)
    }
}
