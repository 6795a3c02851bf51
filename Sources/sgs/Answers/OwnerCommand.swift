import ArgumentParser
import Catalogue
import Commands
import Documents
import GroundSegment
import SkyGeometry

/// `sgs owner`
struct OwnerCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "owner",
        abstract: "Say which SDCs own an observation, a tile or a position on the sky.",
        discussion: """
            The answer comes from the catalogue of published distributions.  Exit status 66 where \
            nothing published has the item or holds the position.  Where the data are with others \
            than the owners in force, so far, that is told beside them.

              sgs owner --observation 700
              sgs owner --position 276.03,66.01 --at 2027-02-01 --json
            """)

    enum Format: String, ExpressibleByArgument, CaseIterable {
        case text, json
    }

    @OptionGroup var options: DatabaseOptions

    @Option(help: "The survey; may be left out where the catalogue has only one.")
    var survey: String?

    @Option(help: "Identifier of a tile.")
    var tile: String?

    @Option(help: "Identifier of an observation.")
    var observation: String?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("Right ascension and declination, degrees, ICRS.", valueName: "ra,dec"))
    var position: String?

    @Option(
        help: ArgumentHelp("Time of ownership, UTC (default: now).", valueName: "date"),
        transform: MJD.argument)
    var at: MJD?

    @Option(
        help: ArgumentHelp("Time of knowledge, UTC (default: now).", valueName: "date"),
        transform: MJD.argument)
    var asOf: MJD?

    @Option(help: "How to print the answer; json is --json in several lines.")
    var format: Format = .text

    @OptionGroup var answer: AnswerOptions

    func validate() throws {
        guard [tile, observation, position].compactMap({ $0 }).count == 1 else {
            throw ValidationError("name one of --tile, --observation and --position")
        }
        if let position, Self.skyPosition(position) == nil {
            throw ValidationError(
                "--position: found \(position), expected RA,DEC in degrees, Dec within -90 to 90")
        }
    }

    func run() async throws {
        try await reportingErrors {
            let connection = try await options.open()
            let store = OwnershipStore(connection)
            let survey = try await store.survey(named: survey.map { ID($0) })
            let instant = WallClock(at).now
            let ownership = try await find(in: store, survey: survey, at: instant)
            if let text = ownership.remark(at: instant) { answer.remark(text) }
            let held = try await OrderQueue(connection).locations(
                of: [ownership.item], survey: survey)
            let owner = OwnerAnswer(ownership, at: instant, held: held[ownership.item] ?? [])
            if format == .json, !answer.json {
                print(try owner.json())
            } else {
                answer.show(owner.document, [owner.text])
            }
        }
    }

    private func find(
        in store: OwnershipStore, survey: ID<SurveyPlan>, at instant: MJD
    ) async throws -> Ownership {
        if let position = position.flatMap(Self.skyPosition) {
            return try await store.owner(at: position, survey: survey, at: instant, asOf: asOf)
        }
        let item: ItemID = tile.map { .tile(ID($0)) } ?? .observation(ID(observation ?? ""))
        return try await store.owner(of: item, survey: survey, at: instant, asOf: asOf)
    }

    private static func skyPosition(_ text: String) -> SkyPosition? {
        let numbers = text.split(separator: ",", omittingEmptySubsequences: false)
            .map { PlainText.decimal(PlainText.trimmed(String($0))) }
        guard numbers.count == 2, let ra = numbers[0], let dec = numbers[1],
            (-90...90).contains(dec)
        else { return nil }
        return SkyPosition(ra: ra, dec: dec)
    }
}
