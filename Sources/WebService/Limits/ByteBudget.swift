import DequeModule
import Synchronization

/// The memory that bodies being read and answers being sent may take in all, so that no number of
/// clients that do not read takes it from the others.
///
/// A lock, because leases end wherever they are let go of.
public final class ByteBudget: Sendable {
    private struct Waiter {
        let number: Int
        let bytes: Int
        let continuation: CheckedContinuation<Bool, Never>
    }

    private struct Content {
        var free: Int
        var waiting: Deque<Waiter> = []
        var lastNumber = 0
        var returned = 0
    }

    private let content: Mutex<Content>
    private let total: Int
    /// Told when everything has been returned after much was taken.
    let quiet: AsyncStream<Void>
    private let becameQuiet: AsyncStream<Void>.Continuation

    /// How much has to be returned before it is worth telling.
    private static let much = 16 << 20

    /// - Parameter total: in bytes.
    public init(total: Int) {
        self.total = total
        content = Mutex(Content(free: total))
        (quiet, becameQuiet) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
    }

    /// How many bytes are taken now.
    var taken: Int { content.withLock { total - $0.free } }

    /// Takes bytes if there is room now; more than there are in all counts as all.
    ///
    /// - Throws: `Problem.busy` where there is none.
    public func takeNow(_ bytes: Int) throws(Problem) -> Lease {
        let bytes = min(bytes, total)
        let isTaken = content.withLock { content in
            guard content.waiting.isEmpty, content.free >= bytes else { return false }
            content.free -= bytes
            return true
        }
        guard isTaken else { throw .busy }
        return Lease(self, bytes)
    }

    /// Takes bytes, and waits for them in turn.
    ///
    /// - Throws: `Problem.busy` where they are not there in time.
    public func take(_ bytes: Int, patience: Duration) async throws(Problem) -> Lease {
        if let lease = try? takeNow(bytes) { return lease }
        let bytes = min(bytes, total)
        let number = content.withLock { content in
            content.lastNumber += 1
            return content.lastNumber
        }
        let isTaken = await withTaskGroup(of: Void.self) { tasks in
            tasks.addTask {
                try? await Task.sleep(for: patience)
                self.giveUp(number)
            }
            let isTaken = await self.turn(number, bytes)
            tasks.cancelAll()
            return isTaken
        }
        guard isTaken else { throw .busy }
        return Lease(self, bytes)
    }

    private func turn(_ number: Int, _ bytes: Int) async -> Bool {
        await withCheckedContinuation { continuation in
            let next = content.withLock { content in
                content.waiting.append(
                    Waiter(number: number, bytes: bytes, continuation: continuation))
                return Self.served(&content)
            }
            for waiter in next { waiter.continuation.resume(returning: true) }
        }
    }

    /// Those whose turn it is, no longer waiting.
    private static func served(_ content: inout Content) -> [Waiter] {
        var served: [Waiter] = []
        while let first = content.waiting.first, first.bytes <= content.free {
            content.free -= first.bytes
            served.append(content.waiting.removeFirst())
        }
        return served
    }

    private func giveUp(_ number: Int) {
        let (waiter, next) = content.withLock { content -> (Waiter?, [Waiter]) in
            guard let place = content.waiting.firstIndex(where: { $0.number == number }) else {
                return (nil, [])
            }
            let waiter = content.waiting.remove(at: place)
            return (waiter, Self.served(&content))
        }
        waiter?.continuation.resume(returning: false)
        for waiter in next { waiter.continuation.resume(returning: true) }
    }

    fileprivate func putBack(_ bytes: Int) {
        let (next, isQuiet) = content.withLock { content -> ([Waiter], Bool) in
            content.free += bytes
            content.returned += bytes
            let next = Self.served(&content)
            let isQuiet = content.free == total && content.returned >= Self.much
            if isQuiet { content.returned = 0 }
            return (next, isQuiet)
        }
        for waiter in next { waiter.continuation.resume(returning: true) }
        if isQuiet { becameQuiet.yield() }
    }

    /// Bytes of the budget, which go back when it is let go of.
    public final class Lease: Sendable {
        private let budget: ByteBudget
        private let bytes: Mutex<Int>

        fileprivate init(_ budget: ByteBudget, _ bytes: Int) {
            self.budget = budget
            self.bytes = Mutex(bytes)
        }

        /// Puts back what is beyond `size`.
        public func shrink(to size: Int) {
            let spare = bytes.withLock { bytes in
                let spare = max(0, bytes - size)
                bytes -= spare
                return spare
            }
            budget.putBack(spare)
        }

        deinit { budget.putBack(bytes.withLock { $0 }) }
    }
}
