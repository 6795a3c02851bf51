import ArgumentParser
import Catalogue
import Commands
import Foundation
import Planning

/// `sgs publish`: makes a planned distribution the one that counts.
struct PublishCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "publish",
        abstract: "Publish a plan: its assignments and processing orders, in one transaction.",
        discussion: """
            Takes exactly the plan that was approved, on the base that it was made from; --approve \
            checks and approves it in the same step, for a catalogue of one's own.  A plan in force \
            changes nothing.  One that was superseded or withdrawn is published only with --again: \
            it becomes a new revision, checked anew.  Exit status 5 where the base moved meanwhile, \
            or where what runners have done would move by a plan published again, 75 where the \
            survey is being published by someone else or runners have orders of items that would \
            move.
            """)

    @OptionGroup var options: DatabaseOptions

    @Argument(help: "A run's folder, its plan.json, or the digest of a plan of the catalogue.")
    var plan: String

    @Option(help: "Why it is published; kept in the catalogue.")
    var comment: String

    @Option(help: "Who publishes it (default: the user of this session).")
    var author: String = NSUserName()

    @Flag(help: "Check, approve and publish in one step.")
    var approve = false

    @Flag(help: "Also where it was superseded or withdrawn: as a new revision.")
    var again = false

    @Option(
        help: ArgumentHelp(
            "What it was made from: published (the newest one), none, or a digest (default: what"
                + " the plan says, or else published).",
            valueName: "digest"))
    var base: BaseArgument?

    @Option(help: "What becomes of items that move while a runner has their order: keep or refuse.")
    var running: RunningArgument = .refuse

    @Flag(help: "List what would change, and change nothing.")
    var dryRun = false

    @Option(help: "Release of the pipelines' software that the orders ask for.")
    var release: String = "1.0"

    @Option(help: "Priority of the orders; larger runs first.")
    var priority: Int = 0

    func validate() throws {
        guard comment.contains(where: { !$0.isWhitespace }) else {
            throw ValidationError("--comment: found an empty one, expected why it is published")
        }
    }

    func run() async throws {
        try await reportingErrors {
            let store = PlanStore(try await options.open(for: .change))
            let reference = try await PlanReference.find(plan, in: store)
            if approve || again { try refuseViolations(of: reference) }
            let request = PublicationRequest(
                digest: reference.digest,
                planJSON: String(decoding: reference.bytes, as: UTF8.self),
                author: author, comment: comment, softwareRelease: release, priority: priority,
                approval: approve ? .given : .required,
                base: try await BaseArgument.resolve(base, of: reference, in: store),
                running: running.orders, again: again)
            let distribution = reference.plan.distribution
            if dryRun {
                let (result, changes) = try await store.preview(distribution, request)
                PublicationAnswer(reference, result, isPreview: true).show()
                for change in changes { print(PublicationAnswer.line(change)) }
            } else {
                let result = try await store.publish(distribution, request)
                PublicationAnswer(reference, result).show()
            }
        }
    }

    private func refuseViolations(of reference: PlanReference) throws {
        let violations = reference.plan.violations
        guard violations.isEmpty else {
            throw CommandError(
                .infeasible,
                lines: violations + [
                    "the plan \(reference.digest.prefix(12)) is not published: it breaks "
                        + "\(violations.count) hard rules"
                ])
        }
    }
}

/// Reads a plan.json, or ends the command with what is wrong with it.
///
/// - Parameter path: the file, or the folder that holds it.
func readPlan(_ path: String) throws -> (plan: Plan, bytes: Data, digest: String) {
    var isFolder: ObjCBool = false
    let isThere = FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
    let file = isThere && isFolder.boolValue ? path + "/plan.json" : path
    guard let bytes = try WholeFile.contents(file) else {
        throw CommandError(.badInput, "\(file): found no such file, expected a plan.json")
    }
    do throws(PlanDocumentError) {
        let (plan, digest) = try PlanDocument.decode(bytes)
        return (plan, bytes, digest)
    } catch {
        throw CommandError(.badInput, lines: error.lines(file: file))
    }
}
