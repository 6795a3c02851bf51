import ArgumentParser
import Catalogue
import Foundation
import Planning

/// `sgs publish`: makes a planned distribution the one that counts.
struct PublishCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "publish",
        abstract: "Publish a plan: its assignments and processing orders, in one transaction.",
        discussion: """
            A plan that is published already changes nothing.  Exit status 75 where the survey is \
            being published by someone else.
            """)

    @OptionGroup var options: DatabaseOptions

    @Argument(help: "A run's folder or its plan.json.")
    var plan: String

    @Option(help: "Why it is published; kept in the catalogue.")
    var comment: String?

    @Option(help: "Who publishes it (default: the user of this session).")
    var author: String = NSUserName()

    @Option(help: "Release of the pipelines' software that the orders ask for.")
    var release: String = "1.0"

    @Option(help: "Priority of the orders; larger runs first.")
    var priority: Int = 0

    func run() async throws {
        let (document, bytes, digest) = try readPlan(plan)
        let request = PublicationRequest(
            digest: digest, planJSON: String(decoding: bytes, as: UTF8.self), author: author,
            comment: comment, softwareRelease: release, priority: priority)
        let result = try await reportingFailures {
            try await PlanStore(try await options.open()).publish(document.distribution, request)
        }
        switch result {
        case .published(let publication):
            let orders = publication.orders
            print(
                "published  \(document.distribution.name) as revision \(publication.revision) of"
                    + " \(document.distribution.survey), digest \(digest.prefix(12))")
            print(
                "orders     \(orders.created) created, \(orders.kept) kept,"
                    + " \(orders.withdrawn) withdrawn, \(orders.untouched) taken or ended before")
        case .alreadyPublished(let earlier):
            print("unchanged  this plan is revision \(earlier.revision) already")
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
    guard let bytes = FileManager.default.contents(atPath: file) else {
        throw CommandFailure(.badInput, "\(file): found no such file, expected a plan.json")
    }
    do throws(PlanDocumentError) {
        let (plan, digest) = try PlanDocument.decode(bytes)
        return (plan, bytes, digest)
    } catch {
        throw CommandFailure(.badInput, "\(file): \(error)")
    }
}
