import ArgumentParser
import Catalogue
import Commands
import Foundation
import GroundSegment
import Planning

/// `sgs failover`: lets other SDCs do what a lost one would have done.
struct FailoverCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "failover",
        abstract: "Promote the secondaries of what an SDC would have done, as a plan of its own.",
        discussion: """
            Works on the newest published plan that overlaps the dates; where that is a failover \
            itself, its lost SDC gets nothing until a plan without it is published.  Items whose \
            order is \
            completed stay; orders that the lost SDC has taken stay as well and are listed, as is \
            what only this SDC holds.  Items that no SDC can take wait for the lost one; exit \
            status 4 where there are some, after the rest was published.
            """)

    @OptionGroup var options: DatabaseOptions

    @Option(help: "The SDC that is lost.")
    var sdc: String

    @Option(help: "The survey, where the catalogue has several.")
    var survey: String?

    @Option(
        help: ArgumentHelp("From when on, UTC (default: the plan's start).", valueName: "date"),
        transform: MJD.argument)
    var from: MJD?

    @Option(
        help: ArgumentHelp("Until when, UTC (default: the plan's end).", valueName: "date"),
        transform: MJD.argument)
    var to: MJD?

    @Option(help: "Why; kept in the catalogue.")
    var comment: String?

    @Option(help: "Who publishes it (default: the user of this session).")
    var author: String = NSUserName()

    @Option(help: "Release of the pipelines' software that the orders ask for.")
    var release: String = "1.0"

    @Option(help: "Priority of the orders; larger runs first.")
    var priority: Int = 0

    @Flag(help: "List what would change, and change nothing.")
    var dryRun = false

    func validate() throws {
        if let from, let to, from >= to {
            throw ValidationError("--to is not after --from")
        }
    }

    func run() async throws {
        try await reportingErrors {
            let connection = try await options.open(for: .change)
            let store = PlanStore(connection)
            let survey = try await OwnershipStore(connection).survey(
                named: survey.map { ID($0) })
            let base = try await planInForce(of: survey, in: store)
            let holdings = try await SDCHoldings(of: ID(sdc), survey: survey, connection)
            let failover = Failover(
                of: ID(sdc), in: base.plan.plan, window: window(of: base.plan.plan),
                except: holdings.done, besides: Set(base.lost))
            for other in base.lost { print("lost too   \(other)") }
            tell(failover, holdings)
            guard !failover.moved.isEmpty else { return }
            try refuseNewViolations(failover.plan, base: base.plan.plan)
            try await publish(failover.plan, newest: base.newest, in: store)
            guard failover.waiting.isEmpty else {
                throw CommandError(
                    .limitReached,
                    "\(failover.waiting.count) items wait for \(sdc), because no other SDC can "
                        + "take them")
            }
        }
    }

    /// The newest plan in force that overlaps the dates, the digest of the newest published, and
    /// the SDCs whose failovers the plan came from, one after the other.
    private func planInForce(
        of survey: ID<SurveyPlan>, in store: PlanStore
    ) async throws -> (plan: PlanReference, newest: String, lost: [ID<SDC>]) {
        let plans = try await store.plans(of: survey)
        let place = plans.firstIndex { plan in
            plan.state == .published && from.map { $0 < plan.period.end } ?? true
                && to.map { $0 > plan.period.start } ?? true
        }
        guard let place, let newest = plans.first else {
            throw CommandError(
                .unknownItem, "survey \(survey) has no published plan that overlaps the dates")
        }
        let lost = plans[place...].prefix { $0.failoverOf != nil }.compactMap(\.failoverOf)
        return (
            try await PlanReference.find(plans[place].digest, in: store), newest.digest,
            lost.filter { $0.text != sdc }
        )
    }

    private func window(of plan: Plan) -> TimeWindow {
        let period = plan.distribution.buckets.period
        // What arrives after the period counts in its last bucket, and belongs to it.
        let last = plan.distribution.tiles.map(\.ready).max() ?? period.end
        let arrived = plan.distribution.observations.map(\.arrival).max() ?? period.end
        return TimeWindow(
            start: from ?? period.start,
            end: to ?? max(period.end, max(last, arrived)) + 1)
    }

    private func tell(_ failover: Failover, _ holdings: SDCHoldings) {
        var destinations: [ID<SDC>: (observations: Int, tiles: Int)] = [:]
        for (item, assignment) in failover.moved {
            var counts = destinations[assignment.primary] ?? (0, 0)
            if item.kind == .observation { counts.observations += 1 } else { counts.tiles += 1 }
            destinations[assignment.primary] = counts
        }
        print("failover   \(failover.moved.count) items of \(sdc)")
        for (sdc, counts) in destinations.sorted(by: { $0.key < $1.key }) {
            print("to         \(sdc): \(counts.observations) observations, \(counts.tiles) tiles")
        }
        for item in failover.waiting { print("waiting    \(item)") }
        for order in holdings.taken { print("taken      \(order) at \(sdc), not reported") }
        for product in holdings.onlyThere {
            print("only there \(product.name), \(product.item), \(product.bytes) bytes")
        }
        if holdings.onlyThere.isEmpty { print("only there nothing") }
    }

    /// What the base broke already is not the failover's doing.
    private func refuseNewViolations(_ plan: Plan, base: Plan) throws {
        let before = Set(base.violations)
        let violations = plan.violations.filter { !before.contains($0) }
        guard violations.isEmpty else {
            throw CommandError(
                .infeasible,
                lines: violations + [
                    "the other SDCs cannot take all of \(sdc)'s work; nothing changed"
                ]
            )
        }
    }

    private func publish(_ plan: Plan, newest: String, in store: PlanStore) async throws {
        let (bytes, digest) = PlanDocument.encode(plan)
        let reference = PlanReference(plan: plan, bytes: bytes, digest: digest)
        let request = PublicationRequest(
            digest: digest, planJSON: String(decoding: bytes, as: UTF8.self), author: author,
            comment: comment ?? "failover of \(sdc)", softwareRelease: release, priority: priority,
            base: .digest(newest), running: .keep, failoverOf: ID(sdc), again: true)
        if dryRun {
            let (result, changes) = try await store.preview(plan.distribution, request)
            PublicationAnswer(reference, result, isPreview: true).show()
            for change in changes { print(PublicationAnswer.line(change)) }
        } else {
            PublicationAnswer(
                reference, try await store.publish(plan.distribution, request)
            ).show()
        }
    }
}
