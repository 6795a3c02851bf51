import Foundation
import GroundSegment
import Testing

@testable import Execution

/// What a real payload is said to have used.
@Suite(.timeLimit(.minutes(12)), .enabled(if: isFull)) struct MeasuredUseTests {
    @Test("a payload that holds 500 MiB for some seconds is seen with them while it runs and after")
    func memory() async throws {
        let site = try TestSite()
        try site.addPipeline(
            "observation",
            steps: [
                (
                    "eat",
                    "head -c 524288000 /dev/zero | tail -c 524288000 | (sleep 12; cat > /dev/null); echo > $out",
                    1
                )
            ], memory: 1024)
        try site.place(site.order("1"))
        try await site.serve("SDC-FR")
        let profile = try await Answer(site, "job", "profile", "1/eat", "--json").object
        let most = (profile["max"] as? [String: Any])?["rss"] as? Double
        #expect((480...560).contains(try #require(most)))
        let samples = try #require(profile["samples"] as? [[String: Any]])
        #expect(samples.count >= 2)
        #expect(samples.contains { (480...560).contains($0["rss"] as? Double ?? 0) })
        let page = try await Answer(site, "job", "show", "1/eat", "--json").object
        let rss = try #require(page["rss"] as? [String: Any])
        #expect(rss["requested"] as? Double == 1024)
        #expect((480...560).contains(rss["used"] as? Double ?? 0))
        #expect((page["readMiB"] as? Double ?? 0) > 900)
    }
}
