/// What an attempt occupies while it runs.
public struct Need: Hashable, Sendable {
    public var cores: Int
    /// MiB.
    public var memory: Int
    public var gpus: Int

    public init(cores: Int = 1, memory: Int = 0, gpus: Int = 0) {
        self.cores = cores
        self.memory = memory
        self.gpus = gpus
    }
}
