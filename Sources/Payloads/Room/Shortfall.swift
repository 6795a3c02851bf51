/// Why something never fits into a room, not even when nothing else is there.
public struct Shortfall: Hashable, Sendable, CustomStringConvertible {
    /// What there is too little of; never empty.
    public let amounts: [Amount]

    public enum Resource: String, Hashable, Sendable {
        case cores, memory, gpus
    }

    public struct Amount: Hashable, Sendable {
        public let resource: Resource
        /// Cores, MiB or GPUs.
        public let needed: Int
        public let present: Int

        public var missing: Int { needed - present }
    }

    /// One line: `needs 2 cores more than the 4 there are`.
    public var description: String {
        let parts = amounts.map { amount in
            switch amount.resource {
            case .cores: "\(amount.missing) cores more than the \(amount.present) there are"
            case .memory:
                "\(amount.missing) MiB of memory more than the \(amount.present) there are"
            case .gpus: "\(amount.missing) GPUs more than the \(amount.present) there are"
            }
        }
        return "needs " + parts.joined(separator: " and ")
    }
}
