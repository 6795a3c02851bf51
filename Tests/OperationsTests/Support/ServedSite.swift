import Execution
import Foundation
import GroundSegment
import Logging
import Payloads
import ServiceLifecycle
import TestWebClient
import Workflows

@testable import Operations

/// A runner of its own at work with its pages, whose payloads are lines of shell that wait for
/// gates (`$gates/NAME`).
struct ServedSite {
    let folder: String
    let web: WebClient
    let control: RunnerControl
    let token: String

    /// Does something with a runner that serves, and ends it.
    static func with(_ work: @escaping @Sendable (ServedSite) async throws -> Void) async throws {
        let folder =
            FileManager.default.temporaryDirectory.path + "/operations-\(UUID().uuidString)"
        for name in ["state", "storage", "orders", "pipelines", "gates"] {
            try FileManager.default.createDirectory(
                atPath: "\(folder)/\(name)", withIntermediateDirectories: true)
        }
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try Self.document("sample", [("step", "echo done", nil)]).write(
            toFile: "\(folder)/pipelines/sample.json", atomically: true, encoding: .utf8)
        let configuration = RunnerConfiguration(
            storage: Storage(root: "\(folder)/storage", sdc: "SDC-FR"), state: "\(folder)/state",
            room: Room(cores: 2, memory: 1000))
        let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        let library = try PipelineLibrary(folder: "\(folder)/pipelines", searchPath: ["/bin"])
        let runner = try await Runner(
            configuration: configuration,
            source: try FolderOrderSource(root: "\(folder)/orders", sdc: "SDC-FR"),
            library: library, agent: agent, logger: logger)
        let (ports, found) = AsyncStream.makeStream(of: Int.self)
        let service = try OperationsService(
            .tcp(host: "127.0.0.1", port: 0), runner: runner, configuration: configuration,
            library: library, logger: logger
        ) { found.yield($0) }
        let token = try AccessTokens(state: configuration.state, sdc: "SDC-FR").add(
            "anna", days: nil, at: WallClock.system.now)
        let group = ServiceGroup(services: [service], logger: logger)
        try await withThrowingTaskGroup(of: Void.self) { tasks in
            tasks.addTask { try await group.run() }
            tasks.addTask { _ = try await runner.run() }
            tasks.addTask {
                defer {
                    runner.drain()
                    Task { await group.triggerGracefulShutdown() }
                }
                for await port in ports {
                    try await work(
                        ServedSite(
                            folder: folder, web: WebClient(port: port),
                            control: RunnerControl(configuration), token: token))
                    return
                }
            }
            try await tasks.waitForAll()
        }
    }

    /// Submits steps, each with its line of shell and what it comes after; gives the run's name.
    func submit(
        _ name: String, _ steps: [(id: String, script: String, after: String?)]
    ) async throws -> String {
        let document = try Graph(document: Self.document(name, steps), file: name).document
        let answer = try await control.give(
            .submit(
                submission: Submission(
                    id: UUID().uuidString, pipeline: name, inputs: [:], softwareRelease: "",
                    priority: 0, user: "tester", project: "", campaign: ""), graph: document),
            by: "tester")
        return answer.run ?? ""
    }

    /// Lets payloads go on that wait for it.
    func open(_ gate: String) throws {
        try Data().write(to: URL(fileURLWithPath: "\(folder)/gates/\(gate)"))
    }

    /// A line of shell that waits for a gate.
    func waiting(_ gate: String) -> String {
        "while [ ! -e \(folder)/gates/\(gate) ]; do sleep 0.02; done"
    }

    /// Waits until the run of this name is in a state.
    func until(_ run: String, _ state: String) async throws {
        while try await web.get("/v1/runs/\(run)").value("run", "state") != state {
            try Task.checkCancellation()
        }
    }

    /// Sends JSON with the token.
    func send(
        _ method: String = "POST", _ path: String, _ body: String, token: String? = nil
    ) async throws -> WebClient.Reply {
        try await web.send(
            method, path,
            [
                "Authorization": "Bearer \(token ?? self.token)",
                "Content-Type": "application/json",
            ], body: Data(body.utf8))
    }

    private static func document(
        _ name: String, _ steps: [(id: String, script: String, after: String?)]
    ) throws -> String {
        let nodes = steps.map { step in
            [
                "id": step.id, "kind": "exec", "after": step.after.map { [$0] } ?? [],
                "executable": [
                    "name": step.id, "command": "/bin/sh", "arguments": ["-c", step.script, "sh"],
                    "resources": ["cores": 1, "ram_MiB": 16, "walltime_s": 60],
                ] as [String: Any],
            ] as [String: Any]
        }
        let graph: [String: Any] = [
            "format": "sgs-graph/2", "name": name, "policy": ["attempts": 1], "nodes": nodes,
        ]
        return String(decoding: try JSONSerialization.data(withJSONObject: graph), as: UTF8.self)
    }

    /// The program that runs payloads, in the folder of this test program or one above it.
    private static let agent: String = {
        let test = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe"))
        for start in [test ?? "", CommandLine.arguments.first ?? "", Bundle.main.bundlePath] {
            var folder = start as NSString
            while folder.length > 1 {
                let path = "\(folder)/sdc-payload"
                if FileManager.default.isExecutableFile(atPath: path) { return path }
                folder = folder.deletingLastPathComponent as NSString
            }
        }
        return "sdc-payload"
    }()
}

extension WebClient.Reply {
    /// The text at a path of members.
    func value(_ names: String...) throws -> String? {
        var value: Any? = try JSONSerialization.jsonObject(with: data)
        for name in names { value = (value as? [String: Any])?[name] }
        return value.map { "\($0)" }
    }
}
