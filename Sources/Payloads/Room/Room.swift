/// The cores, the memory and the GPUs of a host, and what of them is free.
///
/// What is claimed never exceeds what there is, and no GPU is given to two at once.
public struct Room: Hashable, Sendable {
    /// Cores in all.
    public let cores: Int
    /// Memory in all, MiB.
    public let memory: Int
    /// The GPUs by the names under which payloads address them.
    public let gpus: [String]
    public private(set) var freeCores: Int
    public private(set) var freeMemory: Int
    /// In the order of `gpus`.
    public private(set) var freeGPUs: [String]

    /// What has been set aside for one attempt.
    public struct Claim: Hashable, Sendable {
        public let need: Need
        /// The GPUs that are its own.
        public let gpus: [String]
    }

    public init(cores: Int, memory: Int, gpus: [String] = []) {
        self.cores = cores
        self.memory = memory
        self.gpus = gpus
        freeCores = cores
        freeMemory = memory
        freeGPUs = gpus
    }

    /// What is missing even when nothing else is there; `nil` where it fits.
    public func shortfall(_ need: Need) -> Shortfall? {
        let all: [(Shortfall.Resource, Int, Int)] = [
            (.cores, need.cores, cores), (.memory, need.memory, memory),
            (.gpus, need.gpus, gpus.count),
        ]
        let amounts = all.filter { $0.1 > $0.2 }.map {
            Shortfall.Amount(resource: $0.0, needed: $0.1, present: $0.2)
        }
        return amounts.isEmpty ? nil : Shortfall(amounts: amounts)
    }

    /// Whether it is free now.
    public func fits(_ need: Need) -> Bool {
        need.cores <= freeCores && need.memory <= freeMemory && need.gpus <= freeGPUs.count
    }

    /// Sets room aside; `nil`, and nothing changes, where it is not free now.
    public mutating func claim(_ need: Need) -> Claim? {
        fits(need) ? occupy(need) : nil
    }

    /// Counts what is already there, whatever is free: until it is released nothing is claimed
    /// that would not fit beside it.
    public mutating func occupy(_ need: Need) -> Claim {
        let given = Array(freeGPUs.prefix(need.gpus))
        freeGPUs.removeFirst(given.count)
        freeCores -= need.cores
        freeMemory -= need.memory
        return Claim(need: need, gpus: given)
    }

    /// Gives back what has been set aside.
    public mutating func release(_ claim: Claim) {
        freeCores += claim.need.cores
        freeMemory += claim.need.memory
        let free = Set(freeGPUs).union(claim.gpus)
        freeGPUs = gpus.filter(free.contains)
    }
}
