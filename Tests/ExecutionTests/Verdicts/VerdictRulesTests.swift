import GroundSegment
import Testing

@testable import Execution
@testable import Workflows

@Suite struct VerdictRulesTests {
    private func node(_ policy: NodePolicy = NodePolicy()) -> Node {
        LifeGraphs.step("flat", policy: policy)
    }

    private func judge(
        _ facts: Facts, _ policy: NodePolicy = NodePolicy(), life: PayloadLife = PayloadLife(),
        site: [VerdictRule] = []
    ) throws -> Judgement {
        try VerdictRules(site: site).judge(facts, of: node(policy), life: life)
    }

    @Test func `an exit with 0, all outputs and nothing against it is a success`() throws {
        #expect(try judge(Facts(exit: .code(0), granted: 1024)).verdict == .completed)
    }

    @Test(arguments: [
        (Facts(exit: .code(0), ranOutOfMemory: true, granted: 1024), "memory"),
        (Facts(exit: .code(0), badOutputs: ["o": "missing"], granted: 1024), "other"),
        (Facts(exit: .code(0), cause: .walltime, granted: 1024), "other"),
        (Facts(exit: .code(0), cause: .memory, granted: 1024), "memory"),
        (Facts(exit: .code(0), cause: .temporary, granted: 1024), "other"),
        (Facts(exit: .code(0), cause: .cancelled, granted: 1024), "cancelled"),
        (Facts(exit: .code(0), cause: .agentEnded, granted: 1024), "lost"),
        (Facts(exit: .code(1), granted: 1024), "other"),
        (Facts(exit: .signal(11), granted: 1024), "other"),
        (Facts(exit: .notStarted("no such file"), granted: 1024), "other"),
        (Facts(exit: .notStarted("open: No space left on device"), granted: 1024), "machine"),
        (Facts(exit: .lost("no sign for 120 s"), granted: 1024), "lost"),
    ])
    func `an exit with 0 is no success where one fact speaks against it`(
        facts: Facts, rule: String
    ) throws {
        let judgement = try judge(facts)
        #expect(judgement.verdict != .completed)
        #expect(judgement.rule == rule)
    }

    @Test func `a site's rule cannot make a success of it either`() throws {
        for action in VerdictRule.Action.allCases {
            let rule = VerdictRule(
                name: "mine", source: .outputs, action: action,
                status: action == .abortRun ? 0 : nil)
            let facts = Facts(exit: .code(0), badOutputs: ["o": "a link"], granted: 1)
            #expect(try judge(facts, site: [rule]).verdict != .completed)
        }
    }

