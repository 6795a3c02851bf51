import Catalogue
import GroundSegment
import SkyGeometry
import WebService

extension Backend {
    /// Who owns a tile, an observation, a position, or many positions.
    var ownerRoutes: [Route] {
        let times = [Parameter.at, .asOf, .survey]
        return [
            Route(
                "/v1/tiles/{id}/owner", "Who owns a tile.", [.item] + times,
                result: .record(OwnerTable.recordColumns), problems: Self.ownerProblems
            ) { try await itemOwner(.tile(ID($0.required("id"))), $0) },
            Route(
                "/v1/observations/{id}/owner", "Who owns an observation.", [.item] + times,
                result: .record(OwnerTable.recordColumns), problems: Self.ownerProblems
            ) { try await itemOwner(.observation(ID($0.required("id"))), $0) },
            Route(
                "/v1/owner", "Who owns a position: the tile whose inner area holds it.",
                Self.position + times, result: .record(OwnerTable.recordColumns),
                problems: Self.ownerProblems
            ) { try await positionOwner($0) },
            bulkRoute,
        ]
    }

    private static let ownerProblems: [Int: String] = [
        404: "Nothing published has the item or holds the position: the nearest tile is named. "
            + "Or no plan covers the asked time: the span that is covered is named.",
        503: "as_of needs the database, which cannot be reached.",
    ]

    static let position = [
        Parameter.query(
            "ra", .real(-360...360), isRequired: true, "Right ascension, degrees, ICRS."),
        Parameter.query("dec", .real(-90...90), isRequired: true, "Declination, degrees, ICRS."),
    ]

    private func itemOwner(_ id: ItemID, _ request: RouteRequest) async throws -> Answer {
        let survey = try request.survey()
        guard let item = survey.item(id) else {
            throw Problem.notFound("nothing published has this \(id.kind.rawValue)")
        }
        return try await owner(of: item, in: survey, request)
    }

    private func positionOwner(_ request: RouteRequest) async throws -> Answer {
        let survey = try request.survey()
        let position = SkyPosition(
            ra: request.requiredReal("ra"), dec: request.requiredReal("dec"))
        guard let tile = survey.tile(at: position) else {
            throw Self.noTile(at: position, in: survey)
        }
        return try await owner(of: tile, in: survey, request)
    }

    private func owner(
        of item: OwnedItem, in survey: SurveyOwnership, _ request: RouteRequest
    ) async throws -> Answer {
        if let knowledge = request.date("as_of") {
            return try await owner(of: item, in: survey, knownBy: knowledge, request)
        }
        let time = try request.time(survey, now: now())
        guard let owner = time.owner(of: item, in: survey) else {
            throw Self.notCovered(item, at: time.instant)
        }
        let places = request.state.places(of: owner)
        let place = places.map {
            "-" + PercentCoding.encoded($0.map(\.text).joined(separator: ","))
        }
        return Answer(
            content: .record(OwnerTable.record(owner, dataAt: places)),
            tag: "\(request.state.version)-\(owner.coverage)-\(Int(owner.validFrom.posixSeconds))"
                + (place ?? ""))
    }

    /// What was known of the ownership at an earlier instant.
    private func owner(
        of item: OwnedItem, in survey: SurveyOwnership, knownBy knowledge: MJD,
        _ request: RouteRequest
    ) async throws -> Answer {
        let instant = request.date("at") ?? now()
        do {
            let owner = try await sessions.with { connection in
                try await OwnershipStore(connection).owner(
                    of: item.id, survey: survey.survey, at: instant, asOf: knowledge)
            }
            return Answer(
                content: .record(
                    OwnerTable.record(owner, dataAt: request.state.places(of: owner))))
        } catch CatalogueError.Code.unknownItem {
            throw Problem.notFound("nothing published by then has this \(item.id.kind.rawValue)")
        }
    }

    /// Names the nearest tile.
    static func noTile(at position: SkyPosition, in survey: SurveyOwnership) -> Problem {
        guard let (tile, separation) = survey.nearestTile(to: position) else {
            return .notFound("the survey has no tile")
        }
        return .notFound(
            "no published tile holds this position",
            [
                .init(
                    name: "nearest",
                    value: [
                        "tile": .text(tile.id.text), "ra": .real(tile.centre.ra),
                        "dec": .real(tile.centre.dec), "separation": .real(separation),
                    ])
            ])
    }

    /// Names the span for which something is published, or that the item was dropped.
    static func notCovered(_ item: OwnedItem, at instant: MJD) -> Problem {
        guard let span = item.span else { return .notFound("nothing published has this item") }
        if item.holding(at: instant)?.coverage == .dropped {
            return .notFound(
                "the plans in force no longer have this \(item.id.kind.rawValue): without at, the "
                    + "last owners are answered")
        }
        return .outside(span)
    }
}
