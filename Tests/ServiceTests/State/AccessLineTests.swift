import Foundation
import GroundSegment
import Synchronization
import Testing

@testable import Service

@Suite struct AccessLineTests {
    @Test("an answer is a line of the combined format, and nothing that is sent ends it")
    func line() async throws {
        let lines = Mutex<[String]>([])
        try await RunningService.with(accessLog: { line in lines.withLock { $0.append(line) } }) {
            service in
            _ = try await service.get(
                "/v1/tiles/7/owner?x=%22%0a", ["user-agent": "a \"b\" \\ c", "referer": "r"])
        }
        let line = try #require(lines.withLock { $0 }.first { $0.contains("/v1/tiles/7") })
        let pattern =
            #/127\.0\.0\.1 - - \[05/Jan/2027:00:00:00 \+0000\] "GET \/v1\/tiles\/7\/owner\?x=%22%0a HTTP\/1\.1" 400 [0-9]+ "r" "a \\"b\\" \\\\ c" [0-9.e-]+/#
        #expect(line.wholeMatch(of: pattern) != nil, "\(line)")
    }
}
