import Foundation
import GroundSegment
import Payloads
import Testing

@testable import Execution

/// The real program asked what the payloads of a real runner used.
@Suite(.timeLimit(.minutes(12))) struct ProfileCommandTests {
    private let site: TestSite

    /// Ten runs of one step, one of another that fails.
    init() async throws {
        site = try TestSite()
        try site.addPipeline("good", steps: [("first", "echo > $out", 1)], memory: 512)
        try site.addPipeline("bad", steps: [("break", "exit 9", 2)])
        for number in 1...10 { try site.place(site.order("\(number)", pipeline: "good")) }
        try site.place(site.order("11", pipeline: "bad"))
        try await site.serve("SDC-FR")
    }

    @Test("executables are told with what would do, where enough completed")
    func suggest() async throws {
        let answer = try await Answer(site, "profile", "suggest", "--json").object
        let rows = try #require(answer["rows"] as? [[String: Any]])
        func row(_ name: String) -> [String: Any]? {
            rows.first { $0["executable"] as? String == name }
        }
        let first = try #require(row("first"))
        #expect(first["samples"] as? Int == 10)
        #expect((first["requested"] as? [String: Any])?["memory"] as? Int == 512)
        let suggested = try #require(first["suggested"] as? [String: Any])
        #expect(suggested["cores"] as? Int == 1)
        #expect((16..<512).contains(suggested["memory"] as? Int ?? 0))
        #expect(row("break")?["attempts"] as? Int == 3)
        #expect(row("break")?["suggested"] is NSNull)
        let lines = try await Answer(site, "profile", "suggest", "--percentile", "95").lines
        #expect(lines.contains { $0.hasPrefix("first ") && $0.hasSuffix("too few: 10 of 20") })
        let none = try await Answer(site, "profile", "suggest", "--hist", "0")
        #expect(none.text == "no attempt has ended\n")
        #expect(try await Answer(site, "profile", "suggest", "--percentile", "50").status == 64)
    }

    @Test("samples are a JSON document a line, with what each attempt was given")
    func export() async throws {
        let runs =
            try await Answer(site, "run", "list", "--json").object["runs"] as? [[String: Any]]
        let number = try #require(
            runs?.first { $0["originId"] as? String == "order-11" }?["number"] as? Int)
        // These payloads end before the first look at them.
        try await addSamples(to: Int64(number), attempts: 3, each: 1500)
        let answer = try await Answer(site, "profile", "export", "--format", "ndjson")
        #expect(answer.status == 0)
        let lines = try answer.lines.map { line in
            try #require(
                try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
        }
        #expect(lines.count == 4500)
        let broken = lines.filter { $0["payload"] as? String == "break" }
        let times = broken.map { "\($0["attempt"] ?? "") \($0["time"] ?? "")" }
        #expect(times == times.sorted() && Set(times).count == 4500)
        #expect(Set(broken.compactMap { $0["attempt"] as? Int }) == [1, 2, 3])
        #expect(broken.allSatisfy { $0["host"] as? String == "local" })
        #expect((broken.first?["requested"] as? [String: Any])?["cores"] as? Int == 2)
        #expect(broken.first?["executable"] as? String == "break")
        #expect(broken.first?["rss"] as? Double == 2 && broken.first?["read"] as? Double == 1)
        #expect(
            try await Answer(site, "profile", "export", "--id", "\(number)").lines.count == 4500)
        let since = MJD(posixSeconds: 1_000_001_400).iso8601
        #expect(try await Answer(site, "profile", "export", "--since", since).lines.count == 300)
        #expect(try await Answer(site, "profile", "export", "--since", "2100-01-01").text.isEmpty)
        #expect(try await Answer(site, "profile", "export", "--format", "csv").status == 64)
        #expect(try await Answer(site, "profile", "export", "--since", "soon").status == 64)
    }

    /// Samples a second apart, of attempts from 1 on.
    private func addSamples(to run: Int64, attempts: Int, each count: Int) async throws {
        var changes = StoreChanges()
        for attempt in 1...attempts {
            for place in 0..<count {
                changes.samples.append(
                    .init(
                        run: run, payload: 0, attempt: attempt,
                        sample: Sample(
                            id: "", time: 1_000_000_000 + Double(place), cpuSeconds: 1,
                            residentKiB: 2048, virtualKiB: 4096, readBytes: 1 << 20)))
            }
        }
        try await RunStore(path: RunStore.path(state: site.state, sdc: "SDC-FR")).commit(
            changes, known: [])
    }
}
