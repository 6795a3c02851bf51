import Foundation
import FoundationNetworking
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

    @Test("a publication reaches those who follow as an event, and one missed is told on return")
    func events() async throws {
        try await RunningService.with { service in
            let url = try #require(
                URL(string: "http://127.0.0.1:\(service.port)/v1/changes/events"))
            var request = URLRequest(url: url)
            request.setValue("0", forHTTPHeaderField: "Last-Event-ID")
            let follower = EventFollower()
            let session = URLSession(
                configuration: .ephemeral, delegate: follower, delegateQueue: nil)
            session.dataTask(with: request).resume()
            var text = ""
            var isPublished = false
            for await part in follower.parts {
                text += part
                if text.contains("id: 1\n"), !isPublished {
                    isPublished = true
                    try await RunningService.publish(
                        ServiceSample.plan("second", primary: "SDC-IT"), service.database)
                }
                if text.contains("id: 2\n"), text.hasSuffix("\n\n") { break }
            }
            session.invalidateAndCancel()
            #expect(
                text.contains("event: publication\ndata: {\"survey\": \"TEST\", \"revision\": 2"))
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
