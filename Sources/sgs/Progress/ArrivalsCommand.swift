import ArgumentParser
import Catalogue
import Commands
import Documents
import Foundation
import GroundSegment
import Markup

/// `sgs arrivals`: which observations' data came, and which never will.
struct ArrivalsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "arrivals",
        abstract: "Say which observations' data came, and which never will.",
        discussion: """
            The order of a lost observation is not taken, and the tiles that need it wait.  A plan \
            with --base published leaves lost observations out; once it is published, their \
            tiles' orders go on without them.
            """,
        subcommands: [
            ArrivalsList.self, ArrivalsLost.self, ArrivalsArrived.self, ArrivalsExpected.self,
        ])
}

/// `sgs arrivals list`
struct ArrivalsList: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "List what was said of observations' data, the newest of each.",
        discussion: "  sgs arrivals list")

    @OptionGroup var options: DatabaseOptions

    @Option(help: "The survey, where the catalogue has several.")
    var survey: String?

    @OptionGroup var answer: AnswerOptions

    func run() async throws {
        try await reportingErrors {
            let connection = try await options.open()
            let survey = try await OwnershipStore(connection).survey(
                named: survey.map { ID($0) })
            let events = try await ArrivalStore(connection).newest(of: survey)
            answer.show(
                .list(
                    events.map { event in
                        [
                            "observation": .text(event.observation.text),
                            "event": .text(event.kind.rawValue), "actor": .text(event.actor),
                            "comment": .text(event.comment), "at": JSONValue(event.instant),
                        ]
                    }),
                TextTable(
                    [.left("observation"), .left("data"), .left("at"), .left("by"), .left("why")],
                    rows: events.map {
                        [
                            $0.observation.text, $0.kind.rawValue, "\($0.instant)", $0.actor,
                            $0.comment,
                        ]
                    }
                ).lines)
        }
    }
}

/// The options of the commands that say something of observations.
struct ArrivalOptions: ParsableArguments {
    @OptionGroup var database: DatabaseOptions

    @Option(help: "The survey, where the catalogue has several.")
    var survey: String?

    @Option(help: "Why; kept in the catalogue.")
    var comment: String = ""

    @Option(help: "Who says so (default: the user of this session).")
    var author: String = NSUserName()

    @OptionGroup var answer: AnswerOptions

    @Argument(help: "Identifiers of observations.")
    var observations: [String]

    func validate() throws {
        guard !author.isEmpty else { throw ValidationError("--author: expected a name") }
    }

    /// Records it for all of them, or for none.
    func record(_ kind: ArrivalEvent.Kind) async throws {
        try await reportingErrors {
            let connection = try await database.open()
            let survey = try await OwnershipStore(connection).survey(
                named: survey.map { ID($0) })
            try await ArrivalStore(connection).record(
                kind, of: observations.map { ID($0) }, survey: survey, by: author,
                because: comment)
            answer.show(
                .list(
                    observations.map {
                        ["observation": .text($0), "event": .text(kind.rawValue)]
                    }), observations.map { "\($0)  \(kind.rawValue)" })
        }
    }
}

/// `sgs arrivals lost`
struct ArrivalsLost: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "lost",
        abstract: "Say that the data of observations will never come.",
        discussion: """
              sgs arrivals lost 700 701 --comment "the shutter was stuck"
            """)

    @OptionGroup var options: ArrivalOptions

    func run() async throws { try await options.record(.lost) }
}

/// `sgs arrivals arrived`
struct ArrivalsArrived: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "arrived",
        abstract: "Say that the data of observations came.",
        discussion: "  sgs arrivals arrived 700")

    @OptionGroup var options: ArrivalOptions

    func run() async throws { try await options.record(.arrived) }
}

/// `sgs arrivals expected`
struct ArrivalsExpected: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "expected",
        abstract: "Take back what was said: the data are expected after all.",
        discussion: "  sgs arrivals expected 700 --comment \"found on the second station\"")

    @OptionGroup var options: ArrivalOptions

    func run() async throws { try await options.record(.expected) }
}
