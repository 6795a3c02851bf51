import ArgumentParser
import Catalogue
import Commands
import Documents
import Foundation
import GroundSegment
import Planning
import Reporting

/// `sgs failover`: lets other SDCs do what a lost one would have done.
struct FailoverCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "failover",
        abstract: "Promote the secondaries of what an SDC would have done, as a plan of its own.",
        discussion: """
            Works on the newest published plan that overlaps the dates; where that is a failover \
            itself, its lost SDC gets nothing until a plan without it is published.  Items whose \
            order is completed stay.  Orders that the lost SDC has taken are done by the others where \
            its runner gives no sign, unless --keep-taken is given, and stay where it does; they \
            are listed, as is what only this SDC holds.  The price is told: copies, cells outside a \
            tolerance, and each SDC's load, as they are and would be.  Items that no SDC can take \
            wait for the lost one; exit status 4 where there are some, after the rest was published.

              sgs failover --sdc SDC-FR --from 2027-02-01 --dry-run
              sgs failover --sdc SDC-FR --from 2027-02-01 --comment "fire" \\
                  --output reports/fire
              sgs withdraw published --comment "SDC-FR is back"
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

    @Flag(help: "Leave orders that the lost SDC has taken to it, for when it is back.")
    var keepTaken = false

    @Flag(help: "List what would change by SDC and bucket, and change nothing.")
    var dryRun = false

    @Flag(help: "List each item that waits and, with --dry-run, each that would change.")
    var items = false

    @Option(help: "Also write its plan.json, assignments.csv and report.html into this folder.")
    var output: String?

    @OptionGroup var answer: AnswerOptions

    func validate() throws {
        if let from, let to, from >= to {
            throw ValidationError("--to is not after --from")
        }
    }

    func run() async throws {
        try await reportingErrors {
            let finder = PlanFinder(options, for: .change, survey: survey)
            let survey = try await finder.survey()
            var place: RunPlace?
            if let output { place = try await RunPlace(path: output, database: options) }
            let base = try await planInForce(of: survey, with: finder)
            let holdings = try await SDCHoldings(
                of: ID(sdc), survey: survey, try await finder.connection())
            let failover = Failover(
                of: ID(sdc), in: base.plan.plan, window: window(of: base.plan.plan),
                except: holdings.done, besides: Set(base.lost))
            let price = FailoverPrice(before: base.plan.plan, after: failover.plan)
            var lines = base.lost.map { "lost too   \($0)" } + lines(failover, holdings)
            var document = json(failover, holdings, lost: base.lost).with(["price": price.json])
            guard !failover.moved.isEmpty else {
                return answer.show(document.with(["publication": .null]), lines)
            }
            try refuseNewViolations(failover.plan, base: base.plan.plan)
            let publication = try await publish(
                failover.plan, newest: base.newest, in: try await finder.store())
            try write(failover.plan, base: base.plan, to: place)
            lines += price.lines + publication.lines
            document = document.with(["publication": publication.json])
            answer.show(document, lines)
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
        of survey: ID<SurveyPlan>, with finder: PlanFinder
    ) async throws -> (plan: PlanReference, newest: String, lost: [ID<SDC>]) {
        let plans = try await finder.store().plans(of: survey)
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
            try await finder.find(revision: plans[place].revision, of: survey), newest.digest,
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

    private func lines(_ failover: Failover, _ holdings: SDCHoldings) -> [String] {
        ["failover   \(failover.moved.count) items of \(sdc)"]
            + destinations(failover).map { sdc, counts in
                "to         \(sdc): \(counts.observations) observations, \(counts.tiles) tiles"
            }
            + waiting(failover)
            + holdings.taken.map { "taken      \($0) at \(sdc), not reported" }
            + holdings.onlyThere.map {
                "only there \($0.name), \($0.item), \($0.bytes) bytes"
            }
            + (holdings.onlyThere.isEmpty ? ["only there nothing"] : [])
    }

    /// What waits for the lost SDC, by bucket, and why.
    private func waiting(_ failover: Failover) -> [String] {
        let buckets = failover.plan.distribution.buckets
        let groups = Dictionary(grouping: failover.waits) {
            [$0.bucket, Failover.Reason.allCases.firstIndex(of: $0.reason) ?? 0]
        }
        return groups.sorted { $0.key.lexicographicallyPrecedes($1.key) }.flatMap { _, waits in
            let observations = waits.count { $0.item.kind == .observation }
            let counts = "\(observations) observations, \(waits.count - observations) tiles"
            return [
                "waiting    \(buckets.name(waits[0].bucket)): \(counts): \(waits[0].reason.words)"
            ]
                + (items ? waits.map { "             \($0.item)" } : [])
        }
    }

    private func json(
        _ failover: Failover, _ holdings: SDCHoldings, lost: [ID<SDC>]
    ) -> JSONValue {
        [
            "sdc": .text(sdc), "lost_too": .list(lost.map(\.text)),
            "items": .integer(failover.moved.count),
            "to": .list(
                destinations(failover).map { sdc, counts in
                    [
                        "sdc": .text(sdc.text), "observations": .integer(counts.observations),
                        "tiles": .integer(counts.tiles),
                    ]
                }),
            "waiting": .list(failover.waiting.map(\.json)),
            "taken": .list(holdings.taken.map(\.text)),
            "only_there": .list(
                holdings.onlyThere.map {
                    $0.item.json.with(["product": .text($0.name), "bytes": .integer($0.bytes)])
                }),
        ]
    }

    /// How many items each SDC gets, by SDC.
    private func destinations(
        _ failover: Failover
    ) -> [(sdc: ID<SDC>, counts: (observations: Int, tiles: Int))] {
        var destinations: [ID<SDC>: (observations: Int, tiles: Int)] = [:]
        for (item, assignment) in failover.moved {
            var counts = destinations[assignment.primary] ?? (0, 0)
            if item.kind == .observation { counts.observations += 1 } else { counts.tiles += 1 }
            destinations[assignment.primary] = counts
        }
        return destinations.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
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

    private func publish(
        _ plan: Plan, newest: String, in store: PlanStore
    ) async throws -> PublicationAnswer {
        let (bytes, digest) = PlanDocument.encode(plan)
        let reference = PlanReference(
            plan: plan, bytes: bytes, digest: digest, name: plan.distribution.name)
        let request = PublicationRequest(
            digest: digest, planJSON: String(decoding: bytes, as: UTF8.self), author: author,
            comment: comment ?? "failover of \(sdc)", softwareRelease: release, priority: priority,
            base: .digest(newest), running: .keep, failoverOf: ID(sdc),
            takesOver: !keepTaken, again: true)
        guard dryRun else {
            return PublicationAnswer(
                reference, try await store.publish(plan.distribution, request))
        }
        let (result, changes) = try await store.preview(plan.distribution, request)
        return PublicationAnswer(reference, result, preview: changes, listsItems: items)
    }

    /// Writes the plan's files, where that was asked for.
    private func write(_ plan: Plan, base: PlanReference, to place: RunPlace?) throws {
        guard let folder = try place?.folder(for: PlanDocument.encode(plan).digest) else { return }
        let run = PlanRun(plan: plan, inputs: [], base: base.reported, record: nil)
        do throws(RunFolderError) {
            try run.write(to: folder, overlaps: false, formats: [])
        } catch {
            throw CommandError(.cannotWrite, error.description)
        }
    }
}

extension Failover.Reason {
    /// What is in the way of every other SDC.
    fileprivate var words: String {
        switch self {
        case .capacity: "no other SDC has enough capacity left there"
        case .transfer: "no line has room left there for what they would move"
        case .outage: "all other SDCs are down when they arrive, or lost as well"
        }
    }
}
