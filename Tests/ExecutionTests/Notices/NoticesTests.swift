import GroundSegment
import Testing

@testable import Execution

@Suite struct NoticesTests {
    private let site: TestSite
    private let store: RunStore

    init() throws {
        site = try TestSite()
        store = try RunStore(path: "\(site.folder.path)/runner.sqlite")
    }

    private func row(
        _ kind: Notice.Kind = .jobFailed, run: Int64? = 1, key: String, job: String? = "step"
    ) -> StoreChanges.NoticeRow {
        .init(
            at: MJD(60000), kind: kind, run: run, key: key,
            content: NoticeContent(run: "RUN_1", pipeline: "night", job: job, message: "m"))
    }

    private func add(_ rows: [StoreChanges.NoticeRow]) async throws {
        var changes = StoreChanges()
        changes.notices = rows
        try await store.commit(changes, known: [])
    }

    @Test("the same is told once, and numbers grow without a gap")
    func once() async throws {
        try await add([row(key: "a"), row(key: "b")])
        try await add([row(key: "a"), row(key: "c")])
        let numbers = try await store.notices(of: "SDC-FR", limit: 10).map(\.number)
        #expect(numbers == [3, 2, 1])
    }

    @Test("where hundreds of a run's payloads fail the first twenty tell, and the run itself does")
    func many() async throws {
        try await add((0..<300).map { row(key: "\($0)") })
        try await add([row(.runFailed, key: "run", job: nil), row(run: 2, key: "other")])
        let notices = try await store.notices(of: "SDC-FR", limit: 1000)
        #expect(notices.count == 22)
        #expect(notices.map(\.title).contains("Run 1 of night failed"))
        #expect(notices.first?.title == "Run 2 of night: step failed")
    }

    @Test("an address that is new is told what comes from now on, a known one what it has not been")
    func cursor() async throws {
        try await add([row(key: "a")])
        let first = try await store.openHook("https://a/")
        #expect(try await store.notice(of: "SDC-FR", after: first) == nil)
        try await add([row(key: "b")])
        let next = try #require(try await store.notice(of: "SDC-FR", after: first))
        #expect(try await store.openHook("https://a/") == first)
        try await store.markDelivered(next.number, to: "https://a/")
        #expect(try await store.openHook("https://a/") == next.number)
        #expect(try await store.openHook("https://b/") == next.number)
    }
}
