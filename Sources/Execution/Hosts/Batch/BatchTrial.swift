public import BatchSystems
import Files
import Foundation

/// Whether a site's batch system can be used: one job is submitted, followed, and cancelled.
///
/// All calls wait.
public struct BatchTrial: Sendable {
    /// One thing that was tried.
    public struct Step: Hashable, Codable, Sendable {
        public let step: String
        public let isGood: Bool
        /// What was seen, or what is wrong.
        public let words: String
    }

    public private(set) var steps: [Step] = []
    private let site: BatchSite
    private let folder: String
    private let patience: Int
    private let pause: @Sendable () -> Void

    /// Seconds by which two clocks may differ.
    private static let mostSkew = 5.0

    /// - Parameters:
    ///   - folder: one that the machines of the system are to share with this one.
    ///   - patience: how often it is looked before something counts as not happening.
    ///   - pause: waits between two looks.
    public init(
        _ site: BatchSite, folder: String, patience: Int = 60,
        pause: @escaping @Sendable () -> Void = { CommandLineBatchSystem.sleep(.seconds(1)) }
    ) {
        self.site = site
        self.folder = folder
        self.patience = patience
        self.pause = pause
    }

    public var isGood: Bool { steps.allSatisfy(\.isGood) }

    /// Tries it all, as far as one thing allows the next; what it made is removed.
    public mutating func run() {
        guard
            let limits = tried(
                "answers", { (system) throws(BatchSystemError) in try system.limits() })
        else { return }
        let most = limits.arraySize.map { "arrays of up to \($0) tasks" } ?? "no limit of arrays"
        note("answers", true, most)
        let name = "sgs-test-\(String(UInt32.random(in: 0...UInt32.max), radix: 16))"
        let own = "\(folder)/\(name)"
        let file = "\(own)/seen"
        defer { try? FileTree.remove(own) }
        let job = BatchJob(
            name: name, program: "/bin/sh",
            arguments: ["-c", "date +%s > \"$1\"; sleep 600", "sh", file], folder: own,
            need: BatchNeed(cores: 1, memory: 64, walltime: 900))
        let begin = Date().timeIntervalSince1970
        guard
            let ids = tried(
                "submit", { (system) throws(BatchSystemError) in try system.submit(job) }),
            let id = ids.first
        else { return }
        note("submit", true, "job \(id)")
        if let host = follow(id) { look(for: file, on: host, since: begin) }
        guard
            tried("cancel", { (system) throws(BatchSystemError) in try system.cancel(ids) }) != nil
        else { return }
        end(id)
    }

    private mutating func note(_ step: String, _ isGood: Bool, _ words: String) {
        steps.append(Step(step: step, isGood: isGood, words: words))
    }

    private mutating func tried<Value>(
        _ step: String, _ work: (any BatchSystem) throws(BatchSystemError) -> Value
    ) -> Value? {
        do throws(BatchSystemError) {
            return try work(site.system)
        } catch {
            note(step, false, Self.words(error, at: step))
            return nil
        }
    }

    private static func words(_ error: BatchSystemError, at step: String) -> String {
        switch error.code {
        case .notFound: "a program of the system is not on this machine: \(error.message)"
        case .refused: "the system does not take the job: \(error.message)"
        case .timeout, .busy: "the system does not answer: \(error.message)"
        case .failed where step == "answers":
            "the system does not answer: perhaps its controller does not run, or this machine is"
                + " not set up to reach it; it said: \(error.message)"
        case .failed: "the system answers with a fault; it said: \(error.message)"
        default: error.description
        }
    }

    /// Waits until the job runs, and gives the host on which it does.
    private mutating func follow(_ id: BatchJobID) -> String? {
        var words = "is not in the queue"
        for _ in 0..<patience {
            guard
                let known = tried(
                    "poll", { (system) throws(BatchSystemError) in try system.poll([id]) })
            else { return nil }
            if let status = known[id] {
                words = [status.native, status.reason].filter { !$0.isEmpty }.joined(
                    separator: ", ")
                if status.state == .running {
                    let host = status.host ?? "a machine of the system"
                    note("run", true, "runs on \(host)")
                    return host
                }
                if status.state.isEnded { break }
            }
            pause()
        }
        note("run", false, "job \(id) does not run: \(words)")
        return nil
    }

    private mutating func look(for file: String, on host: String, since begin: Double) {
        for _ in 0..<patience {
            let now = Date().timeIntervalSince1970
            if let data = FileManager.default.contents(atPath: file),
                let time = Double(
                    String(decoding: data.prefix(40), as: UTF8.self).trimmingCharacters(
                        in: .whitespacesAndNewlines))
            {
                note("folder", true, "\(folder) is shared with \(host)")
                let skew = max(begin - time, time - now)
                note(
                    "clock", skew <= Self.mostSkew,
                    skew <= Self.mostSkew
                        ? "that of \(host) agrees"
                        : "that of \(host) differs from this machine's by \(skew.rounded()) s")
                return
            }
            pause()
        }
        note(
            "folder", false,
            "what the job wrote on \(host) is not seen here: \(folder) has to be on a shared disk")
    }

    private mutating func end(_ id: BatchJobID) {
        for _ in 0..<patience {
            guard
                let known = tried(
                    "cancel", { (system) throws(BatchSystemError) in try system.poll([id]) })
            else { return }
            guard let status = known[id], !status.state.isEnded else {
                note("cancel", true, "job \(id) is cancelled")
                return
            }
            pause()
        }
        note("cancel", false, "job \(id) is still there though it was cancelled")
    }
}
