import Digests
import Foundation
import Glibc
import GroundSegment
import Testing

@testable import Execution

@Suite(.timeLimit(.minutes(12))) struct NoticeDeliveryTests {
    private let site: TestSite
    private let key: String
    private static let secret = "a key of more than 16 bytes"

    init() throws {
        site = try TestSite()
        key = try site.folder.write(Self.secret + "\n", to: "hook.key")
        chmod(key, 0o600)
        try site.addPipeline("bad", steps: [("break", "echo 'no stars' >&2; exit 9", 1)])
    }

    @Test("what failed is told in order, signed, again until it is taken")
    func told() async throws {
        let server = try HookServer([500, 404])
        defer { server.end() }
        try site.place(site.order("1", pipeline: "bad"))
        let runner = try await site.runner("SDC-FR")
        let delivery = try await runner.delivery(to: try Hook(url: server.url, keyFile: key))
        let telling = Task { await delivery.run() }
        let outcome = try await runner.run()
        #expect(outcome.failed == 1)
        var requests: [HookServer.Request] = []
        for await request in server.requests {
            requests.append(request)
            if requests.count == 4 { break }
        }
        telling.cancel()
        await telling.value
        #expect(requests.map(\.number) == [1, 1, 1, 2])
        for request in requests {
            let code = HMACSHA256.code(of: Array(request.body), key: Array(Self.secret.utf8))
            let digits = code.map { String(format: "%02x", $0) }.joined()
            #expect(request.signature == "sha256=\(digits)")
            #expect(request.head.hasPrefix("POST /in HTTP/1.1\r\n"))
        }
        let told = try requests.suffix(2).map { request in
            try #require(
                try JSONSerialization.jsonObject(with: request.body) as? [String: Any])
        }
        #expect(told.map { $0["kind"] as? String } == ["job_failed", "run_failed"])
        #expect(told.map { $0["job"] as? String } == ["break", nil])
        #expect((told[0]["message"] as? String)?.contains("no stars") == true)
        #expect(told[1]["runNumber"] as? Int == 1 && told[1]["sdc"] as? String == "SDC-FR")
    }

    @Test("what nobody has taken is told by the next runner after one that was killed")
    func killed() async throws {
        let refusing = try HookServer(Array(repeating: 500, count: 1000))
        try site.place(site.order("1", pipeline: "bad"))
        let first = try serve(refusing.url)
        var before: HookServer.Request?
        for await request in refusing.requests {
            before = request
            break
        }
        // The other one is written before long.
        let store = try RunStore(reading: RunStore.path(state: site.state, sdc: "SDC-FR"))
        while try await store.notices(of: "SDC-FR", limit: 9).count < 2 {
            try Task.checkCancellation()
        }
        kill(first.processIdentifier, SIGKILL)
        first.waitUntilExit()
        let port = refusing.port
        refusing.end()
        let taking = try HookServer(port: port)
        defer { taking.end() }
        let second = try serve(taking.url)
        var after: [HookServer.Request] = []
        for await request in taking.requests {
            after.append(request)
            if after.count == 2 { break }
        }
        kill(second.processIdentifier, SIGTERM)
        second.waitUntilExit()
        #expect(second.terminationStatus == 0)
        #expect(after.map(\.number) == [1, 2])
        #expect(after.first?.body == before?.body)
        #expect(after.first?.signature == before?.signature)
    }

    private func serve(_ url: String) throws -> Process {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: Programs.runner)
        process.arguments = [
            "serve", "--sdc", "SDC-FR", "--storage", site.storageRoot, "--state", site.state,
            "--pipelines", site.pipelines, "--orders", site.orders, "--slots", "1", "--quiet",
            "--hook", url, "--hook-key", key,
        ]
        process.standardError = FileHandle.nullDevice
        try process.run()
        return process
    }

    @Test(
        "an address without TLS is refused but on this machine, and what is none always",
        arguments: [
            ("https://chat.example.org/in", true), ("http://127.0.0.1:8080/in", true),
            ("http://localhost/in", true), ("http://[::1]:80/", true),
            ("http://chat.example.org/in", false), ("ftp://example.org/", false),
            ("chat.example.org", false), ("https://a b/", false), ("https://a/\"", false),
        ])
    func addresses(url: String, isGood: Bool) {
        #expect((Hook.fault(ofURL: url, isPlain: false) == nil) == isGood)
    }

    @Test("a key that others may read, or that is short or missing, is refused")
    func keys() async throws {
        chmod(key, 0o644)
        let open = #expect(throws: ExecutionError.self) {
            try Hook(url: "https://a/", keyFile: key)
        }
        #expect(open?.message == "\(key): found a key that others may read, expected mode 0600")
        let short = try site.folder.write("short\n", to: "short.key")
        chmod(short, 0o600)
        let fault = #expect(throws: ExecutionError.self) {
            try Hook(url: "https://a/", keyFile: short)
        }
        #expect(fault?.message == "\(short): found a key of 5 bytes, expected 16 to 4096")
        #expect(throws: ExecutionError.self) {
            try Hook(url: "https://a/", keyFile: "\(short).none")
        }
        let answer = try await Answer([
            "serve", "--sdc", "SDC-FR", "--hook", "https://a/", "--hook-key", short,
        ])
        #expect(answer.status == 65)
        #expect(
            try await Answer(["serve", "--sdc", "SDC-FR", "--hook", "https://a/"]).status == 64)
        #expect(
            try await Answer([
                "serve", "--sdc", "SDC-FR", "--hook", "http://a.example/", "--hook-key", short,
            ]).status == 64)
    }
}
