import Catalogue
import GroundSegment
import PostgreSQL
import TestPostgreSQL
import Testing

@Suite struct SelfTestStoreTests {
    private func withStore(
        _ body: @Sendable (SelfTestStore, Connection) async throws -> Void
    ) async throws {
        try await TestCluster.shared.withCatalogue { url in
            let connection = try await Connection.open(url)
            _ = try await PlanStore(connection).publish(Sample.chain, Sample.request(1))
            try await body(SelfTestStore(connection), connection)
        }
    }

    private static func report(_ digest: String?, lacks: String = "") -> SelfTestReport {
        SelfTestReport(
            features: digest == nil
                ? [] : [.init(name: "step", found: ""), .init(name: "final", found: lacks)],
            digest: digest, message: digest == nil ? "no room" : "",
            window: TimeWindow(start: MJD(61409), end: MJD(61410)))
    }

    @Test("every SDC is asked once until its runner has told what it found")
    func issued() async throws {
        try await withStore { store, _ in
            let all: [ID<SDC>] = ["SDC-DE", "SDC-ES", "SDC-FR", "SDC-IT"]
            let first = try await store.issue(to: ["SDC-FR", "SDC-FR"], by: "anna")
            #expect(first.map(\.sdc) == ["SDC-FR"] && first.map(\.isNew) == [true])
            let second = try await store.issue(by: "ben")
            #expect(second.map(\.sdc) == all)
            #expect(second.map(\.isNew) == [true, true, false, true])
            let latest = try await store.latest()
            #expect(latest.map(\.sdc) == all)
            #expect(
                latest.map { $0.test?.state } == [.allocated, .allocated, .allocated, .allocated])
            #expect(latest.map { $0.test?.issuedBy } == ["ben", "ben", "anna", "ben"])
            let error = await catalogueError {
                _ = try await store.issue(to: ["SDC-FR", "SDC-XX"], by: "anna")
            }
            #expect(error?.code == .unknownItem)
            #expect(
                error?.message
                    == "no SDC SDC-XX in the catalogue, which has SDC-DE, SDC-ES, SDC-FR, SDC-IT")
        }
    }

    @Test("a self-test is taken again until it is reported, and its last report is shown")
    func reported() async throws {
        try await withStore { store, connection in
            #expect(try await store.take(sdc: "SDC-FR", runner: "r") == nil)
            _ = try await store.issue(to: ["SDC-FR", "SDC-DE"], by: "anna")
            let number = try #require(try await store.take(sdc: "SDC-FR", runner: "r"))
            #expect(try await store.take(sdc: "SDC-FR", runner: "s") == number)
            let good = Self.report("ab")
            try await store.report(number, good)
            try await store.report(number, Self.report("cd"))
            #expect(try await store.take(sdc: "SDC-FR", runner: "r") == nil)
            func french() async throws -> OrderedSelfTest? {
                try await store.latest().first { $0.sdc == "SDC-FR" }?.test
            }
            let found = try #require(try await french())
            #expect(found.state == .completed && found.runner == "s" && found.report == good)
            _ = try await store.issue(by: "anna")
            let again = try #require(try await store.take(sdc: "SDC-FR", runner: "r"))
            #expect(again != number)
            #expect(try await french()?.state == .executing)
            let bad = Self.report("ab", lacks: "\"nothing\", expected \"all\"")
            try await store.report(again, bad)
            #expect(try await french()?.state == .error)
            #expect(try await french()?.report == bad)
            let german = try #require(try await store.take(sdc: "SDC-DE", runner: "r"))
            try await store.report(german, Self.report(nil))
            let entry = try await store.latest().first { $0.sdc == "SDC-DE" }
            #expect(entry?.test?.report == Self.report(nil))
            #expect(entry?.test?.state == .error)
        }
    }

    @Test("an old runner of an SDC takes and tells nothing")
    func lease() async throws {
        try await withStore { store, connection in
            _ = try await store.issue(by: "anna")
            let registry = RunnerRegistry(connection)
            let old = try await registry.register(
                sdc: "SDC-FR", host: "h", folder: "/a", process: 1)
            _ = try await registry.register(sdc: "SDC-FR", host: "h", folder: "/a", process: 2)
            let late = OrderQueue(connection, lease: old).selfTests
            let error = await catalogueError {
                _ = try await late.take(sdc: "SDC-FR", runner: "r")
            }
            #expect(error?.code == .runnerServes)
            let told = await catalogueError { try await late.report(1, Self.report("ab")) }
            #expect(told?.code == .runnerServes)
        }
    }
}
