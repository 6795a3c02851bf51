import GroundSegment
import LinearProgramming
import Testing

@testable import Planning

@Suite("Failover")
struct FailoverTests {
    private func plan(maintenance: [Int: [MaintenanceWindow]] = [:]) throws -> Plan {
        var timings = StageTimings()
        let options = PlanningOptions(effort: .quick, steps: 10_000)
        return try Planner(solver: GLPKSolver()).plan(
            Problem(
                SmallCase.strip(
                    observations: 12, sdcs: SmallCase.sdcs(3, maintenance: maintenance),
                    options: options)), timings: &timings)
    }

    @Test("a plan recounts to its own measures, and breaks no rule")
    func recount() throws {
        let plan = try plan()
        #expect(plan.recounted == plan.measures)
        #expect(plan.violations.isEmpty)
    }

    @Test("the secondaries do what the lost SDC would have done, and it becomes the secondary")
    func promotes() throws {
        let plan = try plan()
        let lost: ID<SDC> = "SDC-B"
        let failover = Failover(of: lost, in: plan)
        let before = plan.distribution
        let after = failover.plan.distribution
        #expect(after.name == "strip-failover-SDC-B")
        #expect(!failover.moved.isEmpty)
        #expect(
            failover.moved.count
                == before.observations.count { $0.assignment.primary == lost }
                + before.tiles.count { $0.assignment.primary == lost })
        for (old, new) in zip(before.tiles, after.tiles) {
            if old.assignment.primary == lost {
                #expect(new.assignment.primary == old.assignment.secondary)
                #expect(new.assignment.secondary == lost)
                #expect(new.cause == .failover)
            } else {
                #expect(new.assignment == old.assignment)
                #expect(new.cause == nil)
            }
        }
        #expect(failover.plan.recounted == failover.plan.measures)
        #expect(failover.plan.violations.isEmpty)
        #expect(
            failover.plan.measures.copyCount
                == after.observations.reduce(0) { $0 + $1.copiesTo.count })
    }

    @Test("an SDC whose line has no room gets no more than it carries, and what is left waits")
    func lines() throws {
        let plan = try plan()
        // No more may go out anywhere than what goes out in the busiest bucket now.
        let now = plan.transfers
        let sdcs = plan.distribution.sdcs.enumerated().map { place, sdc in
            let most = now[place].outward.map(\.sum).max() ?? 0
            return sdc.with(egress: most / (0.45 * 96))
        }
        let limited = Plan(
            distribution: Distribution(
                name: "limited", survey: plan.distribution.survey,
                buckets: plan.distribution.buckets, sdcs: sdcs,
                processing: plan.distribution.processing,
                observations: plan.distribution.observations, tiles: plan.distribution.tiles),
            balance: plan.balance, weights: plan.weights, measures: plan.measures,
            bound: plan.bound, search: plan.search)
        #expect(limited.violations.isEmpty)
        let failover = Failover(of: "SDC-B", in: limited)
        #expect(!failover.waits.isEmpty)
        #expect(failover.waits.allSatisfy { $0.reason == .transfer })
        #expect(failover.plan.violations.isEmpty)
        #expect(failover.moved.count < Failover(of: "SDC-B", in: plan).moved.count)
    }

    @Test("compared with its base a failover's changes are its own, also those read back")
    func difference() throws {
        let plan = try plan()
        let failover = Failover(of: "SDC-B", in: plan)
        let read = try PlanDocument.decode(PlanDocument.encode(failover.plan).bytes).plan
        for after in [failover.plan, read] {
            let difference = PlanDifference(from: plan, to: after)
            #expect(difference.changes.map(\.item) == failover.moved.map(\.item))
            #expect(difference.count(.failover) == failover.moved.count)
        }
        let back = PlanDifference(from: failover.plan, to: plan)
        #expect(back.count(.failover) == 0)
        #expect(back.moved.count == failover.moved.count)
    }

    @Test("an SDC that is lost as well gets nothing")
    func besides() throws {
        let plan = try plan()
        let failover = Failover(of: "SDC-B", in: plan, besides: ["SDC-A"])
        #expect(!failover.moved.isEmpty)
        #expect(failover.moved.allSatisfy { $0.assignment.primary == "SDC-C" })
    }

    @Test("what is done already, and what falls outside the dates, stays")
    func stays() throws {
        let plan = try plan()
        let lost: ID<SDC> = "SDC-B"
        let all = Failover(of: lost, in: plan).moved.map(\.item)
        let done = try #require(all.first)
        let rest = Failover(of: lost, in: plan, except: [done]).moved.map(\.item)
        #expect(rest == Array(all.dropFirst()))
        let never = TimeWindow(start: SmallCase.start + -10, end: SmallCase.start)
        #expect(Failover(of: lost, in: plan, window: never).moved.isEmpty)
    }

    @Test("where the secondary is down at an arrival a third SDC takes the observation")
    func third() throws {
        let plan = try plan()
        let lost: ID<SDC> = "SDC-B"
        let entry = try #require(
            plan.distribution.observations.first { $0.assignment.primary == lost })
        let down = entry.assignment.secondary
        let sdcs = plan.distribution.sdcs.map { sdc in
            sdc.id == down
                ? SDC(
                    id: sdc.id, name: sdc.name, cores: sdc.cores, storage: sdc.storage,
                    maintenance: [
                        MaintenanceWindow(
                            window: TimeWindow(
                                start: entry.arrival + -0.01, end: entry.arrival + 0.01),
                            availability: 0)
                    ]) : sdc
        }
        let old = plan.distribution
        let base = Plan(
            distribution: Distribution(
                name: old.name, survey: old.survey, buckets: old.buckets, sdcs: sdcs,
                processing: old.processing, observations: old.observations, tiles: old.tiles),
            balance: plan.balance, weights: plan.weights, measures: plan.measures, bound: nil,
            search: plan.search)
        let moved = Failover(of: lost, in: base).moved
        let observation = moved.first { $0.item == .observation(entry.observation.id) }
        let assignment = try #require(observation?.assignment)
        #expect(assignment.secondary == down)
        #expect(assignment.primary != lost)
    }

    @Test("items that no SDC has the capacity for wait, and no rule is broken")
    func waiting() throws {
        let plan = try plan()
        let lost: ID<SDC> = "SDC-B"
        let old = plan.distribution
        // In each bucket just what the two others do already.
        let sdcs = zip(old.sdcs, plan.measures.loads).map { sdc, load in
            guard sdc.id != lost else { return sdc }
            let rates = load.buckets.enumerated().map { index, bucket in
                bucket.work.value / (old.buckets[index].days * 24)
            }
            let busiest = rates.max() ?? 0
            return SDC(
                id: sdc.id, name: sdc.name, cores: busiest * 1.0001, storage: sdc.storage,
                maintenance: rates.enumerated().map { index, rate in
                    MaintenanceWindow(window: old.buckets[index], availability: rate / busiest)
                })
        }
        let base = Plan(
            distribution: Distribution(
                name: old.name, survey: old.survey, buckets: old.buckets, sdcs: sdcs,
                processing: old.processing, observations: old.observations, tiles: old.tiles),
            balance: plan.balance, weights: plan.weights, measures: plan.measures, bound: nil,
            search: plan.search)
        let failover = Failover(of: lost, in: base)
        #expect(failover.moved.isEmpty)
        #expect(failover.waiting == Failover(of: lost, in: plan).moved.map(\.item))
        #expect(!failover.waiting.isEmpty)
        #expect(failover.waits.allSatisfy { $0.reason == .capacity })
        let alone = Failover(of: "SDC-A", in: plan, besides: ["SDC-B", "SDC-C"])
        #expect(alone.moved.isEmpty && !alone.waits.isEmpty)
        #expect(alone.waits.allSatisfy { $0.reason == .outage })
        #expect(failover.plan.violations.isEmpty)
    }
}
