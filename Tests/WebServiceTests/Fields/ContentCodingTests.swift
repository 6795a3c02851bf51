import Testing

@testable import WebService

@Suite struct ContentCodingTests {
    @Test(
        "gzip is for who names it, or everything, with a quality above 0",
        arguments: [
            (nil, false), ("", false), ("identity", false), ("gzip", true), ("GZIP", true),
            ("deflate, gzip;q=0.5", true), ("gzip;q=0", false), ("gzip; q=0.0, *", false),
            ("*", true), ("*;q=0", false), ("br, x-gzip", true), ("gzip;q=x", false),
        ] as [(String?, Bool)])
    func takes(_ field: String?, _ isTaken: Bool) {
        let coding = ContentCoding(accept: field, mediaType: "text/csv; charset=utf-8")
        #expect((coding == .gzip) == isTaken)
    }

    @Test(
        "text is compressed; what is sent as it happens, and what is packed already, is not",
        arguments: [
            ("application/json", true), ("application/problem+json", true),
            ("application/x-votable+xml", true), ("text/html; charset=utf-8", true),
            ("application/x-ecsv; charset=utf-8", true), ("text/event-stream", false),
            ("application/fits", false),
        ])
    func kinds(_ mediaType: String, _ isText: Bool) {
        #expect((ContentCoding(accept: "gzip", mediaType: mediaType) == .gzip) == isText)
    }
}
