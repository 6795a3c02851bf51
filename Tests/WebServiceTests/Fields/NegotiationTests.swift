import Tables
import Testing

@testable import WebService

@Suite struct NegotiationTests {
    @Test(
        "the Accept header chooses the format",
        arguments: [
            (nil, TableFormat.json), ("", .json), ("*/*", .json), ("text/csv", .csv),
            ("application/x-votable+xml", .votable), ("text/csv;q=0.5, application/json", .json),
            ("application/json; q=0.1, text/csv;q=0.2", .csv),
            ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", .json),
            ("application/x-ecsv", .ecsv),
            // The most specific range decides, and q=0 excludes (fault 13).
            ("application/json;q=0, */*", .csv),
            ("*/*;q=1, application/json;q=0, text/csv;q=0.5", .ecsv),
            ("*/*, application/json;q=0, text/*;q=0", .ecsv),
            ("text/*;q=0.4, text/csv;q=0.2, application/json;q=0.3", .json),
            ("text/*, text/csv;q=0, application/json;q=0.1", .json),
            ("application/*;q=0.5, */*;q=0.6", .csv),
            // Letters, white space, quotes, empty elements, weights.
            ("Text/CSV", .csv), ("APPLICATION/X-VOTABLE+XML", .votable),
            (" , ,text/csv ;\tQ=1.0, ,application/json; q=.5", .csv),
            ("text/csv; charset=\"UTF-8\"", .csv), ("text/csv;charset=Utf-8", .csv),
            ("application/json;profile=\"a, b; c\", text/csv;q=0.1", .csv),
            ("text/csv;header=absent, application/json;q=0.1", .json),
            ("application/x-votable+xml;serialization=TABLEDATA", .votable),
            ("text/xml;content=x-votable", .votable), ("*", .json),
            ("application/json;q=0.001, text/csv;q=0.002", .csv),
            ("text/csv;q=0.5;ext=1, text/csv;q=0.9", .csv),
            // An element that is malformed says nothing.
            ("text/csv;q=2, application/x-ecsv;q=0.1", .ecsv), ("text/csv;q=x", .json),
            ("json", .json), ("/", .json), ("a/b/c", .json), (",,", .json),
        ] as [(String?, TableFormat)])
    func chooses(_ accept: String?, _ format: TableFormat) {
        #expect(Negotiation.format(accept: accept) == format)
    }

    @Test("nothing is chosen where nothing that is accepted is offered")
    func none() {
        #expect(Negotiation.format(accept: "image/png") == nil)
        #expect(Negotiation.format(accept: "application/json;q=0") == nil)
        #expect(Negotiation.format(accept: "*/*;q=0") == nil)
        #expect(Negotiation.format(accept: "*/*;q=0.0, image/png") == nil)
        #expect(Negotiation.format(accept: "text/csv;charset=iso-8859-1") == nil)
        #expect(Negotiation.format(accept: "application/x-votable+xml;serialization=fits") == nil)
    }
}
