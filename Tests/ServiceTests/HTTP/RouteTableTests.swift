import Foundation
import Testing

@testable import Service

@Suite struct RouteTableTests {
    @Test(
        "other methods are refused with those that are taken",
        arguments: [("POST", "/v1/sdcs", "GET, HEAD"), ("DELETE", "/v1/owner", "GET, HEAD, POST")])
    func methods(_ method: String, _ path: String, _ allowed: String) async throws {
        try await RunningService.with { service in
            let reply = try await service.send(method, path)
            #expect(reply.status == 405)
            let names = reply.headers["allow"]?.split(separator: ", ").sorted()
            #expect(names == allowed.split(separator: ", ").sorted())
        }
    }

    @Test(
        "attacks in addresses are answered as unknown or wrong, and nothing of them comes back raw",
        arguments: [
            "/../../etc/passwd", "/v1/tiles/..%2F..%2Fetc%2Fpasswd/owner",
            "/v1/tiles/'%20OR%201=1--/owner", "/v1/tiles/%00/owner",
            "/tiles/%3Cscript%3Ealert(1)%3C%2Fscript%3E", "/v1/tiles/a%0d%0aX-Evil:%201/owner",
            "/v1/owner?ra=1&dec=%3Cscript%3E", "/v1/changes?since=2027-01-01&after=%27;%20DROP",
            "/v1/tiles?after=%27;DROP%20TABLE%20sgs.item", "/v1/observations?sdc=%27%20OR%20%27",
            "/scs/tiles?RA=%3Cscript%3E&DEC=0&SR=1",
        ])
    func attacks(_ path: String) async throws {
        try await RunningService.with { service in
            let reply = try await service.get(path)
            #expect([200, 400, 404].contains(reply.status))
            #expect(reply.headers["x-evil"] == nil)
            #expect(!reply.text.contains("root:"))
            if reply.headers["content-type"]?.hasPrefix("application/problem") != true {
                #expect(!reply.text.contains("<script"))
            }
            #expect(try await service.get("/v1/observations/1/owner").status == 200)
        }
    }
}
