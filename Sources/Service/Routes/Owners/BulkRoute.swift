import Catalogue
import DataDictionary
import GroundSegment
import NIOCore
import SkyGeometry
import Tables
import WebService

extension Backend {
    /// Many positions at once.
    var bulkRoute: Route {
        Route(
            "/v1/owner",
            "Who owns each of up to \(limits.positions) positions, in their order: CSV with the "
                + "columns ra and dec, or {\"positions\": [[ra, dec], ...]}.",
            method: .post, [.at, .survey], result: .table(BulkTable.columns),
            body: PositionList.body,
            problems: [
                408: "The body did not come in time.",
                413: "More positions or bytes than are taken.",
                415: "The body is neither text/csv nor application/json in UTF-8.",
                503: "As many answers are under way as there is room for.",
            ]
        ) { request in
            let survey = try request.survey()
            let type = try BodyType.read(
                request.request.headers, taken: ["text/csv", "application/json"])
            let (positions, lease) = try await positions(of: request, type)
            let time = try request.time(survey, now: now())
            let rows = AnswerRows(
                name: "owners", description: "Owners of positions, in the asked order.",
                columns: BulkTable.columns, count: positions.count, lease: lease
            ) { index in
                let tile = survey.tile(at: positions[index])
                let owner = tile.flatMap { time.owner(of: $0, in: survey) }
                return BulkTable.row(positions[index], tile, owner)
            }
            return Answer(content: .rows(rows), caching: .never)
        }
    }

    /// What it takes to read a body of so many bytes: its text a few times over, and the positions.
    private func readingBytes(_ length: Int) -> Int {
        4 * length + Self.positionBytes * min(limits.positions, length / 4)
    }

    private static let positionBytes = MemoryLayout<SkyPosition>.stride
    /// The slowest that a body may come, in bytes a second.
    private static let slowest = 32 << 10

    /// The positions in a body, and what they take of the budget.
    ///
    /// Nothing of a body is read before there is room for all of it.
    private func positions(
        of request: RouteRequest, _ type: String
    ) async throws -> ([SkyPosition], ByteBudget.Lease) {
        let length = request.request.headers[.contentLength].flatMap { Int($0) } ?? limits.bodyBytes
        let lease = try await budget.take(
            readingBytes(min(length, limits.bodyBytes)), patience: Duration(limits.idle))
        let positions = try PositionList.read(
            try await request.body(
                upTo: limits.bodyBytes,
                within: Duration(limits.idle) + .seconds(length / Self.slowest)
            ).readableBytesView, mediaType: type, limit: limits.positions)
        lease.shrink(to: Self.positionBytes * positions.count)
        return (positions, lease)
    }
}

/// The rows of a bulk answer.
private enum BulkTable {
    static let columns: [Column] = [
        .rightAscension.named("ra", description: "right ascension as asked, ICRS"),
        .declination.named("dec", description: "declination as asked, ICRS"),
        .tile.named("tile", description: "the tile that holds it; missing where none does"),
        .primary, .secondary, .coverage, .revision,
    ]

    static func row(
        _ position: SkyPosition, _ tile: OwnedItem?, _ owner: Ownership?
    ) -> [TableValue] {
        let place: [TableValue] = [
            .real(position.ra), .real(position.dec), .text(tile?.id.text),
        ]
        guard let owner else { return place + [TableValue](repeating: .missing, count: 4) }
        return place + [
            .text(owner.assignment.primary.text), .text(owner.assignment.secondary.text),
            .text("\(owner.coverage)"), .integer(owner.plan.revision),
        ]
    }
}
