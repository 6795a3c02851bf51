import Foundation
import GroundSegment
import Synchronization
import Testing

@testable import Execution

/// A folder source whose second taking fails, and which then answers what is taken so late that
/// it is told meanwhile.
private final class LateSource: OrderSource {
    private let source: FolderOrderSource
    private let meanwhile: @Sendable () async throws -> Void
    private let calls = Mutex((take: 0, taken: 0))

    init(_ source: FolderOrderSource, meanwhile: @escaping @Sendable () async throws -> Void) {
        self.source = source
        self.meanwhile = meanwhile
    }

    func take(limit: Int, clock: MJD) async throws -> [ProcessingOrder] {
        let call = calls.withLock { calls in
            calls.take += 1
            return calls.take
        }
        if call == 2 { throw ExecutionError(.orderSource, "away") }
        return try await source.take(limit: limit, clock: clock)
    }

    func taken() async throws -> [ProcessingOrder] {
        let answer = try await source.taken()
        let call = calls.withLock { calls in
            calls.taken += 1
            return calls.taken
        }
        if call == 2 {
            #expect(answer.map(\.id) == ["order-1"])
            try await meanwhile()
        }
        return answer
    }

    var wasLate: Bool { calls.withLock { $0.taken >= 2 } }

    func report(_ report: OrderReport) async throws { try await source.report(report) }
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

@Suite(.timeLimit(.minutes(12))) struct StaleAnswerTests {
    @Test("an order that was told while the source said what is taken is not done again")
    func told() async throws {
        let site = try TestSite()
        let (journal, go) = ("\(site.folder.path)/journal", "\(site.folder.path)/go")
        try site.addPipeline(
            "observation",
            steps: [
                (
                    "s",
                    "echo x >> \(journal); until test -e \(go); do sleep 0.02; done; echo > $out",
                    1
                )
            ])
        try site.place(site.order("1"))
        let path = RunStore.path(state: site.state, sdc: "SDC-FR")
        let source = LateSource(try site.source("SDC-FR")) {
            _ = try await eventually { FileManager.default.fileExists(atPath: journal) }
            try site.folder.write("", to: "go")
            let store = try RunStore(reading: path)
            while try await store.summaries().map(\.isOpen) != [false] {
                try await Task.sleep(for: .milliseconds(10))
            }
        }
        let outcome = try await site.runner("SDC-FR", source: source).run()
        #expect(source.wasLate)
        #expect(outcome.completed == 1)
        #expect(try String(contentsOfFile: journal, encoding: .utf8) == "x\n")
        #expect(try await RunStore(reading: path).summaries().map(\.state) == [.completed])
    }
}
