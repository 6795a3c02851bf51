import ArgumentParser
import Catalogue
import Commands
import Foundation
import GroundSegment
import Planning
import Reporting

/// `sgs explain`: why an item is where it is.
struct ExplainCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "explain",
        abstract: "Say why an observation or tile is at its SDCs, and what another SDC would cost.",
        discussion: """
            For each other SDC: the best pair with it as primary and its extra cost with all else \
            as it is (exact, in TB: copies, external data, failover), the tolerances that it would \
            leave, or the rules that forbid it.  Without PLAN, or with published, the plan in \
            force counts, of several the newest that has the item, and the answer tells when the \
            item last moved and why.  Exit status 66 where the plan has no such item.

              sgs explain --observation 700
              sgs explain --tile 102015010 reports/euclid-2027q1
            """)

    @Argument(
        help: ArgumentHelp("The plan: \(PlanWord.help); or a case, whose run is reports/NAME."))
    var plan: String?

    @Option(help: "Identifier of a tile.")
    var tile: String?

    @Option(help: "Identifier of an observation.")
    var observation: String?

    @Option(help: "The survey; may be left out where the catalogue has only one.")
    var survey: String?

    @OptionGroup var database: DatabaseOptions

    @OptionGroup var answer: AnswerOptions

    func validate() throws {
        guard (tile == nil) != (observation == nil) else {
            throw ValidationError("name one of --tile and --observation")
        }
    }

    func run() async throws {
        let item: ItemID = tile.map { .tile(ID($0)) } ?? .observation(ID(observation ?? ""))
        let finder = PlanFinder(database, survey: survey)
        try await reportingErrors {
            if let plan, PlanWord(plan) != .published {
                try explain(item, in: try await finder.find(plan))
                return
            }
            let store = OwnershipStore(try await finder.connection())
            let survey = try await finder.survey()
            let revisions = try await store.revisions(of: item, survey: survey)
            let place = revisions.last { $0.isCurrent && $0.plan.state == .published }
            guard let revision = place?.plan.revision else {
                throw CommandError(.unknownItem, Self.absence(of: item, survey, revisions))
            }
            try explain(
                item, in: try await finder.find(revision: revision, of: survey),
                moved: Self.lastMove(revisions))
        }
    }

    private static func absence(
        of item: ItemID, _ survey: ID<SurveyPlan>, _ revisions: [PublishedAssignment]
    ) -> String {
        guard let last = revisions.last else {
            return "survey \(survey) has no published \(item)"
        }
        return "no plan in force of survey \(survey) has \(item), which revision "
            + "\(last.plan.revision) had"
    }

    private func explain(
        _ item: ItemID, in reference: PlanReference, moved: String? = nil
    ) throws {
        let plan = reference.plan
        guard let explanation = ItemExplanation(item, in: plan) else {
            throw CommandError(.unknownItem, "\(reference.name): no \(item) in this plan")
        }
        answer.show(
            explanation.json(in: plan, called: reference.name, moved: moved),
            ["plan       \(reference.name)"] + explanation.lines(in: plan)
                + (moved.map { ["moved      " + $0] } ?? []))
    }

    /// When an item last changed an SDC from one revision to the next, and why.
    private static func lastMove(_ revisions: [PublishedAssignment]) -> String {
        let steps = zip(revisions, revisions.dropFirst())
        guard
            let (before, after) = steps.reversed().first(where: {
                $0.assignment != $1.assignment
            })
        else {
            return "never: it is where revision \(revisions[0].plan.revision) put it,"
                + " \(revisions[0].plan.publishedAt)"
        }
        func pair(_ assignment: Assignment) -> String {
            "\(assignment.primary)/\(assignment.secondary)"
        }
        return "in revision \(after.plan.revision), published \(after.plan.publishedAt) by"
            + " \(after.plan.author): from \(pair(before.assignment)) to"
            + " \(pair(after.assignment)), cause: \(after.cause?.rawValue ?? "none stated")"
    }
}
