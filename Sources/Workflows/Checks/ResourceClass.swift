/// The most that a payload can have on one kind of host of a site.
public struct ResourceClass: Hashable, Sendable {
    public let name: String
    public let cores: Int
    /// MiB.
    public let memory: Int
    public let gpus: Int
    /// MiB; not limited where `nil`.
    public let virtualMemory: Int?
    /// Seconds; not limited where `nil`.
    public let walltime: Double?
    /// MiB; not limited where `nil`.
    public let temporary: Int?

    public init(
        name: String, cores: Int, memory: Int, gpus: Int = 0, virtualMemory: Int? = nil,
        walltime: Double? = nil, temporary: Int? = nil
    ) {
        self.name = name
        self.cores = cores
        self.memory = memory
        self.gpus = gpus
        self.virtualMemory = virtualMemory
        self.walltime = walltime
        self.temporary = temporary
    }

    /// What a payload needs beyond what there is.
    public struct Missing: Hashable, Sendable, CustomStringConvertible {
        public enum Quantity: String, Hashable, Sendable {
            case cores
            case memory = "MiB of memory"
            case gpus = "GPUs"
            case virtualMemory = "MiB of address space"
            case walltime = "s of walltime"
            case temporary = "MiB of temporary space"
        }

        public let quantity: Quantity
        public let needed: Double
        public let available: Double

        /// `56 cores (64 needed, 8 there)`.
        public var description: String {
            let missing = Self.text(needed - available)
            return "\(missing) \(quantity.rawValue) (\(Self.text(needed)) needed, "
                + "\(Self.text(available)) there)"
        }

        private static func text(_ number: Double) -> String {
            Int(exactly: number).map(String.init) ?? "\(number)"
        }
    }

    /// What is missing for `resources` to fit; empty where they do.
    public func missing(for resources: Resources) -> [Missing] {
        let compared: [(Missing.Quantity, Double?, Double?)] = [
            (.cores, Double(resources.cores), Double(cores)),
            (.memory, Double(resources.memory), Double(memory)),
            (.gpus, Double(resources.gpus), Double(gpus)),
            (
                .virtualMemory, resources.virtualMemory.map(Double.init),
                virtualMemory.map(Double.init)
            ),
            (.walltime, resources.walltime, walltime),
            (.temporary, resources.temporary.map(Double.init), temporary.map(Double.init)),
        ]
        return compared.compactMap { quantity, needed, available in
            guard let needed, let available, needed > available else { return nil }
            return Missing(quantity: quantity, needed: needed, available: available)
        }
    }
}
