import GroundSegment
import Planning
import Testing

@testable import Reporting

@Suite("RuleStanding")
struct RuleStandingTests {
    private let sample: SamplePlan

    init() throws {
        sample = try SamplePlan.shared.get()
    }

    @Test("each breach and each cell outside counts at its rule")
    func broken() {
        let plan = sample.skewed
        let rules = RuleStanding.all(of: plan)
        #expect(rules.map(\.code) == ["H1", "H2", "H3", "H4", "H5", "T1", "T2", "T3", "T4"])
        let hard = rules.prefix(5).reduce(0) { $0 + $1.broken }
        #expect(hard == plan.measures.violations.count && hard > 0)
        #expect(
            rules.dropFirst(5).reduce(0) { $0 + $1.broken } == plan.measures.outside.count)
    }

    @Test("room is negative where a rule is broken, and only there")
    func room() throws {
        for plan in [sample.plan, sample.skewed] {
            for rule in RuleStanding.all(of: plan) {
                guard let tightest = rule.tightest else { continue }
                #expect((tightest.slack < -1e-9) == (rule.broken > 0), "\(rule.code)")
            }
        }
    }

    @Test("the least room for a wait is that of the longest one")
    func gap() throws {
        let plan = sample.plan
        let rule = try #require(RuleStanding.all(of: plan).last)
        let tightest = try #require(rule.tightest)
        #expect(
            abs(tightest.slack - (1 - plan.measures.longestGap / plan.balance.gap)) < 1e-12)
        let longest = plan.measures.loads.first { $0.longestGap == plan.measures.longestGap }
        #expect(tightest.name == longest?.sdc.text)
    }
}
