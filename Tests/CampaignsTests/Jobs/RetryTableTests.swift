import Campaigns
import Testing

@Suite struct RetryTableTests {
    private static func failure(
        _ source: JobFailure.Source, code: Int? = nil, _ message: String = "", attempts: Int = 1
    ) -> JobFailure {
        JobFailure(
            source: source, code: code, message: message, pipeline: "tile", release: "9.1",
            sdc: "SDC-FR", attempts: attempts)
    }

    private static let request = ResourceRequest(memoryPerCore: 2000, walltime: 1000)

    private static func next(
        _ table: RetryTable, _ failure: JobFailure, units: Int = 1, retries: Int = 3
    ) -> RetryTable.Next {
        table.choose(
            for: failure, request: request, units: units, policy: TaskPolicy(retries: retries)
        ).next
    }

    @Test func `the strictest rule that fits acts, and passive ones are told`() throws {
        let table = RetryTable(rules: [
            try RetryRule("any", action: .retry),
            try RetryRule("codes", source: .pipeline, codes: 1...99, action: .limitRetry(1)),
            try RetryRule("code", source: .pipeline, codes: 42...42, action: .noRetry),
            try RetryRule(
                "seen", source: .pipeline, codes: 42...42, message: "disk", isActive: false,
                action: .elsewhere),
        ])
        let choice = table.choose(
            for: Self.failure(.pipeline, code: 42, "no disk left"), request: Self.request,
            policy: TaskPolicy())
        #expect(choice.rule?.name == "code")
        #expect(choice.passive.map(\.name) == ["seen"])
        #expect(choice.next == .lost("failures like this one are not tried again"))
        let other = table.choose(
            for: Self.failure(.pipeline, code: 41), request: Self.request, policy: TaskPolicy())
        #expect(other.rule?.name == "codes")
        #expect(other.passive.isEmpty)
        let third = table.choose(
            for: Self.failure(.output), request: Self.request, policy: TaskPolicy())
        #expect(third.rule?.name == "any")
    }

    @Test func `a rule may be for a pipeline, a release and an SDC`() throws {
        let rule = try RetryRule(
            "x", message: "^FITS .* truncated$", pipeline: "tile", release: "9.1", sdc: "SDC-FR",
            action: .noRetry)
        #expect(rule.takes(Self.failure(.output, "FITS file truncated")))
        #expect(!rule.takes(Self.failure(.output, "a FITS file truncated")))
        let other = try RetryRule("y", sdc: "SDC-DE", action: .noRetry)
        #expect(!other.takes(Self.failure(.output)))
        let error = #expect(throws: RetryRuleError.self) {
            try RetryRule("z", message: "(", action: .retry)
        }
        #expect(error?.description == "retry rule z: found (, expected a regular expression")
    }

    @Test func `without rules a task's policy decides`() {
        let none = RetryTable(rules: [])
        #expect(
            Self.next(none, Self.failure(.pipeline, attempts: 3))
                == .again(Self.request, units: 1, isElsewhere: false))
        #expect(
            Self.next(none, Self.failure(.pipeline, attempts: 4))
                == .lost("4 attempts, and 3 after the first are allowed"))
        #expect(
            Self.next(none, Self.failure(.pipeline), retries: 0)
                == .lost("1 attempts, and 0 after the first are allowed"))
    }

    @Test func `memory climbs, time grows by half, and what a site lost goes elsewhere`() {
        let table = RetryTable.standard
        #expect(
            Self.next(table, Self.failure(.memory))
                == .again(
                    ResourceRequest(memoryPerCore: 3000, walltime: 1000), units: 1,
                    isElsewhere: false))
        #expect(
            Self.next(table, Self.failure(.walltime))
                == .again(
                    ResourceRequest(memoryPerCore: 2000, walltime: 1500), units: 1,
                    isElsewhere: false))
        #expect(
            Self.next(table, Self.failure(.site))
                == .again(Self.request, units: 1, isElsewhere: true))
    }

    @Test func `the most memory is told where it is too little`() throws {
        let table = RetryTable(rules: [
            try RetryRule(
                "times", source: .memory,
                action: .increaseMemoryTimes(MemoryGrowth(factor: 2, most: 2000)))
        ])
        #expect(
            Self.next(table, Self.failure(.memory))
                == .lost("memory: 2000 MiB for each core is the most"))
    }

    @Test(arguments: [(8, 0.5, 4), (8, 0.25, 2), (3, 0.5, 1), (2, 0.9, 1)])
    func `units of a job are reduced`(units: Int, part: Double, left: Int) throws {
        let table = RetryTable(rules: [try RetryRule("less", action: .reduceInput(part))])
        #expect(
            Self.next(table, Self.failure(.walltime), units: units)
                == .again(Self.request, units: left, isElsewhere: false))
        #expect(
            Self.next(table, Self.failure(.walltime), units: 1)
                == .lost("it has one unit only, which cannot be divided"))
    }
}
