import Foundation
import TestWebClient
import Testing

@Suite struct RequestGuardTests {
    private static let post =
        "POST /v1/owner?format=csv HTTP/1.1\r\nhost: x\r\ncontent-type: text/csv\r\n"

    /// A request and the status that it is answered by.
    struct Wrong: Sendable, CustomTestStringConvertible {
        let name: String
        let status: Int
        let text: String

        init(_ name: String, _ status: Int, _ text: String) {
            (self.name, self.status, self.text) = (name, status, text)
        }

        var testDescription: String { name }
    }

    static let wrong = [
        Wrong("no Host", 400, "GET /healthz HTTP/1.1\r\n\r\n"),
        Wrong("two Hosts", 400, "GET /healthz HTTP/1.1\r\nhost: x\r\nHOST: x\r\n\r\n"),
        Wrong("two Hosts in HTTP/1.0", 400, "GET / HTTP/1.0\r\nhost: x\r\nhost: y\r\n\r\n"),
        Wrong("a Host with a space", 400, "GET /healthz HTTP/1.1\r\nhost: a b\r\n\r\n"),
        Wrong("a Host with a path", 400, "GET /healthz HTTP/1.1\r\nhost: a/b\r\n\r\n"),
        Wrong("a Host with a user", 400, "GET /healthz HTTP/1.1\r\nhost: u@a\r\n\r\n"),
        Wrong("two Hosts in one", 400, "GET /healthz HTTP/1.1\r\nhost: a, b\r\n\r\n"),
        Wrong("a port that is none", 400, "GET /healthz HTTP/1.1\r\nhost: a:x\r\n\r\n"),
        Wrong("a port too large", 400, "GET /healthz HTTP/1.1\r\nhost: a:99999\r\n\r\n"),
        Wrong("an open bracket", 400, "GET /healthz HTTP/1.1\r\nhost: [::1\r\n\r\n"),
        Wrong("no colon", 400, "GET /healthz HTTP/1.1\r\nhost: x\r\nno colon\r\n\r\n"),
        Wrong("a header without a name", 400, "GET /healthz HTTP/1.1\r\nhost: x\r\n: a\r\n\r\n"),
        Wrong("a space before the colon", 400, "GET / HTTP/1.1\r\nhost : x\r\n\r\n"),
        Wrong("a folded header", 400, "GET / HTTP/1.1\r\nhost: x\r\nx-a: b\r\n c\r\n\r\n"),
        Wrong("NUL in a header", 400, "GET / HTTP/1.1\r\nhost: x\r\nx-a: b\u{0}c\r\n\r\n"),
        Wrong("a control in a header", 400, "GET / HTTP/1.1\r\nhost: x\r\nx-a: b\u{1}\r\n\r\n"),
        Wrong("DEL in a header", 400, "GET / HTTP/1.1\r\nhost: x\r\nx-a: b\u{7f}\r\n\r\n"),
        Wrong("a bare CR", 400, "GET / HTTP/1.1\r\nhost: x\r\nx-a: b\rc\r\n\r\n"),
        Wrong("NUL in the target", 400, "GET /a\u{0} HTTP/1.1\r\nhost: x\r\n\r\n"),
        Wrong("a fragment", 400, "GET /healthz#a HTTP/1.1\r\nhost: x\r\n\r\n"),
        Wrong("a target that is none", 400, "GET healthz HTTP/1.1\r\nhost: x\r\n\r\n"),
        Wrong("a star for GET", 400, "GET * HTTP/1.1\r\nhost: x\r\n\r\n"),
        Wrong("a target of another scheme", 400, "GET ftp://a/b HTTP/1.1\r\nhost: x\r\n\r\n"),
        Wrong("a target without a host", 400, "GET http:///b HTTP/1.1\r\nhost: x\r\n\r\n"),
        Wrong("a target with a user", 400, "GET http://u@a/b HTTP/1.1\r\nhost: x\r\n\r\n"),
        Wrong("no target", 400, "GET HTTP/1.1\r\nhost: x\r\n\r\n"),
        Wrong("bytes of another protocol", 400, "\u{16}\u{3}\u{1}\u{2}\u{0}\u{1}\r\n\r\n"),
        Wrong("another protocol's name", 400, "GET / FTP/1.1\r\nhost: x\r\n\r\n"),
        Wrong("a line of four words", 400, "GET / HTTP/1.1 x\r\nhost: x\r\n\r\n"),
        Wrong("an unknown method", 501, "BREW / HTTP/1.1\r\nhost: x\r\n\r\n"),
        Wrong("a method in small letters", 501, "get / HTTP/1.1\r\nhost: x\r\n\r\n"),
        Wrong("a tunnel", 501, "CONNECT a:443 HTTP/1.1\r\nhost: a:443\r\n\r\n"),
        Wrong("a version of the future", 505, "GET / HTTP/9.9\r\nhost: x\r\n\r\n"),
        Wrong("HTTP/2 without a preface", 505, "GET / HTTP/2.0\r\nhost: x\r\n\r\n"),
        Wrong("a long target", 414, "GET /\(long) HTTP/1.1\r\nhost: x\r\n\r\n"),
        Wrong("a long query", 414, "GET /?\(long)\(long) HTTP/1.1\r\nhost: x\r\n\r\n"),
        Wrong("a long header", 431, "GET / HTTP/1.1\r\nhost: x\r\nx-a: \(long)\r\n\r\n"),
        Wrong("a long name", 431, "GET / HTTP/1.1\r\nhost: x\r\n\(long): a\r\n\r\n"),
        Wrong("long headers", 431, "GET / HTTP/1.1\r\nhost: x\r\n\(many(20, 1000))\r\n"),
        Wrong("many headers", 431, "GET / HTTP/1.1\r\nhost: x\r\n\(many(200, 1))\r\n"),
        Wrong("two lengths", 400, post + "content-length: 6\r\ncontent-length: 7\r\n\r\nra,dec"),
        Wrong(
            "one length twice", 400, post + "content-length: 6\r\ncontent-length: 6\r\n\r\nra,dec"),
        Wrong("a list of lengths", 400, post + "content-length: 6, 6\r\n\r\nra,dec"),
        Wrong("a length below 0", 400, post + "content-length: -6\r\n\r\nra,dec"),
        Wrong("a length with a sign", 400, post + "content-length: +6\r\n\r\nra,dec"),
        Wrong("a length that is none", 400, post + "content-length: 0x6\r\n\r\nra,dec"),
        Wrong("an empty length", 400, post + "content-length:\r\n\r\nra,dec"),
        Wrong("a length beyond all", 400, post + "content-length: \(digits)\r\n\r\nra,dec"),
        Wrong("a huge length", 413, post + "content-length: 1000000000000\r\n\r\nra,dec"),
        Wrong("length and chunks", 400, post + "content-length: 6\r\n\(chunked)0\r\n\r\n"),
        Wrong(
            "chunks and length", 400,
            post + "transfer-encoding: chunked\r\ncontent-length: 6\r\n\r\n0\r\n\r\n"),
        Wrong("chunked twice", 400, post + "transfer-encoding: chunked, chunked\r\n\r\n0\r\n\r\n"),
        Wrong("not chunked", 400, post + "transfer-encoding: gzip\r\n\r\n0\r\n\r\n"),
        Wrong("identity", 400, post + "transfer-encoding: identity\r\n\r\n0\r\n\r\n"),
        Wrong("chunks of HTTP/1.0", 400, "POST /v1/owner HTTP/1.0\r\n\(chunked)0\r\n\r\n"),
        Wrong("a chunk of no size", 400, post + chunked + "zz\r\nra,dec\r\n0\r\n\r\n"),
        Wrong("a chunk of a size below 0", 400, post + chunked + "-6\r\nra,dec\r\n0\r\n\r\n"),
        Wrong("a chunk of 0x6", 400, post + chunked + "0x6\r\nra,dec\r\n0\r\n\r\n"),
        Wrong("a chunk too long", 400, post + chunked + "6\r\nra,decxx\r\n0\r\n\r\n"),
        Wrong("a chunk beyond all", 400, post + chunked + "fffffffffffffffff\r\nra,dec\r\n"),
        Wrong("a chunk in its end", 400, post + chunked + "6\r\nra,dec0\r\n\r\n"),
        Wrong(
            "a bad chunk for GET", 400, "GET /healthz HTTP/1.1\r\nhost: x\r\n\(chunked)zz\r\n\r\n"),
        Wrong(
            "a bad chunk for nothing", 400, "GET /none HTTP/1.1\r\nhost: x\r\n\(chunked)zz\r\n\r\n"),
    ]

