/// A run of a workflow somewhere, as it was recorded: what it consisted of and how long it took.
public struct RecordedWorkflow: Hashable, Sendable {
    public let name: String
    /// Each after its parents.
    public let tasks: [Task]
    /// Sizes of files in bytes, by their names.
    public let files: [String: Int]
    /// Seconds from the first start to the last end; `nil` where it was not recorded.
    public let makespan: Double?
    /// When it began, as it is written there.
    public let started: String?
    public let machines: [Machine]

    package init(
        name: String, tasks: [Task], files: [String: Int] = [:], makespan: Double? = nil,
        started: String? = nil, machines: [Machine] = []
    ) {
        self.name = name
        self.tasks = tasks
        self.files = files
        self.makespan = makespan
        self.started = started
        self.machines = machines
    }

    public struct Task: Hashable, Sendable {
        /// Unique in the workflow.
        public let id: String
        public let name: String
        /// The program's name, or the task's own where it was not recorded.
        public let program: String
        public let arguments: [String]
        /// Tasks that it waited for, by their ids.
        public let parents: [String]
        /// Tasks that waited for it, by their ids.
        public let children: [String]
        /// Whether anything is known of its run.
        public let isRun: Bool
        /// When it began, as it is written there.
        public let started: String?
        /// Seconds.
        public let runtime: Double
        public let cores: Int
        /// Mean use of one core, percents; `nil` where it was not recorded.
        public let processor: Double?
        /// The most that it used, in bytes; `nil` where it was not recorded.
        public let memory: Int?
        public let readBytes: Int?
        public let writtenBytes: Int?
        public let priority: Int?
        /// Names of machines.
        public let machines: [String]
        /// Names of files.
        public let inputs: [String]
        public let outputs: [String]

        package init(
            id: String, name: String, program: String, arguments: [String] = [],
            parents: [String], children: [String], isRun: Bool = true, started: String? = nil,
            runtime: Double, cores: Int, processor: Double? = nil, memory: Int? = nil,
            readBytes: Int? = nil, writtenBytes: Int? = nil, priority: Int? = nil,
            machines: [String] = [], inputs: [String], outputs: [String]
        ) {
            self.id = id
            self.name = name
            self.program = program
            self.arguments = arguments
            self.parents = parents
            self.children = children
            self.isRun = isRun
            self.started = started
            self.runtime = runtime
            self.cores = cores
            self.processor = processor
            self.memory = memory
            self.readBytes = readBytes
            self.writtenBytes = writtenBytes
            self.priority = priority
            self.machines = machines
            self.inputs = inputs
            self.outputs = outputs
        }
    }

    /// A host on which tasks ran.
    public struct Machine: Hashable, Sendable {
        public let name: String
        /// Release of its operating system, and its processors' architecture.
        public var release: String?
        public var architecture: String?
        public var cores: Int?
        /// Bytes.
        public var memory: Int?

        public init(
            name: String, release: String? = nil, architecture: String? = nil, cores: Int? = nil,
            memory: Int? = nil
        ) {
            self.name = name
            self.release = release
            self.architecture = architecture
            self.cores = cores
            self.memory = memory
        }
    }

    /// Seconds from the start of each task to the end of what waits for it, were there no limit to
    /// what runs at once (upward rank; Topcuoglu, Hariri, Wu 2002, IEEE TPDS 13, 260).
    public var ranks: [String: Double] {
        var ranks: [String: Double] = [:]
        for task in tasks.reversed() {
            ranks[task.id] = task.runtime + (task.children.compactMap { ranks[$0] }.max() ?? 0)
        }
        return ranks
    }
}
