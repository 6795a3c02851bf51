import Foundation
import GroundSegment
import Payloads
import Testing

@testable import Execution

/// Pilots and their runner, the real programs, with what cuts their connections between them.
@Suite(.serialized, .timeLimit(.minutes(10))) struct CutConnectionTests {
    @Test("what ends while the connection is cut is delivered when it is back, and nothing is lost")
    func cut() async throws {
        let site = try PilotedSite(retries: 6000)
        let proxy = try CuttingProxy()
        defer { proxy.close() }
        let runner = try site.runner()
        let target = try await site.put(proxy)
        proxy.join(target)
        let graph = try site.site.wide(
            "name=$(basename $element); say begun.$name; wait_for $name; say ended.$name",
            policy: #""attempts": 1"#)
        let run = try await site.site.submit(graph, over: 6)
        for round in 1...3 {
            #expect(try await eventually { said(site, "begun.").count == 2 * round })
            let before = try await site.haveConnected(2)
            #expect(before.count == 2)
            proxy.cut()
            #expect(try await site.haveConnected(exactly: 0))
            for name in said(site, "begun.") { try site.site.open(name) }
            #expect(try await eventually { said(site, "ended.").count == 2 * round })
            let connections = proxy.connections
            // They dial while nobody answers.
            #expect(try await eventually { proxy.connections > connections + 1 })
            proxy.join(target)
        }
        #expect(try await site.site.reaches(run, .completed))
        let life = try #require(try await site.site.run(run)?.life)
        #expect((0..<life.count).allSatisfy { life[$0].losses == 0 && life[$0].failures == 0 })
        let names = (0..<6).map(String.init)
        #expect(said(site, "begun.").sorted() == names)
        #expect(said(site, "ended.").sorted() == names)
        #expect(try await site.pilots().count == 2)
        #expect(site.site.drain(runner) == 0)
        #expect(try await eventually { site.processes.isEmpty })
    }

    @Test("the runner killed while the connection is cut: the next one gets what ended meanwhile")
    func cutFromKilledRunner() async throws {
        let site = try PilotedSite(retries: 6000)
        let proxy = try CuttingProxy()
        defer { proxy.close() }
        let first = try site.runner()
        proxy.join(try await site.put(proxy))
        let run = try await site.begin()
        proxy.cut()
        #expect(try await site.haveConnected(exactly: 0))
        first.signal(SIGKILL)
        _ = first.end()
        try site.site.open("go")
        let second = try site.runner()
        proxy.join(try await site.put(proxy))
        #expect(try await site.site.reaches(run, .completed))
        #expect(site.site.said == ["begun"])
        let life = try #require(try await site.site.run(run)?.life[0])
        #expect(life.losses == 0 && life.attempts == 1)
        #expect(site.site.drain(second) == 0)
        #expect(try await eventually { site.processes.isEmpty })
    }

    @Test("whatever every connection is cut after, each step of the orders runs once")
    func cutAgainAndAgain() async throws {
        let site = try PilotedSite(retries: 6000)
        let proxy = try CuttingProxy()
        defer { proxy.close() }
        // The runner wants to know the pipeline.
        _ = try site.place(0)
        let runner = try site.runner()
        // The handshake, and few orders and results.
        proxy.join(try await site.put(proxy), budget: 3000)
        let orders = try site.place(4)
        #expect(
            try await eventually { try orders.allSatisfy { try site.site.site.report($0) != nil } })
        try site.check(orders)
        #expect(proxy.connections > 2)
        #expect(site.site.drain(runner) == 0)
        #expect(try await eventually { site.processes.isEmpty })
    }

    /// What payloads have said that begins so, without that.
    private func said(_ site: PilotedSite, _ prefix: String) -> [String] {
        site.site.said.filter { $0.hasPrefix(prefix) }.map { String($0.dropFirst(prefix.count)) }
    }
}
