import ArgumentParser
import Catalogue
import Foundation
import GroundSegment
import SkyGeometry

/// `sgs owner`
struct OwnerCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "owner",
        abstract: "Say which SDCs own an observation, a tile or a position on the sky.",
        discussion: """
            The answer comes from the catalogue of published distributions.  Exit status 66 where \
            nothing published has the item or holds the position.
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

    @Option(help: ArgumentHelp("Time of ownership, UTC (default: now).", valueName: "date"))
    var at: String?

    @Option(help: ArgumentHelp("Time of knowledge, UTC (default: now).", valueName: "date"))
    var asOf: String?

    @Option(help: "How to print the answer.")
    var format: Format = .text

    func validate() throws {
        guard [tile, observation, position].compactMap({ $0 }).count == 1 else {
            throw ValidationError("name one of --tile, --observation and --position")
        }
        if let position, Self.skyPosition(position) == nil {
            throw ValidationError(
                "--position: found \(position), expected RA,DEC in degrees, Dec within -90 to 90")
        }
        for (name, text) in [("--at", at), ("--as-of", asOf)] {
            if let text, MJD(iso8601: text) == nil {
                throw ValidationError(
                    "\(name): found \(text), expected an ISO 8601 date or date and time")
            }
        }
    }

    func run() async throws {
        try await reportingFailures {
            let store = OwnershipStore(try await options.open())
            let survey = try await store.survey(named: survey.map { ID($0) })
            let instant =
                at.flatMap { MJD(iso8601: $0) } ?? MJD(posixSeconds: Date().timeIntervalSince1970)
            let ownership = try await find(in: store, survey: survey, at: instant)
            if let text = ownership.remark(at: instant) { remark(text) }
            switch format {
            case .text: print(OwnerAnswer(ownership, at: instant).text)
            case .json: print(try OwnerAnswer(ownership, at: instant).json())
            }
        }
    }

    private func find(
        in store: OwnershipStore, survey: ID<SurveyPlan>, at instant: MJD
    ) async throws -> Ownership {
        let knowledge = asOf.flatMap { MJD(iso8601: $0) }
        if let position = position.flatMap(Self.skyPosition) {
            return try await store.owner(at: position, survey: survey, at: instant, asOf: knowledge)
        }
        let item: ItemID = tile.map { .tile(ID($0)) } ?? .observation(ID(observation ?? ""))
        return try await store.owner(of: item, survey: survey, at: instant, asOf: knowledge)
    }

    private static func skyPosition(_ text: String) -> SkyPosition? {
        let numbers = text.split(separator: ",", omittingEmptySubsequences: false)
            .map { Double($0.trimmingCharacters(in: .whitespaces)) }
        guard numbers.count == 2, let ra = numbers[0], let dec = numbers[1], ra.isFinite,
            (-90...90).contains(dec)
        else { return nil }
        return SkyPosition(ra: ra, dec: dec)
    }
}
