import Files
import Foundation
import GroundSegment
import Logging
import Payloads

/// Tells an address of notices, in their order: each at least once, again after growing pauses until
/// the address has taken it, also after the runner was ended in any way. It never delays the runner.
///
/// A notice is a POST of its JSON document with the headers `X-SGS-Delivery`, its number, and
/// `X-SGS-Signature`, by which the address knows that it is from here (`Hook.signature`). Whatever
/// status of success (200 to 299) it is answered with, it is taken. Sent by curl(1).
public struct NoticeDelivery: Sendable {
    private let hook: Hook
    private let configuration: RunnerConfiguration
    /// The runner's own, for one process writes.
    private let store: RunStore
    private let reading: RunStore
    private let logger: Logger
    private let work = BlockingThreads(most: 1)

    /// Seconds between two looks for a notice, the first and the longest pause after a failure, and
    /// what the address has for its answer.
    private static let (look, pauses, patience) = (1.0, 1.0...300.0, 10.0)

    /// The last notice that was delivered before.
    private let delivered: Int64

    init(
        _ hook: Hook, _ configuration: RunnerConfiguration, store: RunStore, logger: Logger
    ) async throws {
        self.hook = hook
        self.configuration = configuration
        self.store = store
        self.logger = logger
        reading = try RunStore(
            reading: RunStore.path(state: configuration.state, sdc: configuration.sdc))
        delivered = try await store.openHook(hook.url)
    }

    /// Delivers until it is cancelled.
    public func run() async {
        var (delivered, pause) = (delivered, Self.pauses.lowerBound)
        while !Task.isCancelled {
            do {
                let next = try await reading.notice(of: configuration.sdc, after: delivered)
                guard let next else {
                    try await Task.sleep(for: .seconds(Self.look))
                    continue
                }
                try await deliver(next)
                try await store.markDelivered(next.number, to: hook.url)
                (delivered, pause) = (next.number, Self.pauses.lowerBound)
            } catch is CancellationError {
                return
            } catch {
                logger.warning(
                    "a notice waits",
                    metadata: ["cause": "\(error)", "again_in_s": "\(Int(pause))"])
                guard (try? await Task.sleep(for: .seconds(pause))) != nil else { return }
                pause = min(pause * 2, Self.pauses.upperBound)
            }
        }
    }

    /// - Throws: `ExecutionError` of code `unavailable` where it was not taken.
    private func deliver(_ notice: Notice) async throws {
        let body = try Document.data(notice)
        let head = """
            url = "\(hook.url)"
            header = "Content-Type: application/json"
            header = "X-SGS-Delivery: \(notice.number)"
            header = "X-SGS-Signature: \(hook.signature(of: Array(body)))"
            data-binary = "@\(Self.quoted(bodyPath))"

            """
        try write(body, to: bodyPath)
        // Not among the arguments, which everybody on this machine sees.
        try write(Data(head.utf8), to: headPath)
        let path = headPath
        let end = try await work.run {
            try OutsideProgram([
                "curl", "-q", "--silent", "--show-error", "--proto", "=http,https", "--max-time",
                "\(Int(Self.patience))", "--output", "/dev/null", "--write-out", "%{http_code}",
                "--config", path,
            ]).end(within: Self.patience + 5)
        }
        guard let end, end.status == 0 else {
            throw ExecutionError(
                .unavailable, "curl: \(printable((end?.text ?? "did not end").utf8, limit: 300))")
        }
        guard let code = Int(end.text.suffix(3)), (200...299).contains(code) else {
            throw ExecutionError(
                .unavailable, "found status \(printable(end.text.utf8, limit: 80)), expected 2xx")
        }
        logger.info("notice delivered", metadata: ["number": "\(notice.number)"])
    }

    private var bodyPath: String { "\(configuration.home)/hook.json" }
    private var headPath: String { "\(configuration.home)/hook.curl" }

    private static func quoted(_ path: String) -> String {
        path.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
    }

    private func write(_ data: Data, to path: String) throws {
        try? FileManager.default.removeItem(atPath: path)
        guard
            FileManager.default.createFile(
                atPath: path, contents: data, attributes: [.posixPermissions: 0o600])
        else { throw ExecutionError(.storage, "\(path): cannot be written") }
    }
}

extension Runner {
    /// What tells an address of this runner's notices, from now on, or from where it was left.
    ///
    /// - Throws: `ExecutionError` of code `store` where the store cannot be opened.
    public nonisolated func delivery(to hook: Hook) async throws -> NoticeDelivery {
        try await NoticeDelivery(hook, configuration, store: store, logger: logger)
    }
}
