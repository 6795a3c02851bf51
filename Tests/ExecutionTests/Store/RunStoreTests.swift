import Foundation
import GRDB
import GroundSegment
import Testing

@testable import Execution

@Suite struct RunStoreTests {
    private let site: TestSite
    private let store: RunStore
    private let pipeline: Pipeline

    init() throws {
        site = try TestSite()
        store = try RunStore(path: "\(site.folder.path)/runner.sqlite")
        let library = try PipelineLibrary(
            folder: Programs.samplePipelines, searchPath: [Programs.folder])
        pipeline = try #require(library.pipelines["observation"])
    }

    @Test("a store of the version before is brought up to date, and its runs were submitted")
    func earlierVersion() async throws {
        let path = "\(site.folder.path)/earlier.sqlite"
        let queue = try DatabaseQueue(path: path)
        try RunStore.migrator.migrate(queue, upTo: "2 the engine")
        let document = pipeline.document
        try await queue.write { database in
            let graph = try RunStore.number(ofGraph: document, database)
            try database.execute(
                sql: """
                    INSERT INTO run (number, id, origin, origin_document, origin_id, attempt,
                        pipeline, graph, state, priority, taken_at)
                    VALUES (1, 'RUN_1', 'submission', ?, 's', 1, 'observation', ?, 'PENDING', 0,
                        60000)
                    """,
                arguments: [
                    try Document.text(Submission(id: "s", pipeline: "observation")), graph,
                ])
        }
        // Read by a newer program while its own runner has it.
        let before = try #require(try await RunStore(reading: path).run(named: "1"))
        #expect(before.id == "RUN_1" && !before.isDraft)
        try queue.close()
        let run = try #require(try await RunStore(path: path).run(named: "1"))
        #expect(run.queued == MJD(60000) && !run.isDraft && run.needs.isEmpty)
    }

    @Test("an order that is under way is not begun again")
    func begunOnce() async throws {
        let run = try #require(try await begin(at: 1))
        #expect(run.id.text == "RUN_18581118_000000_000000_observation")
        #expect(try await begin(at: 2) == nil)
        let found = try await store.unfinished()
        #expect(found.map(\.id) == [run.id])
        #expect(found.map(\.origin) == [run.origin])
    }

    @Test("runs that begin at the same moment have names that differ")
    func names() async throws {
        let other = try await store.begin(.order(site.order("2")), pipeline, at: MJD(1))
        let run = try #require(try await begin(at: 1))
        #expect(other?.id != run.id)
    }

    @Test("an order that comes again after its report was sent gets a run of its own")
    func begunAgain() async throws {
        var run = try #require(try await begin(at: 1))
        try await end(&run)
        #expect(try await begin(at: 3) == nil)
        for entry in try await store.outbox() { try await store.markSent(entry) }
        #expect(try await begin(at: 4)?.attempt == 2)
    }

    @Test("a run's end comes together with its report")
    func endWithReport() async throws {
        var run = try #require(try await begin(at: 1))
        try await end(&run)
        #expect(try await store.unfinished().isEmpty)
        let outbox = try await store.outbox()
        #expect(outbox.count == 1)
        guard case .report(let report) = outbox.first?.letter else {
            Issue.record("no report")
            return
        }
        #expect(report.event == .fail)
        #expect(report.message == "gone")
        #expect(report.window == TimeWindow(start: MJD(1), end: MJD(2)))
    }

    @Test("a run comes back with its payloads as they were")
    func resumes() async throws {
        var run = try #require(try await begin(at: 1))
        var changes = StoreChanges()
        for event in [RunEvent.inputsStaged, .assigned(0, attempt: 1)] {
            _ = try run.life.apply(event, at: MJD(1))
            note(&run, in: &changes)
        }
        try await store.commit(changes, known: [])
        let found = try #require(try await store.unfinished().first)
        #expect(found.life.state == .executing)
        #expect(
            (0..<found.life.count).map { found.life[$0] }
                == (0..<run.life.count).map { run.life[$0] })
        #expect(try await store.summaries().map(\.state) == [.executing])
    }

    @Test(
        "a payload's state that cannot follow the one it is in is refused, and nothing is written")
    func illegalStep() async throws {
        let run = try #require(try await begin(at: 1))
        var changes = StoreChanges()
        let completed = PayloadLife(state: .completed, attempts: 1)
        changes.payloads = [.init(run: run.number, number: 0, life: completed)]
        try await store.commit(changes, known: [])
        changes.payloads = [
            .init(run: run.number, number: 1, life: completed),
            .init(run: run.number, number: 0, life: PayloadLife(state: .standBy, attempts: 1)),
        ]
        let error = await #expect(throws: ExecutionError.self) {
            try await store.commit(changes, known: [])
        }
        #expect(error?.message.contains("a payload never goes this way") == true)
        let found = try #require(try await store.unfinished().first)
        #expect(found.life[1].state == .unready)
    }

    private func begin(at day: Double) async throws -> Run? {
        try await store.begin(.order(site.order("1")), pipeline, at: MJD(day))
    }

    private func note(_ run: inout Run, in changes: inout StoreChanges) {
        let changed = run.life.takeChanges()
        for number in changed.payloads {
            changes.payloads.append(.init(run: run.number, number: number, life: run.life[number]))
        }
        if changed.isRunChanged {
            changes.runs.append(.init(run: run.number, record: run.life.record))
        }
    }

    private func end(_ run: inout Run) async throws {
        var changes = StoreChanges()
        _ = try run.life.apply(.inputsMissing("gone"), at: MJD(2))
        note(&run, in: &changes)
        changes.reports = [
            .init(
                run: run.number, attempt: run.attempt, order: run.order, event: .fail,
                message: "gone", products: [], pending: [], ended: MJD(2))
        ]
        try await store.commit(changes, known: [])
    }

    @Test("a store that is not there cannot be looked at")
    func missing() throws {
        let error = try #require(throws: ExecutionError.self) {
            _ = try RunStore(reading: "/nowhere/x.sqlite")
        }
        #expect(error == ExecutionError(.store, "/nowhere/x.sqlite: there is no such store"))
    }
}
