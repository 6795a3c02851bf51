import Catalogue
import GroundSegment
import Markup

/// Notices as an Atom feed (RFC 4287).
struct FeedDocument {
    let notices: [Notice]
    /// The address under which clients see the service, without a slash at its end.
    let address: String
    /// When it was last changed where there is no notice.
    let beginning: MJD

    static let mediaType = "application/atom+xml"

    var text: String {
        let updated = notices.map(\.instant).max() ?? beginning
        let home = address.escapedForXML
        return """
            <?xml version="1.0" encoding="UTF-8"?>
            <feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en">
            <id>\(home)/feed.atom</id>
            <title>Science Ground Segment: failed orders, late weeks, plans</title>
            <updated>\(updated.iso8601)</updated>
            <author><name>Science Ground Segment</name></author>
            <link rel="self" type="\(Self.mediaType)" href="\(home)/feed.atom"/>
            <link rel="alternate" type="text/html" href="\(home)/progress"/>
            \(notices.map(entry).joined())</feed>

            """
    }

    private func entry(_ notice: Notice) -> String {
        let page = (address + notice.path).escapedForXML
        let actor = notice.actor.isEmpty ? "" : notice.actor
        let author =
            actor.isEmpty ? "" : "<author><name>\(actor.escapedForXML)</name></author>\n"
        return """
            <entry>
            <id>\(page)#\(notice.mark)</id>
            <title>\(notice.title.escapedForXML)</title>
            <updated>\(notice.instant.iso8601)</updated>
            \(author)<category term="\(notice.kind)"/>
            <link rel="alternate" type="text/html" href="\(page)"/>
            <summary>\((notice.text.isEmpty ? notice.title : notice.text).escapedForXML)</summary>
            </entry>

            """
    }
}
