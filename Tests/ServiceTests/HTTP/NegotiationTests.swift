import Tables
import Testing

@testable import Service

@Suite struct NegotiationTests {
    @Test(
        "the Accept header chooses the format",
        arguments: [
            (nil, TableFormat.json), ("", .json), ("*/*", .json), ("text/csv", .csv),
            ("application/x-votable+xml", .votable), ("text/csv;q=0.5, application/json", .json),
            ("application/json; q=0.1, text/csv;q=0.2", .csv),
            ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", .json),
            ("application/x-ecsv", .ecsv),
        ] as [(String?, TableFormat)])
    func chooses(_ accept: String?, _ format: TableFormat) {
        #expect(Negotiation.format(accept: accept) == format)
    }

    @Test("nothing is chosen where nothing that is accepted is offered")
    func none() {
        #expect(Negotiation.format(accept: "image/png") == nil)
        #expect(Negotiation.format(accept: "application/json;q=0") == nil)
    }
}
