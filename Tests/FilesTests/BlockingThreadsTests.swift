import Dispatch
import Synchronization
import Testing

@testable import Files

@Suite struct BlockingThreadsTests {
    private struct Refused: Error, Equatable {}

    @Test("what work gives and what it throws comes back")
    func results() async throws {
        let threads = BlockingThreads(most: 2)
        #expect(await threads.run { 6 * 7 } == 42)
        await #expect(throws: Refused()) {
            try await threads.run { () throws(Refused) -> Int in throw Refused() }
        }
    }

    @Test("work that waits for one another has threads enough, and none of Swift's")
    func sideBySide() async {
        let threads = BlockingThreads(most: 64)
        let arrived = DispatchSemaphore(value: 0)
        let go = DispatchSemaphore(value: 0)
        let sum = await withTaskGroup(of: Int.self) { tasks in
            for number in 1...63 {
                tasks.addTask {
                    await threads.run {
                        arrived.signal()
                        go.wait()
                        return number
                    }
                }
            }
            tasks.addTask {
                await threads.run {
                    for _ in 1...63 { arrived.wait() }
                    for _ in 1...63 { go.signal() }
                    return 0
                }
            }
            return await tasks.reduce(0, +)
        }
        #expect(sum == 63 * 64 / 2)
    }

    @Test("never more threads than wanted are at work, and all work is done")
    func most() async {
        let threads = BlockingThreads(most: 3)
        let counts = Counts()
        await withTaskGroup(of: Void.self) { tasks in
            for _ in 1...300 {
                tasks.addTask {
                    await threads.run {
                        counts.enter()
                        counts.leave()
                    }
                }
            }
        }
        #expect(counts.content.withLock { $0.now } == 0)
        #expect((1...3).contains(counts.content.withLock { $0.most }))
    }

    @Test("work is begun in the order in which it came, and what waits for its end sees it done")
    func order() async {
        let threads = BlockingThreads(most: 1)
        let done = Mutex([Int]())
        for number in 1...100 { threads.start { done.withLock { $0.append(number) } } }
        await threads.finish()
        #expect(done.withLock { $0 } == Array(1...100))
        await threads.finish()
    }

    private final class Counts: Sendable {
        let content = Mutex((now: 0, most: 0))

        func enter() {
            content.withLock {
                $0.now += 1
                $0.most = max($0.most, $0.now)
            }
        }

        func leave() { content.withLock { $0.now -= 1 } }
    }
}
