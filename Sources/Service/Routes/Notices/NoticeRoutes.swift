import Catalogue
import DataDictionary
import Digests
import Foundation
import GroundSegment
import Tables
import WebService

extension Backend {
    /// What operators want to hear of: failed orders, late weeks, publications and withdrawals.
    var noticeRoutes: [Route] {
        [
            Route(
                "/feed.atom",
                "Failed and stopped orders, late weeks, published and withdrawn plans, the newest "
                    + "first, as an Atom feed (RFC 4287).",
                result: .document(mediaType: FeedDocument.mediaType),
                problems: [503: Self.needsDatabase]
            ) { request in
                let text = FeedDocument(
                    notices: try await notices(), address: publicAddress,
                    beginning: request.state.firstPublication ?? MJD(posixSeconds: 0)
                ).text
                return Answer(
                    content: .document(text, mediaType: FeedDocument.mediaType),
                    tag: SHA256Digest.hex(of: Data(text.utf8)))
            },
            Route(
                "/v1/notices", "The same as /feed.atom, as a table.",
                result: .table(NoticeTable.columns), problems: [503: Self.needsDatabase]
            ) { _ in
                Answer(
                    content: .table(NoticeTable.table(try await notices())), caching: .never)
            },
        ]
    }

    /// How many orders and plans are told at most.
    private static let mostNotices = 100

    private func notices() async throws -> [Notice] {
        let clock = now()
        return try await sessions.with { connection in
            try await Notice.read(connection, clock: clock, limit: Self.mostNotices)
        }
    }
}

/// Notices as rows.
enum NoticeTable {
    static let columns: [Column] = [
        Column("at", ucd: "time.start", description: "when it happened, UTC"),
        Column(
            "event", ucd: "meta.code", description: "failed, stopped, late, published or withdrawn"),
        .survey, .sdc, Column("title", ucd: "meta.title", description: "what happened"),
        Column("actor", ucd: "meta.id", description: "who did it"),
        Column("reason", ucd: "meta.note", description: "why"),
        Column("page", ucd: "meta.ref.url", description: "path of the page about it"),
    ]

    static func table(_ notices: [Notice]) -> AnswerTable {
        AnswerTable(
            name: "notices", description: "What operators want to hear of.", columns: columns,
            rows: notices.map {
                [
                    .date($0.instant), .text($0.kind), .text($0.survey.text), .text($0.sdc?.text),
                    .text($0.title), $0.actor.isEmpty ? .missing : .text($0.actor),
                    $0.text.isEmpty ? .missing : .text($0.text), .text($0.path),
                ]
            })
    }
}
