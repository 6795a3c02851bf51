import Execution
import Markup
import WebService

extension Interface {
    /// What people are to know of at once.
    var noticeRoutes: [Route<ServedRunner>] {
        [
            Route(
                "/v1/notices",
                "What people are to know of at once, the newest first: runs and payloads that "
                    + "failed or are held, storages that cannot be used.",
                [.query("limit", .integer(1...1000), "How many (default: 50).")],
                result: .document(mediaType: Self.json)
            ) { request in
                try await Self.reporting {
                    let limit = request.integer("limit") ?? 50
                    return try Self.answer(try await request.state.book.notices(limit: limit))
                }
            },
            Route(
                "/feed.atom", "The same as a feed (Atom, RFC 4287).",
                result: .document(mediaType: AtomFeed.mediaType)
            ) { request in
                try await Self.reporting {
                    let state = request.state
                    let feed = AtomFeed(
                        sdc: state.sdc.text, notices: try await state.book.notices(limit: 50),
                        now: state.now)
                    return Answer(
                        content: .document(
                            feed.text, mediaType: "\(AtomFeed.mediaType); charset=utf-8"),
                        caching: .never)
                }
            },
        ]
    }
}
