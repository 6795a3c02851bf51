/// What a runner tells the catalogue when it has finished an order, in one transaction.
public struct OrderReport: Hashable, Sendable {
    public let order: ID<ProcessingOrder>
    public let sdc: ID<SDC>
    /// `complete`, `fail` or `abort`.
    public let event: OrderState.Event
    /// Number of the attempt that ended it, from 1.
    public let attempt: Int
    /// Every step that ran, in order of its end, those of failed attempts included.
    public let steps: [StepReport]
    /// What it made; empty unless it completed.
    public let products: [Product]
    /// What was copied for it.
    public let transfers: [Transfer]
    /// Wall-clock start and end of the work.
    public let window: TimeWindow
    /// One line on what went wrong; empty where nothing did.
    public let message: String

    public init(
        order: ID<ProcessingOrder>, sdc: ID<SDC>, event: OrderState.Event, attempt: Int,
        steps: [StepReport], products: [Product], transfers: [Transfer], window: TimeWindow,
        message: String = ""
    ) {
        self.order = order
        self.sdc = sdc
        self.event = event
        self.attempt = attempt
        self.steps = steps
        self.products = products
        self.transfers = transfers
        self.window = window
        self.message = message
    }
}

/// One run of one step's process.
public struct StepReport: Hashable, Sendable {
    public let name: String
    /// Name of the program; empty where it was not told.
    public let executable: String
    public let attempt: Int
    /// Exit status of the process; 128 plus the signal's number where a signal ended it.
    public let exitCode: Int
    /// Wall-clock start and end.
    public let window: TimeWindow
    /// Cores that the step declares.
    public let cores: Int
    /// Memory that the step declares, in MiB.
    public let memory: Int
    /// What it was measured to use; `nil` where it was not told.
    public let use: StepUse?

    public init(
        name: String, executable: String = "", attempt: Int, exitCode: Int, window: TimeWindow,
        cores: Int, memory: Int, use: StepUse? = nil
    ) {
        self.name = name
        self.executable = executable
        self.attempt = attempt
        self.exitCode = exitCode
        self.window = window
        self.cores = cores
        self.memory = memory
        self.use = use
    }
}

/// What the processes of a step used, measured.
public struct StepUse: Hashable, Sendable {
    /// Processor time, s.
    public let cpuSeconds: Double
    /// Largest resident set of all of its processes at once, as far as it was sampled, MiB.
    public let peakMemory: Double
    /// Bytes that went through read and write calls.
    public let readBytes: Int
    public let writtenBytes: Int

    public init(cpuSeconds: Double, peakMemory: Double, readBytes: Int, writtenBytes: Int) {
        self.cpuSeconds = cpuSeconds
        self.peakMemory = peakMemory
        self.readBytes = readBytes
        self.writtenBytes = writtenBytes
    }
}
