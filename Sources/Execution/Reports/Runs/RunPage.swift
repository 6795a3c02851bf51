public import GroundSegment
import Markup
public import Workflows

/// All that is known of a run: what it is, its tasks, its graph, its files and where they are from.
public struct RunPage: Sendable, Encodable {
    public let run: RunRow
    /// The status of an abort code that ended it.
    @OrNull public internal(set) var returnCode: Int?
    /// Why it was told to stop.
    @OrNull public internal(set) var stopReason: String?
    public let softwareRelease: String
    /// Folder below which its payloads work, and that of their logs.
    public let workdir: String
    public let logdir: String
    /// The pipeline that it runs: its name and the SHA-256 of its document.
    public let pipelineSource: String
    public let tasks: [Task]
    public let graph: GraphSummary
    public let inputs: [File]
    public let outputs: [File]
    public let lineage: [LineageRow]
    public let tags: [String: String]
    /// An operator's words.
    public let description: String
    /// The runs that have to complete before it begins, and those that wait for it.
    public let needs: [LinkedRun]
    public let neededBy: [LinkedRun]
    /// What operators did to it, oldest first.
    public let history: [OperatorEvent]

    /// A payload of the run.
    public struct Task: Hashable, Sendable, Encodable {
        public let payload: Int
        public let path: String
        public let state: String
        /// The host of its last attempt; empty before the first.
        public let pilot: String
        public let attempts: Int
        /// Seconds of its last attempt.
        @OrNull public internal(set) var duration: Double?
        /// Empty where it is no process.
        public let outdir: String
        public let logdir: String
        public let message: String
        public let tags: [String: String]

        /// One character: done, failed, at work, held, or nothing yet.
        public var tick: String {
            switch PayloadState(rawValue: state) {
            case .completed: "+"
            case .failed, .aborted, .pruned: "x"
            case .assigned, .running, .standBy: ">"
            case .held: "="
            default: " "
            }
        }
    }

    /// A file that a run reads or leaves.
    public struct File: Hashable, Sendable, Encodable {
        public let port: String
        /// The product's name; empty where it is none.
        public let product: String
        public let path: String
        public let sha256: String
    }

    /// - Parameters:
    ///   - facts: read whole.
    ///   - isWithTasks: whether the payloads are told one by one.
    public init(
        _ facts: RunFacts, _ configuration: RunnerConfiguration, at now: MJD,
        isWithTasks: Bool = true
    ) {
        let (run, life) = (facts.run, facts.life)
        let files = RunFiles(facts, configuration.storage)
        self.run = RunRow(facts, at: now)
        returnCode = life.returnCode
        stopReason = life.stopReason
        softwareRelease = run.origin.softwareRelease
        workdir = configuration.storage.workFolder(of: run.id)
        logdir = configuration.runFolder(run.id)
        pipelineSource = "\(life.graph.name) sha256:\(facts.graphDigest)"
        let last = facts.lastAttempts
        let tags = Dictionary(grouping: facts.tags, by: \.payload).mapValues(Self.named)
        tasks = (isWithTasks ? 0..<life.count : 0..<0).filter(life.isCounted).map {
            Task($0, facts, last[$0], tags[$0] ?? [:], configuration)
        }
        graph = life.graph.summary
        inputs = run.inputs.map {
            File(port: $0.port, product: $0.product, path: $0.path, sha256: $0.sha256)
        }
        outputs = files.kept.map {
            File(port: $0.name, product: $0.product, path: $0.path, sha256: $0.stored.digest.sha256)
        }
        lineage = files.lineage
        self.tags = tags[nil] ?? [:]
        description = run.description
        needs = run.needs.map(LinkedRun.init)
        neededBy = facts.needing.map(LinkedRun.init)
        history = facts.history
    }

    static func named(_ tags: [TagFacts]) -> [String: String] {
        Dictionary(tags.map { ($0.name, $0.value) }, uniquingKeysWith: { $1 })
    }
}

