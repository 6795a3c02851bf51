import ArgumentParser
import Catalogue
import Commands
import Documents
import GroundSegment

/// `sgs catalogue grant`
struct CatalogueGrant: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "grant",
        abstract: "Let a login of the database plan, read, own, or run the orders of an SDC.",
        discussion: """
            The login itself, and how it proves who it is, is made with CREATE ROLE ... LOGIN.

              sgs catalogue grant reader anna
              sgs catalogue grant runner sdc_fr --sdc SDC-FR
            """)

    enum Role: String, ExpressibleByArgument, CaseIterable {
        case owner, planner, runner, reader
    }

    @OptionGroup var options: DatabaseOptions

    @Argument(help: "What it may do: owner, planner, runner or reader.")
    var role: Role

    @Argument(help: "The login.")
    var login: String

    @Option(help: "The SDC that a runner serves.")
    var sdc: String?

    func validate() throws {
        guard (role == .runner) == (sdc != nil) else {
            throw ValidationError("--sdc goes with runner, and only with it")
        }
    }

    @OptionGroup var answer: AnswerOptions

    func run() async throws {
        try await reportingErrors {
            let store = AccessStore(try await options.open())
            if let sdc {
                try await store.grantRunner(of: ID(sdc), to: login)
            } else {
                try await store.grant(CatalogueRole(role), to: login)
            }
            answer.show(
                ["role": .text(role.rawValue), "sdc": JSONValue(sdc), "login": .text(login)],
                ["granted    \(role.rawValue)\(sdc.map { " of \($0)" } ?? "") to \(login)"])
        }
    }
}

extension CatalogueRole {
    fileprivate init(_ role: CatalogueGrant.Role) {
        switch role {
        case .owner: self = .owner
        case .planner: self = .planner
        case .runner: self = .runner
        case .reader: self = .reader
        }
    }
}