    private static let chunked = "transfer-encoding: chunked\r\n\r\n"
    private static let long = String(repeating: "a", count: 9000)
    private static let digits = String(repeating: "9", count: 40)

    private static func many(_ count: Int, _ length: Int) -> String {
        String(repeating: "x-a: \(String(repeating: "b", count: length))\r\n", count: count)
    }

    @Test("what is no HTTP/1.1 is refused as the client's fault, never a 500, and the end")
    func refused() async throws {
        try await RunningRoutes.with(idle: .seconds(60)) { service in
            for wrong in Self.wrong {
                let reply = try await RawClient.exchange(
                    service.client.port, wrong.text + "GET /healthz HTTP/1.1\r\nhost: x\r\n\r\n")
                #expect(RawClient.statuses(reply) == [wrong.status], "\(wrong.name): \(reply)")
                #expect(reply.lowercased().contains("connection: close"), "\(wrong.name)")
                #expect(reply.contains("\"status\": \(wrong.status)"), "\(wrong.name)")
            }
            #expect(try await service.client.get("/healthz").status == 200)
        }
    }

    @Test("what was asked before a fault is answered before it")
    func order() async throws {
        try await RunningRoutes.with { service in
            let good = "GET /healthz HTTP/1.1\r\nhost: x\r\n\r\n"
            for bad in ["GET / HTTP/1.1\r\n\r\n", "GET / HTTP/9.9\r\n\r\n", "\u{0}\r\n\r\n"] {
                let reply = try await RawClient.exchange(
                    service.client.port, good + good + bad + good)
                let status = bad.contains("9.9") ? 505 : 400
                #expect(RawClient.statuses(reply) == [200, 200, status], "\(reply)")
            }
            let body = Self.post + "content-length: 15\r\n\r\nra,dec\n0.6,0.1\n"
            let long = "GET /\(Self.long) HTTP/1.1\r\nhost: x\r\n\r\n"
            let reply = try await RawClient.exchange(service.client.port, body + long)
            #expect(RawClient.statuses(reply) == [200, 414], "\(reply)")
        }
    }

