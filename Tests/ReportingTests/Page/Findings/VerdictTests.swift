import GroundSegment
import Planning
import Testing

@testable import Reporting

@Suite("Verdict")
struct VerdictTests {
    private let plan: Plan
    private let skewed: Plan

    init() throws {
        let sample = try SamplePlan.shared.get()
        plan = sample.plan
        skewed = sample.skewed
    }

    /// The plan with other SDCs, and as many of its observations the other way round.
    private func changed(sdcs: [SDC]? = nil, swapping count: Int = 0, cause: ChangeCause? = nil)
        -> Plan
    {
        let old = plan.distribution
        let observations = old.observations.enumerated().map { place, entry in
            let pair = entry.assignment
            let swapped = Assignment(primary: pair.secondary, secondary: pair.primary)
            return AssignedObservation(
                observation: entry.observation, arrival: entry.arrival, bucket: entry.bucket,
                assignment: place < count ? swapped : pair, copiesTo: entry.copiesTo,
                cause: place < count ? cause : nil)
        }
        return Plan(
            distribution: Distribution(
                name: old.name, survey: old.survey, buckets: old.buckets,
                sdcs: sdcs ?? old.sdcs, processing: old.processing, observations: observations,
                tiles: old.tiles),
            balance: plan.balance, weights: plan.weights, measures: plan.measures,
            bound: plan.bound, search: plan.search, base: "abcdef0123456789")
    }

    /// The plan with another bound.
    private func bounded(by bound: Terabytes) -> Plan {
        Plan(
            distribution: plan.distribution, balance: plan.balance, weights: plan.weights,
            measures: plan.measures, bound: bound, search: plan.search)
    }

    private var items: String {
        "\(plan.distribution.observations.count + plan.distribution.tiles.count) items"
    }

    @Test("a plan that keeps all rules is publishable, with its distance from the bound")
    func publishable() throws {
        for part in [1, 0.98] {
            let plan = bounded(by: try #require(plan.bound) * part)
            let verdict = Verdict(plan: plan, base: nil, difference: nil)
            #expect(verdict.isPublishable)
            #expect(verdict.text.hasPrefix("Publishable: no rule broken, "))
            let gap = try #require(plan.gap)
            #expect(
                verdict.text.contains(
                    gap == 0
                        ? "at the proven minimum"
                        : "\(NumberText.percent(gap, 2)) above the proven minimum"))
            #expect(verdict.text.hasSuffix("; planned afresh."))
        }
    }

    @Test(
        "of a plan in the catalogue it says first what has become of it",
        arguments: [
            (DistributionState.checked, nil, "Publishable: no rule broken, "),
            (.published, nil, "Published as revision 3: no rule broken, "),
            (
                .superseded, Report.Standing.End(instant: MJD(61409.5), successor: 4),
                "Superseded by revision 4 on 2027-01-04. When made: no rule broken, "
            ),
            (.superseded, nil, "Superseded. When made: no rule broken, "),
            (
                .withdrawn, Report.Standing.End(instant: MJD(61409)),
                "Withdrawn on 2027-01-04. When made: no rule broken, "
            ),
        ])
    func standing(_ state: DistributionState, _ end: Report.Standing.End?, _ start: String) {
        let standing = Report.Standing(state: state, revision: 3, end: end)
        let verdict = Verdict(plan: plan, base: nil, difference: nil, standing: standing)
        #expect(verdict.text.hasPrefix(start))
        let page = Report(plan: plan, inputs: [], digest: "", standing: standing).html()
        let isPast = state == .superseded || state == .withdrawn
        #expect(page.contains("<p class=\"verdict\(isPast ? " past" : "")\">\(start)"))
    }

    @Test("a plan that breaks rules is not, and says how many")
    func refused() {
        let verdict = Verdict(plan: skewed, base: nil, difference: nil)
        #expect(!verdict.isPublishable)
        let count = skewed.measures.violations.count
        #expect(verdict.text.hasPrefix("Not publishable: \(count) hard rule"))
        #expect(verdict.text.contains("\(skewed.measures.outside.count) cell"))
        #expect(verdict.text.contains("without a proven minimum"))
    }

    @Test("what moves is counted by cause; a base itself moves nothing")
    func moves() {
        let revised = changed(swapping: 3)
        let difference = PlanDifference(from: changed(), to: revised)
        let text = Verdict(plan: revised, base: changed(), difference: difference).text
        #expect(text.hasSuffix("; 3 of \(items) move, 3 free."))
        let same = PlanDifference(from: plan, to: changed())
        #expect(
            Verdict(plan: changed(), base: plan, difference: same).text
                .hasSuffix("; none of \(items) moves."))
    }

    @Test("without the base's plan its causes are told as they are in the plan")
    func causes() {
        let revised = changed(swapping: 2, cause: .maintenance)
        let text = Verdict(plan: revised, base: nil, difference: nil).text
        #expect(text.hasSuffix("; 2 of \(items) are new or move, 2 for maintenance."))
    }

    @Test("the SDC that is lost is named, where the base is at hand")
    func failover() throws {
        let lost = plan.distribution.tiles[0].assignment.primary
        let failover = Failover(of: lost, in: plan)
        let count = failover.moved.count
        let difference = PlanDifference(from: plan, to: failover.plan)
        #expect(
            Verdict(plan: failover.plan, base: plan, difference: difference).text
                .hasSuffix("; \(count) of \(items) move, \(count) for the failover of \(lost)."))
        let alone = Verdict(
            plan: changed(swapping: 2, cause: .failover), base: nil, difference: nil)
        #expect(alone.text.hasSuffix("2 for failover."))
    }

    @Test("the SDC whose maintenance is another than in the base is named")
    func maintenance() throws {
        let sdcs = plan.distribution.sdcs.map { sdc in
            guard sdc.id == "SDC-D" else { return sdc }
            let window = TimeWindow(start: SamplePlan.start + 1, end: SamplePlan.start + 20)
            return SDC(
                id: sdc.id, name: sdc.name, cores: sdc.cores, storage: sdc.storage,
                maintenance: [MaintenanceWindow(window: window, availability: 0)])
        }
        let revised = changed(sdcs: sdcs, swapping: 160)
        let difference = PlanDifference(from: plan, to: revised)
        #expect(difference.count(.maintenance) > 0)
        let text = Verdict(plan: revised, base: plan, difference: difference).text
        #expect(
            text.contains("\(difference.count(.maintenance)) for the maintenance of SDC-D"))
    }
}
