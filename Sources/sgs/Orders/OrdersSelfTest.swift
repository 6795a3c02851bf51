import ArgumentParser
import Catalogue
import Commands
import Foundation
import GroundSegment

/// `sgs orders selftest`
struct OrdersSelfTest: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "selftest",
        abstract: "Ask the SDCs' runners for a self-test, or show what they found.",
        discussion: """
            Each runner does it beside its orders, as sdc-runner selftest does.  --show lists \
            state, features and digest of each SDC's last one, and says whether all run the same. \
            Exit status of --show: 1 where digests differ or one failed; 66 where an SDC is \
            unknown.

              sgs orders selftest
              sgs orders selftest --sdc SDC-FR --sdc SDC-IT
              sgs orders selftest --show
            """)

    @OptionGroup var database: DatabaseOptions

    @Option(help: "Only this SDC; may be given several times.")
    var sdc: [String] = []

    @Flag(help: "Ask for nothing; show the last of each.")
    var show = false

    @Option(help: "Who asks for it (default: the user of this session).")
    var author: String = NSUserName()

    @OptionGroup var answer: AnswerOptions

    func validate() throws {
        guard !author.isEmpty else { throw ValidationError("--author: expected a name") }
    }

    func run() async throws {
        try await reportingErrors {
            let store = SelfTestStore(try await database.open())
            if show { return try await show(store) }
            let changes = try await store.issue(to: sdc.map { ID($0) }, by: author).map {
                OrderChange(order: $0.sdc.text, change: $0.isNew ? "asked" : "asked before")
            }
            answer.show(OrderChange.json(changes), changes.map(\.text))
        }
    }

    private func show(_ store: SelfTestStore) async throws {
        let all = try await store.latest()
        let unknown = sdc.filter { name in !all.contains { $0.sdc.text == name } }
        guard unknown.isEmpty else {
            throw CatalogueError(
                .unknownItem,
                "no SDC \(unknown.joined(separator: ", ")) in the catalogue, which has "
                    + all.map(\.sdc.text).joined(separator: ", "))
        }
        let tests = SelfTestAnswer(
            all.filter { sdc.isEmpty || sdc.contains($0.sdc.text) })
        answer.show(tests.json, tests.lines)
        if tests.isBad { throw ExitCode(ExitStatus.failure.rawValue) }
    }
}