    @Test("right forms are taken: hosts, targets, lengths, chunks, white space")
    func taken() async throws {
        try await RunningRoutes.with { service in
            for (text, status) in [
                ("GET /healthz HTTP/1.1\r\nhost:\r\n", 200),
                ("GET /healthz HTTP/1.1\r\nHost:   [::1]:80  \r\n", 200),
                ("GET /healthz HTTP/1.1\r\nhost: a-b.example:\r\n", 200),
                ("GET http://other.example/healthz HTTP/1.1\r\nhost: x\r\n", 200),
                ("GET HTTPS://other.example:80/v1/sdcs?format=csv HTTP/1.1\r\nhost: x\r\n", 200),
                ("GET http://other.example HTTP/1.1\r\nhost: x\r\n", 200),
                ("GET http://other.example?a HTTP/1.1\r\nhost: x\r\n", 400),
                ("\r\nGET /healthz HTTP/1.1\r\nhost: x\r\n", 200),
                ("OPTIONS * HTTP/1.1\r\nhost: x\r\n", 204),
                ("OPTIONS /v1/sdcs HTTP/1.1\r\nhost: x\r\n", 405),
                ("PROPFIND /v1/sdcs HTTP/1.1\r\nhost: x\r\n", 405),
                ("GET /healthz HTTP/1.1\r\nhost: x\r\nx-a: caf\u{e9}\tb\r\n", 200),
                ("GET /healthz HTTP/1.1\r\nhost: x\r\ncontent-length: 0\r\n", 200),
                ("GET /healthz HTTP/1.1\r\nhost: x\r\nupgrade: h2c\r\n", 200),
            ] {
                let reply = try await RawClient.exchange(
                    service.client.port, text + "connection: Keep-Alive, Close\r\n\r\n")
                #expect(RawClient.statuses(reply) == [status], "\(text): \(reply)")
                #expect(reply.contains("connection: close"), "\(text): \(reply)")
            }
            let chunks = "5;a=b\r\nra,de\r\nA\r\nc\n0.6,0.1\n\r\n0\r\nx-trailer: a\r\n\r\n"
            let reply = try await RawClient.exchange(
                service.client.port,
                Self.post + "connection: close\r\nTransfer-Encoding: Chunked\r\n\r\n"
                    + chunks)
            #expect(RawClient.statuses(reply) == [200], "\(reply)")
            #expect(reply.contains("0.6,0.1,7,SDC-FR"))
        }
    }

