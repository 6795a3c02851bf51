import TestWebClient
import Testing

@Suite struct ServiceChannelTests {
    @Test("an idle connection and one that never ends its request are closed")
    func idle() async throws {
        try await RunningRoutes.with(idle: .seconds(10)) { service in
            #expect(try await RawClient.exchange(service.client.port, "") == "")
            #expect(
                try await RawClient.exchange(service.client.port, "GET /healthz HTTP/1.1\r\nhost:")
                    == "")
            let served = try await RawClient.exchange(
                service.client.port, "GET /healthz HTTP/1.1\r\nhost: x\r\n\r\n")
            #expect(served.hasPrefix("HTTP/1.1 200 OK"))
        }
    }

    @Test("a header that is too long, and one that is none, end the connection")
    func headers() async throws {
        try await RunningRoutes.with { service in
            let long = String(repeating: "a", count: 20_000)
            for text in [
                "GET /healthz HTTP/1.1\r\nhost: x\r\nx-long: \(long)\r\n\r\n",
                "GET /healthz HTTP/1.1\r\nno colon\r\n\r\n", "\u{0}\u{1}\u{2}\r\n\r\n",
            ] {
                let reply = try await RawClient.exchange(service.client.port, text)
                #expect(reply == "" || reply.hasPrefix("HTTP/1.1 4"), "\(reply)")
            }
            #expect(try await service.client.get("/healthz").status == 200)
        }
    }

    @Test("a body that says it is huge is refused before it is read")
    func hugeBody() async throws {
        try await RunningRoutes.with(idle: .seconds(30)) { service in
            let reply = try await RawClient.exchange(
                service.client.port,
                "POST /v1/owner HTTP/1.1\r\nhost: x\r\ncontent-type: text/csv\r\n"
                    + "content-length: 1000000000\r\n\r\nra,dec\n")
            #expect(reply.hasPrefix("HTTP/1.1 413"))
        }
    }

    @Test("a client that waits with its body is told to send it, and gets its answer")
    func expectsContinue() async throws {
        try await RunningRoutes.with(idle: .seconds(60)) { service in
            let body = "ra,dec\n0.6,0.1\n"
            let reply = try await RawClient.exchange(
                service.client.port,
                "POST /v1/owner?format=csv HTTP/1.1\r\nhost: x\r\ncontent-type: text/csv\r\n"
                    + "connection: close\r\nexpect: 100-continue\r\ncontent-length: \(body.utf8.count)\r\n\r\n\(body)"
            )
            #expect(reply.hasPrefix("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\n"))
            #expect(reply.contains("SDC-FR"))
        }
    }
}
