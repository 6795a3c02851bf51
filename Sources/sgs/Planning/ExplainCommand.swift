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
            """)

    @Argument(help: "A run's folder or plan.json, published, or a case, whose run is reports/NAME.")
    var plan: String?

    @Option(help: "Identifier of a tile.")
    var tile: String?

    @Option(help: "Identifier of an observation.")
    var observation: String?

    @Option(help: "The survey; may be left out where the catalogue has only one.")
    var survey: String?

    @OptionGroup var database: DatabaseOptions

    func validate() throws {
        guard (tile == nil) != (observation == nil) else {
            throw ValidationError("name one of --tile and --observation")
        }
    }

    func run() async throws {
        let item: ItemID = tile.map { .tile(ID($0)) } ?? .observation(ID(observation ?? ""))
        if let plan, plan != PlanReference.published {
            try explain(item, in: try readPlan(try Self.run(of: plan)).plan, of: plan)
            return
        }
        try await reportingErrors {
            let connection = try await database.open()
            let store = OwnershipStore(connection)
            let survey = try await store.survey(named: survey.map { ID($0) })
            let revisions = try await store.revisions(of: item, survey: survey)
            let place = revisions.last { $0.isCurrent && $0.plan.state == .published }
            guard let revision = place?.plan.revision else {
                throw CommandError(.unknownItem, Self.absence(of: item, survey, revisions))
            }
            let reference = try await PlanReference.find(
                revision: revision, of: survey, in: PlanStore(connection))
            try explain(
                item, in: reference.plan, of: "revision \(revision) of survey \(survey)")
            print("moved      " + Self.lastMove(revisions))
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

    private func explain(_ item: ItemID, in plan: Plan, of name: String) throws {
        guard let explanation = ItemExplanation(item, in: plan) else {
            throw CommandError(.unknownItem, "\(name): no \(item) in this plan")
        }
        print("plan       \(name)")
        for line in explanation.lines(in: plan) { print(line) }
    }

    /// The run that a path means: a case stands for the run of its name.
    private static func run(of path: String) throws -> String {
        let isRun = FileManager.default.fileExists(atPath: path + "/plan.json")
        let isCase =
            path.hasSuffix(".yaml") || FileManager.default.fileExists(atPath: path + "/plan.yaml")
        guard !isRun, isCase else { return path }
        let folder = "reports/\(try readCase(path).name)"
        guard FileManager.default.fileExists(atPath: folder + "/plan.json") else {
            throw CommandError(
                .badInput,
                "\(folder): found no plan.json, expected that of the case \(path):"
                    + " plan it first")
        }
        return folder
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