    @Test("HTTP/1.0 is answered without chunks, and closed, with or without a Host")
    func old() async throws {
        try await RunningRoutes.with(idle: .seconds(600)) { service in
            for headers in ["", "host: x\r\n", "connection: keep-alive\r\n"] {
                let reply = try await RawClient.exchange(
                    service.client.port,
                    "GET /healthz HTTP/1.0\r\n\(headers)\r\nGET / HTTP/1.0\r\n\r\n")
                #expect(reply.hasPrefix("HTTP/1.0 200 OK\r\n"), "\(reply)")
                #expect(reply.hasSuffix("\r\n\r\nok\n"), "\(reply)")
                #expect(!reply.lowercased().contains("transfer-encoding"))
                #expect(reply.contains("connection: close"))
            }
            let lines = String(repeating: "0.6,0.1\n", count: 2000)
            let body = "ra,dec\n" + lines
            let reply = try await RawClient.exchange(
                service.client.port,
                "POST /v1/owner?format=csv HTTP/1.0\r\ncontent-type: text/csv\r\n"
                    + "expect: 100-continue\r\ncontent-length: \(body.utf8.count)\r\n\r\n" + body)
            #expect(RawClient.statuses(reply) == [200], "\(reply.prefix(300))")
            #expect(!reply.lowercased().contains("transfer-encoding"))
            let answer = reply.components(separatedBy: "\r\n\r\n").last ?? ""
            #expect(answer.split(separator: "\n").count == 2001)
        }
    }

    @Test("HEAD has no body, also of a problem, so that what follows is understood")
    func head() async throws {
        try await RunningRoutes.with { service in
            let reply = try await RawClient.exchange(
                service.client.port,
                "HEAD /none HTTP/1.1\r\nhost: x\r\n\r\nHEAD /v1/sdcs HTTP/1.1\r\nhost: x\r\n\r\n"
                    + "GET /healthz HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n")
            #expect(RawClient.statuses(reply) == [404, 200, 200], "\(reply)")
            #expect(!reply.contains("{"))
        }
    }

    @Test("a client that ends in the middle of a body is told so")
    func ends() async throws {
        try await RunningRoutes.with { service in
            let reply = try await RawClient.exchange(
                service.client.port, Self.post + "content-length: 100\r\n\r\nra,dec\n", ends: true)
            #expect(RawClient.statuses(reply) == [400], "\(reply)")
            let whole = try await RawClient.exchange(
                service.client.port, "GET /healthz HTTP/1.1\r\nhost: x\r\n\r\n", ends: true)
            #expect(RawClient.statuses(whole) == [200], "\(whole)")
        }
    }
}
