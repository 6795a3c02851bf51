public import Workflows

/// What payloads occupy at the same time.
public struct Amounts: Hashable, Sendable {
    public var cores: Int
    /// MiB.
    public var memory: Int
    public var gpus: Int

    public init(cores: Int, memory: Int, gpus: Int = 0) {
        self.cores = cores
        self.memory = memory
        self.gpus = gpus
    }

    public init(_ resources: Workflows.Resources) {
        self.init(cores: resources.cores, memory: resources.memory, gpus: resources.gpus)
    }

    /// Whether there is as much of each.
    public func fits(in room: Amounts) -> Bool {
        cores <= room.cores && memory <= room.memory && gpus <= room.gpus
    }

    /// What is missing of each in `room`; 0 where nothing is.
    public func missing(in room: Amounts) -> Amounts {
        Amounts(
            cores: max(0, cores - room.cores), memory: max(0, memory - room.memory),
            gpus: max(0, gpus - room.gpus))
    }

    public static func + (left: Amounts, right: Amounts) -> Amounts {
        Amounts(
            cores: left.cores + right.cores, memory: left.memory + right.memory,
            gpus: left.gpus + right.gpus)
    }

    public static func - (left: Amounts, right: Amounts) -> Amounts {
        Amounts(
            cores: left.cores - right.cores, memory: left.memory - right.memory,
            gpus: left.gpus - right.gpus)
    }
}
