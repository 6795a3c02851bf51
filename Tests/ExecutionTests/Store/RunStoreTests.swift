import Foundation
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

    @Test("an order that is under way is not begun again")
    func begunOnce() async throws {
        let order = site.order("1")
        let run = try #require(try await store.begin(order, pipeline: pipeline, at: MJD(1)))
        #expect(run.id.text == "order-1#1")
        #expect(try await store.begin(order, pipeline: pipeline, at: MJD(2)) == nil)
        #expect(try await store.unfinished() == [run])
    }

    @Test("an order that comes again after its report was sent gets a run of its own")
    func begunAgain() async throws {
        let order = site.order("1")
        var run = try #require(try await store.begin(order, pipeline: pipeline, at: MJD(1)))
        _ = try run.apply(.inputsMissing(message: "gone"))
        try await store.finish(
            run, event: .fail, message: "gone", products: [], pending: [], at: MJD(2))
        #expect(try await store.begin(order, pipeline: pipeline, at: MJD(3)) == nil)
        for entry in try await store.outbox() { try await store.markSent(entry) }
        #expect(try await store.begin(order, pipeline: pipeline, at: MJD(4))?.attempt == 2)
    }

    @Test("a run's end is in the store only together with its report")
    func endWithReport() async throws {
        var run = try #require(
            try await store.begin(site.order("1"), pipeline: pipeline, at: MJD(1)))
        _ = try run.apply(.inputsMissing(message: "gone"))
        try await store.save(run)
        #expect(try await store.unfinished().map(\.state) == [.pending])
        try await store.finish(
            run, event: .fail, message: "gone", products: [], pending: [], at: MJD(2))
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

    @Test("a run comes back with its steps as they were")
    func resumes() async throws {
        var run = try #require(
            try await store.begin(site.order("1"), pipeline: pipeline, at: MJD(1)))
        _ = try run.apply(.inputsStaged)
        _ = try run.apply(.step(node: "ingest", attempt: 1, .assigned))
        _ = try run.apply(.step(node: "ingest", attempt: 1, .lost(message: "vanished")))
        try await store.save(run)
        #expect(try await store.unfinished() == [run])
        #expect(try await store.summaries().map(\.state) == [.executing])
    }

    @Test("a store that is not there cannot be looked at")
    func missing() throws {
        let error = try #require(throws: ExecutionError.self) {
            _ = try RunStore(reading: "/nowhere/x.sqlite")
        }
        #expect(error == ExecutionError(.store, "/nowhere/x.sqlite: there is no such store"))
    }
}
