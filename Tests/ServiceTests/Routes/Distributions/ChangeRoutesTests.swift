import Catalogue
import Foundation
import FoundationNetworking
import Planning
import PostgreSQL
import Testing

@testable import Service

@Suite struct ChangeRoutesTests {
    @Test("changes since an instant are told page by page, each with before and after")
    func changes() async throws {
        try await RunningService.with([
            ServiceSample.plan(), ServiceSample.plan("second", primary: "SDC-IT"),
        ]) { service in
            let all = try await service.get("/v1/changes?since=2000-01-01")
            #expect(
                try all.column("revision") == Array(repeating: "1", count: 6) + [
                    "2", "2", "2", "2", "2",
                ])
            var path: String? = "/v1/changes?since=2000-01-01&limit=4"
            var found: [String] = []
            while let here = path {
                let reply = try await service.get(here)
                #expect(reply.status == 200)
                found += try reply.column("id")
                path = reply.headers["link"].map { link in
                    String(link.dropFirst().prefix { $0 != ">" })
                }
            }
            #expect(try found == all.column("id"))
            let last = try #require(try all.column("published_at").last)
            let since = try await service.get("/v1/changes?since=\(last)&format=csv")
            #expect(since.text.split(separator: "\n").count == 6)
            #expect(since.text.contains("SDC-FR,SDC-DE,SDC-IT,SDC-DE"))
            #expect(try await service.get("/v1/changes?since=2200-01-01").column("id").isEmpty)
        }
    }

    @Test("publications, failovers and withdrawals reach those who follow, each as it is")
    func events() async throws {
        try await RunningService.with { service in
            let failover = ServiceSample.plan("second", primary: "SDC-IT")
            var reader = try EventReader(service, after: "0")
            _ = await reader.lines(1)
            try await RunningService.publish(failover, service.database, failoverOf: "SDC-FR")
            _ = await reader.lines(2)
            let connection = try await Connection.open(service.database)
            _ = try await PlanStore(connection).withdraw(
                WithdrawalRequest(
                    survey: ServiceSample.survey, digest: PlanDocument.encode(failover).digest,
                    actor: "board", comment: "it is back"))
            await connection.close()
            let text = await reader.lines(3)
            let events = text.filter { $0.hasPrefix("event: ") }
            #expect(events == ["event: publication", "event: failover", "event: withdrawal"])
            let records = text.filter { $0.hasPrefix("data: ") }
            #expect(records.map { $0.contains("\"revision\": 2") } == [false, true, true])
            #expect(records[1].contains("\"failover_of\": \"SDC-FR\""))
            #expect(records[1].contains("\"state\": \"published\""))
            #expect(records[2].contains("\"state\": \"withdrawn\""))
            #expect(records[2].contains("\"withdrawal\": \"it is back\""))

            let ids = text.filter { $0.hasPrefix("id: ") }.map { String($0.dropFirst(4)) }
            var late = try EventReader(service, after: ids[1])
            let missed = await late.lines(1)
            #expect(missed.filter { $0.hasPrefix("event: ") } == ["event: withdrawal"])
        }
    }

    @Test("more followers than the limit are sent away, and stopping ends those that are there")
    func limit() async throws {
        try await RunningService.with(limits: ServiceLimits(followers: 1)) { service in
            let url = try #require(
                URL(string: "http://127.0.0.1:\(service.port)/v1/changes/events"))
            let follower = EventFollower()
            let session = URLSession(
                configuration: .ephemeral, delegate: follower, delegateQueue: nil)
            session.dataTask(with: url).resume()
            for await _ in follower.parts { break }
            #expect(try await service.get("/v1/changes/events").status == 503)
        }
    }
}

/// Follows the changes and keeps what it was told.
private struct EventReader {
    private let follower = EventFollower()
    private var text = ""

    init(_ service: RunningService, after last: String) throws {
        let url = try #require(URL(string: "http://127.0.0.1:\(service.port)/v1/changes/events"))
        var request = URLRequest(url: url)
        request.setValue(last, forHTTPHeaderField: "Last-Event-ID")
        let session = URLSession(configuration: .ephemeral, delegate: follower, delegateQueue: nil)
        session.dataTask(with: request).resume()
        session.finishTasksAndInvalidate()
    }

    /// All lines so far, once there are as many events, whole.
    mutating func lines(_ events: Int) async -> [String] {
        func told() -> [String] { text.split(separator: "\n").map(String.init) }
        func isEnough() -> Bool {
            text.hasSuffix("\n\n") && told().count { $0.hasPrefix("event: ") } >= events
        }
        var seen = -1
        while !isEnough(), text.utf8.count > seen {
            seen = text.utf8.count
            for await part in follower.parts {
                text += part
                break
            }
        }
        return told()
    }
}

/// Hands on what a stream of events brings.
private final class EventFollower: NSObject, URLSessionDataDelegate, Sendable {
    let parts: AsyncStream<String>
    private let continuation: AsyncStream<String>.Continuation

    override init() {
        (parts, continuation) = AsyncStream.makeStream()
    }

    func urlSession(
        _ session: URLSession, dataTask: URLSessionDataTask, didReceive data: Data
    ) {
        continuation.yield(String(decoding: data, as: UTF8.self))
    }

    func urlSession(
        _ session: URLSession, task: URLSessionTask, didCompleteWithError error: (any Error)?
    ) {
        continuation.finish()
    }
}
