import GroundSegment
import LinearProgramming
import Testing

@testable import Planning

@Suite("Precedent rules")
struct PrecedentRulesTests {
    private static func period(_ from: Double, _ to: Double) -> TimeWindow {
        TimeWindow(start: SmallCase.start + from, end: SmallCase.start + to)
    }

    private static func plan(of planningCase: PlanningCase) -> Plan {
        let problem = Problem(planningCase)
        return Plan(
            problem, placement: SmallCase.randomPlacement(problem, seed: 1), bound: nil,
            search: SearchRecord(
                effort: "quick", seed: 1, stepsAsked: 0, steps: 0, stop: .steps, solver: ""))
    }

    private let rules = PrecedentRules(SmallCase.strip(observations: 4))

    @Test("what shares time with the period is a base, what starts before it an earlier plan")
    func periods() {
        #expect(rules.isBase(Self.period(7, 12)))
        #expect(!rules.isBase(Self.period(8, 12)))
        #expect(rules.isEarlier(Self.period(-4, 4), isSuperseded: false))
        #expect(!rules.isEarlier(Self.period(-4, 4), isSuperseded: true))
        #expect(!rules.isEarlier(Self.period(0, 4), isSuperseded: false))
    }

    @Test("a plan of another survey or period is refused")
    func refused() throws {
        let strip = SmallCase.strip(observations: 4)
        try rules.check(Self.plan(of: strip))
        try rules.checkBase(Self.plan(of: strip))
        let foreign = PlanningCase(
            name: "x", survey: SurveyPlan(id: "other", observations: strip.survey.observations),
            sdcs: strip.sdcs, grid: strip.grid, buckets: strip.buckets,
            processing: strip.processing, balance: strip.balance)
        #expect(throws: PrecedentError.otherSurvey(found: "other", expected: "test")) {
            try rules.check(Self.plan(of: foreign))
        }
        let later = Self.period(8, 16)
        let early = PrecedentRules(
            PlanningCase(
                name: "x", survey: strip.survey, sdcs: strip.sdcs, grid: strip.grid,
                buckets: Buckets(period: later, length: 4), processing: strip.processing,
                balance: strip.balance))
        #expect(throws: PrecedentError.otherPeriod(found: Self.period(0, 8), expected: later)) {
            try early.checkBase(Self.plan(of: strip))
        }
    }

    @Test("a freeze without a base, before, within and after the period is told")
    func freeze() {
        func remarks(_ days: Double, _ base: Precedent.Base?) -> [PrecedentRemark] {
            let strip = SmallCase.strip(
                observations: 4, rules: ItemRules(freezeBefore: SmallCase.start + days))
            return PrecedentRules(strip).remarks(Precedent(base: base))
        }
        let table = Precedent.Base.table(AssignmentTable(rows: []))
        let (start, end) = (SmallCase.start, SmallCase.start + 8)
        #expect(remarks(4, nil) == [.freezeWithoutBase])
        #expect(remarks(0, table) == [.freezesNothing(start, start: start)])
        #expect(remarks(4, table) == [])
        #expect(remarks(8, table) == [.freezesAll(end, end: end)])
    }

    @Test("SDCs of the base that are gone are told")
    func missing() {
        let four = Self.plan(of: SmallCase.strip(observations: 4, sdcs: SmallCase.sdcs(4)))
        let remarks = rules.remarks(Precedent(base: four))
        #expect(remarks == [.missingSDCs(["SDC-D"])])
        #expect(
            remarks.first?.description
                == "base: SDC-D is no longer among the SDCs; what was there moves")
    }
}