    @Test func `the message says what went wrong, with the last line that it said`() throws {
        let facts = Facts(exit: .code(3), granted: 1, lastLine: "no stars")
        #expect(
            try judge(facts, NodePolicy(attempts: 1)).verdict
                == .failed(.payload, message: "exit code 3: no stars"))
        let outputs = Facts(
            exit: .code(0), badOutputs: ["b": "missing", "a": "a link"], granted: 1)
        #expect(
            try judge(outputs, NodePolicy(attempts: 1)).verdict
                == .failed(.payload, message: "output a a link, b missing"))
    }

    @Test func `three attempts may fail, and losses are counted apart`() throws {
        let failed = Facts(exit: .code(1), granted: 1)
        let lost = Facts(exit: .lost("host gone"), granted: 1)
        let policy = NodePolicy(attempts: 3, losses: 2)
        for failures in 0..<2 {
            #expect(
                try judge(failed, policy, life: PayloadLife(failures: failures, losses: 9)).verdict
                    == .retry(Retry(.payload, message: "exit code 1")))
        }
        #expect(
            try judge(failed, policy, life: PayloadLife(failures: 2)).verdict
                == .failed(.payload, message: "exit code 1"))
        #expect(
            try judge(lost, policy, life: PayloadLife(failures: 9, losses: 1)).verdict
                == .retry(Retry(.infrastructure, message: "host gone")))
        #expect(
            try judge(lost, policy, life: PayloadLife(losses: 2)).verdict
                == .failed(.infrastructure, message: "host gone"))
    }

    @Test func `waits grow by their factor, up to a day`() throws {
        let policy = NodePolicy(attempts: 100, wait: 2, waitFactor: 3)
        let waits = try [0, 1, 2, 50].map { failures -> Double in
            let verdict = try judge(
                Facts(exit: .code(1), granted: 1), policy, life: PayloadLife(failures: failures)
            ).verdict
            guard case .retry(let retry) = verdict else { return -1 }
            return retry.wait
        }
        #expect(waits == [2, 6, 18, 86400])
    }

    @Test func `a listed code is not tried again, another stops the run`() throws {
        let policy = NodePolicy(finalCodes: [2], abortCodes: [77: 5])
        #expect(
            try judge(Facts(exit: .code(2), granted: 1), policy).verdict
                == .failed(.payload, message: "exit code 2"))
        #expect(
            try judge(Facts(exit: .code(77), granted: 1), policy).verdict
                == .abortRun(status: 5, message: "exit code 77"))
        // Of a signal of that number nothing is said.
        #expect(try judge(Facts(exit: .signal(2), granted: 1), policy).rule == "other")
    }

    /// The published example: 3072 MiB doubled up to a cap of 20480.
    @Test func `memory grows by its multiplier up to the cap, and once at the cap`() throws {
        let policy = NodePolicy(attempts: 3, memoryMultiplier: 2, memoryCap: 20480)
        var granted = 3072
        var life = PayloadLife()
        var asked = [granted]
        while true {
            let facts = Facts(exit: .signal(9), ranOutOfMemory: true, granted: granted)
            let verdict = try judge(facts, policy, life: life).verdict
            guard case .retry(let retry) = verdict else {
                #expect(
                    verdict
                        == .failed(
                            .payload, message: "out of memory, with 20480 MiB, the memory cap"))
                break
            }
            granted = try #require(retry.memory)
            life.failures += 1
            asked.append(granted)
        }
        #expect(asked == [3072, 6144, 12288, 20480])
    }

    @Test func `memory grows only where the want of it was found`() throws {
        let policy = NodePolicy(memoryMultiplier: 2, memoryCap: 8192)
        let killed = try judge(Facts(exit: .signal(9), granted: 1024), policy).verdict
        #expect(killed == .retry(Retry(.payload, message: "signal 9")))
    }

    @Test func `without a cap the attempts end the growth, and a multiplier of 1 never grows`()
        throws
    {
        let facts = Facts(exit: .code(0), ranOutOfMemory: true, granted: 1000)
        let policy = NodePolicy(attempts: 2, memoryMultiplier: 1.5)
        #expect(
            try judge(facts, policy).verdict
                == .retry(
                    Retry(.payload, message: "out of memory, with 1000 MiB", memory: 1500)))
        #expect(
            try judge(facts, policy, life: PayloadLife(failures: 1)).verdict
                == .failed(.payload, message: "out of memory, with 1000 MiB"))
        #expect(
            try judge(facts, NodePolicy(memoryMultiplier: 1)).verdict
                == .retry(Retry(.payload, message: "out of memory, with 1000 MiB")))
    }

    @Test func `numbers without measure do not trap`() throws {
        let facts = Facts(exit: .code(1), ranOutOfMemory: true, granted: .max)
        for value in [Double.infinity, .nan, -1, 1e308] {
            for cap in [nil, 8192] {
                let policy = NodePolicy(
                    memoryMultiplier: value, memoryCap: cap, wait: value, waitFactor: value)
                #expect(try judge(facts, policy).verdict != .completed)
            }
        }
    }

    @Test func `the strictest rule that matches decides, a passive one is only told`() throws {
        let rules = [
            VerdictRule(name: "any exit", source: .exit, action: .hold),
            VerdictRule(name: "range", codes: 40...49, action: .loss),
            VerdictRule(name: "code", codes: 42...42, action: .fail),
            VerdictRule(name: "words", pattern: "licen[cs]e", action: .hold),
            VerdictRule(
                name: "watched", source: .exit, executable: "flat", isActive: false, action: .fail),
        ]
        func rule(_ code: Int, _ line: String = "") throws -> String {
            try judge(Facts(exit: .code(code), granted: 1, lastLine: line), site: rules).rule
        }
        #expect(try rule(42) == "code")
        #expect(try rule(43) == "range")
        #expect(try rule(1) == "any exit")
        #expect(try rule(1, "no license for it") == "words")
        let judgement = try judge(Facts(exit: .code(42), granted: 1), site: rules)
        #expect(judgement.passive == ["watched"])
        #expect(judgement.verdict == .failed(.payload, message: "exit code 42"))
    }

    @Test func `rules are for an executable or a category`() throws {
        let rules = [
            VerdictRule(name: "of bias", executable: "bias", action: .fail),
            VerdictRule(name: "of db", category: "db", action: .hold),
        ]
        let facts = Facts(exit: .code(1), granted: 1)
        #expect(try judge(facts, site: rules).rule == "other")
        #expect(try judge(facts, NodePolicy(category: "db"), site: rules).rule == "of db")
    }

    @Test func `a rule may give other numbers of attempts, and end the run`() throws {
        let rules = [
            VerdictRule(name: "few", codes: 5...5, action: .retry, limit: 1),
            VerdictRule(name: "stop", codes: 6...6, action: .abortRun, status: 9),
        ]
        #expect(
            try judge(Facts(exit: .code(5), granted: 1), site: rules).verdict
                == .failed(.payload, message: "exit code 5"))
        #expect(
            try judge(Facts(exit: .code(6), granted: 1), site: rules).verdict
                == .abortRun(status: 9, message: "exit code 6"))
    }

    @Test func `all faults of a site's rules are told at once`() throws {
        let error = #expect(throws: ExecutionError.self) {
            try VerdictRules(
                site: [
                    VerdictRule(name: "a", pattern: "(", action: .fail),
                    VerdictRule(name: "a", action: .abortRun),
                    VerdictRule(name: "", action: .fail, limit: 0),
                ], file: "rules.yaml")
        }
        #expect(
            error?.diagnostics.map(\.description) == [
                "rules.yaml: rule a: pattern: found (, expected a regular expression",
                "rules.yaml: rule a: status: found nothing, expected 0 to 255",
                "rules.yaml: rule : name: found nothing, expected a name",
                "rules.yaml: rule : limit: found 0, expected at least 1",
                "rules.yaml: rule : limit: found fail, expected an action that tries again",
                "rules.yaml: rule a: name: found another rule of this name, expected a name used once",
            ])
    }
}
