import Execution
import GroundSegment
import Markup

/// Notices as a feed that readers of news follow (RFC 4287).
struct AtomFeed {
    static let mediaType = "application/atom+xml"

    let sdc: String
    /// The newest first.
    let notices: [Notice]
    let now: MJD

    var text: String {
        let updated = notices.first.map { "\($0.at)" } ?? now.exactISO8601
        return """
            <?xml version="1.0" encoding="utf-8"?>
            <feed xmlns="http://www.w3.org/2005/Atom">
              <id>\(identifier)</id>
              <title>Runner of \(sdc.escapedForXML)</title>
              <updated>\(updated)</updated>
              <author><name>sdc-runner of \(sdc.escapedForXML)</name></author>
              <link rel="self" type="\(Self.mediaType)" href="/feed.atom"/>
              <link rel="alternate" type="text/html" href="/"/>
              <generator version="\(SoftwareVersion.current.escapedForXML)">sdc-runner</generator>
            \(notices.map(entry).joined())</feed>

            """
    }

    /// A name that is the same at every time (RFC 8141).
    private var identifier: String { "urn:sgs:runner:\(sdc.inPath)" }

    private func entry(_ notice: Notice) -> String {
        """
          <entry>
            <id>\(identifier):notice:\(notice.number)</id>
            <title>\(notice.title.escapedForXML)</title>
            <updated>\(notice.at)</updated>
            <category term="\(notice.kind.rawValue)"/>
            <link rel="alternate" type="text/html" href="\(address(notice).escapedForXML)"/>
            <content type="text">\(notice.message.escapedForXML)</content>
          </entry>

        """
    }

    /// The page of what it is about.
    private func address(_ notice: Notice) -> String {
        guard let run = notice.run else { return "/" }
        return notice.job.map { PageOf.job(run, $0) } ?? PageOf.run(run)
    }
}
