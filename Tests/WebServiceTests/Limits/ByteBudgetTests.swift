import Testing

@testable import WebService

@Suite struct ByteBudgetTests {
    @Test("what is taken comes back when its lease is let go of, and what it shrinks by at once")
    func comesBack() throws {
        let budget = ByteBudget(total: 100)
        do {
            let lease = try budget.takeNow(70)
            #expect(budget.taken == 70)
            #expect(throws: Problem.busy) { try budget.takeNow(40) }
            lease.shrink(to: 20)
            lease.shrink(to: 50)
            #expect(budget.taken == 20)
            let other = try budget.takeNow(80)
            #expect(budget.taken == 100)
            withExtendedLifetime((lease, other)) {}
        }
        #expect(budget.taken == 0)
    }

    @Test("more than there is in all is all")
    func all() throws {
        let budget = ByteBudget(total: 100)
        let lease = try budget.takeNow(1000)
        #expect(budget.taken == 100)
        withExtendedLifetime(lease) {}
    }

    @Test("those who wait are served in turn as room comes back")
    func waits() async throws {
        let budget = ByteBudget(total: 100)
        var first: ByteBudget.Lease? = try budget.takeNow(60)
        #expect(first != nil)
        async let second = budget.take(90, patience: .seconds(600))
        // One that waits keeps others, which would fit, behind it.
        while (try? budget.takeNow(10)) != nil { await Task.yield() }
        first = nil
        let lease = try await second
        #expect(budget.taken == 90)
        withExtendedLifetime(lease) {}
    }

    @Test("who finds no room in time is told to come again, and holds nobody up")
    func givesUp() async throws {
        let budget = ByteBudget(total: 100)
        let first = try budget.takeNow(60)
        await #expect(throws: Problem.busy) {
            try await budget.take(90, patience: .milliseconds(1))
        }
        let next = try budget.takeNow(40)
        #expect(budget.taken == 100)
        #expect(Problem.busy.headers[.retryAfter] == "10")
        withExtendedLifetime((first, next)) {}
    }

    @Test("once much has gone and nothing is under way, that is told")
    func quiet() async throws {
        let budget = ByteBudget(total: 64 << 20)
        for _ in 0..<3 { _ = try budget.takeNow(8 << 20) }
        var told = budget.quiet.makeAsyncIterator()
        #expect(await told.next() != nil)
    }
}
