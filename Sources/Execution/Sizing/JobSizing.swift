import Documents
import Markup
import Workflows

/// How the short payloads of a pipeline would be grouped into jobs that last no longer than a given
/// time; a job's payloads run one after the other in the room of one.
///
/// After the job sizing of PanDA's JEDI. How long a payload takes is what 95 % of those of its node
/// did not exceed in earlier runs and, where there are none, the walltime that it asks for.
public struct JobSizing: Hashable, Sendable, Encodable {
    /// The payloads of one node.
    public struct Node: Hashable, Sendable, Encodable {
        /// Its path in the graph: `correct.flat`.
        public let label: String
        /// What each asks for: seconds, MiB.
        public let walltime: Double
        public let memory: Int
        @OrNull public private(set) var measured: MeasuredWalltimes?
        /// What was reckoned with, seconds.
        public let seconds: Double
        /// How many a job has at most; 0 where not even one fits.
        public let payloadsOfJob: Int
        /// The longest that a job of them lasts, seconds.
        public let secondsOfJob: Double
        /// `nil` where it follows from a list that is not there yet.
        @OrNull public private(set) var payloads: Int?
        /// `nil` where `payloads` is, or where none fits.
        @OrNull public private(set) var jobs: Int?

        private enum CodingKeys: String, CodingKey {
            case label
            case walltime = "walltime_s"
            case memory = "memory_MiB"
            case measured
            case seconds = "used_s"
            case payloadsOfJob = "payloads_per_job"
            case secondsOfJob = "job_s"
            case payloads, jobs
        }
    }

    public let pipeline: String
    /// The most that a job may last, seconds.
    public let walltime: Double
    /// What a job has, MiB; not limited where `nil`.
    @OrNull public private(set) var memory: Int?
    /// The most payloads of a job.
    public let mostPayloads: Int
    public let nodes: [Node]

    private enum CodingKeys: String, CodingKey {
        case pipeline
        case walltime = "walltime_s"
        case memory = "memory_MiB"
        case mostPayloads = "cluster"
        case nodes
    }

    /// - Parameters:
    ///   - walltime: more than 0.
    ///   - measured: by label.
    public init(
        _ forecast: RunForecast, walltime: Double, memory: Int? = nil, mostPayloads: Int,
        measured: [String: MeasuredWalltimes] = [:]
    ) {
        pipeline = forecast.pipeline
        self.walltime = walltime
        self.memory = memory
        self.mostPayloads = mostPayloads
        let terms = ClusterTerms(size: mostPayloads, walltime: walltime)
        nodes = forecast.nodes.map { node in
            let seconds = measured[node.label]?.seconds ?? node.walltime
            let fits = seconds <= walltime && node.memory <= memory ?? .max
            let size = fits ? terms.count(ofWalltime: seconds) : 0
            return Node(
                label: node.label, walltime: node.walltime, memory: node.memory,
                measured: measured[node.label], seconds: seconds, payloadsOfJob: size,
                secondsOfJob: Double(size) * seconds, payloads: node.payloads,
                jobs: size == 0 ? nil : node.payloads.map { ($0 + size - 1) / size })
        }
    }
}

extension JobSizing {
    /// A line for each node.
    public var text: String {
        var table = TextTable(
            "NODE", .right("MiB"), .right("ASKED/s"), .right("95 %/s"), .right("OF"),
            .right("PER JOB"), .right("JOB/s"), .right("PAYLOADS"), .right("JOBS"), "NOTE")
        for node in nodes {
            table.add(
                node.label, "\(node.memory)", Self.text(node.walltime),
                node.measured.map { Self.text($0.seconds) } ?? "",
                node.measured.map { "\($0.payloads)" } ?? "", "\(node.payloadsOfJob)",
                Self.text(node.secondsOfJob), RunForecast.text(node.payloads),
                RunForecast.text(node.jobs), note(node))
        }
        return table.text
    }

    private func note(_ node: Node) -> String {
        if node.seconds > walltime { return "takes longer than \(Self.text(walltime)) s" }
        if let memory, node.memory > memory { return "needs more than \(memory) MiB" }
        return ""
    }

    /// With a digit after the point.
    private static func text(_ seconds: Double) -> String {
        JSONText.digits(of: (seconds * 10).rounded() / 10)
    }
}
