import Catalogue
import DataDictionary
import GroundSegment
import HTTPTypes
import Hummingbird
import NIOCore
import SkyGeometry
import Tables

extension Backend {
    /// Many positions at once.
    var bulkRoute: Route {
        Route(
            "/v1/owner",
            "Who owns each of up to \(limits.positions) positions, in their order: CSV with the "
                + "columns ra and dec, or {\"positions\": [[ra, dec], ...]}.",
            method: .post, [.at, .survey], result: .table(BulkTable.columns),
            problems: [
                413: "More positions or bytes than are taken.",
                415: "The body is neither text/csv nor application/json.",
            ]
        ) { request in
            let survey = try request.survey()
            let positions = try await positions(of: request.request)
            let time = try request.time(survey, now: now())
            var rows: [[TableValue]] = []
            rows.reserveCapacity(positions.count)
            for (index, position) in positions.enumerated() {
                // Others have their turn in between.
                if index.isMultiple(of: 1000) { await Task.yield() }
                let tile = survey.tile(at: position)
                let owner = tile.flatMap { time.owner(of: $0, in: survey) }
                rows.append(BulkTable.row(position, tile, owner))
            }
            return Answer(
                content: .table(
                    AnswerTable(
                        name: "owners", description: "Owners of positions, in the asked order.",
                        columns: BulkTable.columns, rows: rows)), caching: .never)
        }
    }

    private func positions(of request: Request) async throws -> [SkyPosition] {
        let body: ByteBuffer
        do {
            body = try await request.body.collect(upTo: limits.bodyBytes)
        } catch is NIOTooManyBytesError {
            throw Problem(
                status: .contentTooLarge,
                detail: "expected a body of at most \(limits.bodyBytes) bytes", body: .begun)
        }
        return try PositionList.read(
            body.readableBytesView, mediaType: request.headers[.contentType],
            limit: limits.positions)
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
