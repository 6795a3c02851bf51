/// The cores and the memory of a place where payloads run, and what of them is free.
///
/// What is claimed never exceeds what there is.
public struct Slots: Hashable, Sendable {
    /// Cores in all.
    public let cores: Int
    /// Memory in all, MiB.
    public let memory: Int
    public private(set) var freeCores: Int
    public private(set) var freeMemory: Int

    public init(cores: Int, memory: Int) {
        self.cores = cores
        self.memory = memory
        freeCores = cores
        freeMemory = memory
    }

    /// What is missing even when nothing else runs; `nil` where it fits.
    public func shortfall(_ need: Resources) -> String? {
        var missing: [String] = []
        if need.cores > cores {
            missing.append("\(need.cores - cores) cores more than the \(cores) there are")
        }
        if need.memory > memory {
            missing.append(
                "\(need.memory - memory) MiB of memory more than the \(memory) there are")
        }
        return missing.isEmpty ? nil : "needs " + missing.joined(separator: " and ")
    }

    /// Sets the resources aside; `false`, and nothing changes, where they are not free now.
    public mutating func claim(_ need: Resources) -> Bool {
        guard need.cores <= freeCores, need.memory <= freeMemory else { return false }
        freeCores -= need.cores
        freeMemory -= need.memory
        return true
    }

    /// Counts a payload that already runs, whatever is free: until it ends nothing else starts
    /// that would not fit beside it.
    public mutating func occupy(_ need: Resources) {
        freeCores -= need.cores
        freeMemory -= need.memory
    }

    public mutating func release(_ need: Resources) {
        freeCores += need.cores
        freeMemory += need.memory
        precondition(freeCores <= cores && freeMemory <= memory, "more released than was claimed")
    }
}
