import GroundSegment
import Synchronization
import Testing

@testable import Service

@Suite final class ActualShelfTests: Sendable {
    private let time = Mutex(ContinuousClock.now)
    private let made = Mutex(0)

    /// Asks a shelf for a count that takes a while by the shelf's clock.
    private func ask(_ shelf: ActualShelf, lasting: Duration, version: String = "1") async throws {
        _ = try await shelf.count("euclid", version: version) {
            self.time.withLock { $0 += lasting }
            self.made.withLock { $0 += 1 }
            return ActualShelf.Count(
                progress: PlanProgress(survey: "euclid", lines: []), at: MJD(61000))
        }
    }

    private func shelf() -> ActualShelf {
        ActualShelf(now: { self.time.withLock(\.self) })
    }

    @Test("what is counted at once is counted for each reader")
    func brief() async throws {
        let shelf = shelf()
        for _ in 0..<3 { try await ask(shelf, lasting: .milliseconds(20)) }
        #expect(made.withLock(\.self) == 3)
    }

    @Test("what takes long is kept for forty times as long, and not over a publication")
    func long() async throws {
        let shelf = shelf()
        for _ in 0..<3 { try await ask(shelf, lasting: .seconds(1)) }
        #expect(made.withLock(\.self) == 1)
        time.withLock { $0 += .seconds(39) }
        try await ask(shelf, lasting: .seconds(1))
        #expect(made.withLock(\.self) == 1)
        time.withLock { $0 += .seconds(1) }
        try await ask(shelf, lasting: .seconds(1))
        #expect(made.withLock(\.self) == 2)
        try await ask(shelf, lasting: .seconds(1), version: "2")
        #expect(made.withLock(\.self) == 3)
    }

    @Test("readers at the same time share one count, and its failure, which is not kept")
    func shared() async throws {
        struct Failure: Error {}
        let shelf = shelf()
        await #expect(throws: Failure.self) {
            try await shelf.count("euclid", version: "1") { throw Failure() }
        }
        let (gate, open) = AsyncStream.makeStream(of: Void.self)
        let count = ActualShelf.Count(
            progress: PlanProgress(survey: "euclid", lines: []), at: MJD(61000))
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                _ = try await shelf.count("euclid", version: "1") {
                    self.made.withLock { $0 += 1 }
                    for await _ in gate { break }
                    return count
                }
            }
            while made.withLock(\.self) == 0 { await Task.yield() }
            for _ in 0..<20 { group.addTask { try await self.ask(shelf, lasting: .seconds(1)) } }
            await Task.yield()
            open.yield()
            try await group.waitForAll()
        }
        // Those who come after it share one more.
        #expect(made.withLock(\.self) <= 2)
    }
}