extension RunPage.Task {
    init(
        _ number: Int, _ facts: RunFacts, _ attempt: AttemptFacts?, _ tags: [String: String],
        _ configuration: RunnerConfiguration
    ) {
        let life = facts.life
        let state = life[number]
        let path = life.path(number)
        let isBegun = life.isProcess(number) && state.attempts > 0
        payload = number
        self.path = path
        self.state = state.state.rawValue
        pilot = isBegun ? facts.hosts[number] ?? "local" : ""
        attempts = state.attempts
        duration = attempt?.duration
        outdir = isBegun ? configuration.workFolder(facts.run.id, path, state.attempts) : ""
        logdir = isBegun ? configuration.attemptFolder(facts.run.id, path, state.attempts) : ""
        message = state.message
        self.tags = tags
    }
}

extension RunPage {
    /// Most tasks that are listed one by one.
    private static let mostTasks = 200

    /// The page for people to read.
    ///
    /// - Parameter isWhole: whether all tasks are listed, and not only those that have not
    ///   completed where there are many.
    public func text(isWhole: Bool = false) -> String {
        var lines = head
        if !inputs.isEmpty { lines += ["", "Inputs"] + Self.table(inputs) }
        lines += ["", "Tasks"]
        let isShort = tasks.count > Self.mostTasks && !isWhole
        let shown =
            isShort
            ? tasks.filter { $0.state != PayloadState.completed.rawValue }.prefix(Self.mostTasks)
            : tasks[...]
        var table = TextTable(
            "", "TASK", "STATUS", "PILOT", .right("TRY"), .right("DURATION"), "LOGDIR", "MESSAGE")
        for task in shown {
            table.add(
                task.tick, task.path, task.state, task.pilot, "\(task.attempts)",
                Words.time(task.duration), task.logdir, task.message)
        }
        lines += table.lines
        if shown.count < tasks.count {
            lines.append("\(tasks.count - shown.count) more tasks; --all lists them")
        }
        if !outputs.isEmpty { lines += ["", "Outputs"] + Self.table(outputs) }
        if !lineage.isEmpty { lines += ["", "Lineage"] + LineageRow.table(lineage).lines }
        if !history.isEmpty {
            lines += ["", "What operators did"]
            lines += OperatorEvent.table(history, isOfOneRun: true).lines
        }
        return lines.joined(separator: "\n")
    }

    private var head: [String] {
        var fields: [(String, String)] = [
            ("Run Id", "\(run.run) (\(run.number) at \(run.sdc))"),
            ("Processing Status", run.state + (run.isPartial ? " (partial)" : "")),
            ("Origin", "\(run.origin) \(run.originId)"),
            ("Submission Date", run.submissionDate), ("End Date", run.endDate ?? ""),
            ("Duration", Words.time(run.duration)), ("Priority", "\(run.priority)"),
            ("Workdir", workdir), ("Logdir", logdir), ("Pipeline Source", pipelineSource),
            ("Software Release", softwareRelease), ("Message", run.message),
        ]
        if !description.isEmpty { fields.append(("Description", description)) }
        for (name, runs) in [("Needs", needs), ("Needed By", neededBy)] where !runs.isEmpty {
            fields.append((name, runs.map(\.text).joined(separator: ", ")))
        }
        if let returnCode { fields.append(("Return Code", "\(returnCode)")) }
        if let stopReason { fields.append(("Stopped", stopReason)) }
        for (name, value) in tags.sorted(by: { $0.key < $1.key }) {
            fields.append(("Tag \(name)", value))
        }
        var table = TextTable("", "")
        for field in fields { table.add(field.0, field.1) }
        return Array(table.lines.dropFirst())
    }

    private static func table(_ files: [File]) -> [String] {
        var table = TextTable("PORT", "PRODUCT", "PATH")
        for file in files { table.add(file.port, file.product, file.path) }
        return table.lines
    }
}
