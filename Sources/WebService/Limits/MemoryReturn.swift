import CMalloc
public import ServiceLifecycle

/// Gives memory back to the system once many bytes of answers have gone.
///
/// The C library keeps what is freed in between what is in use (malloc_trim(3)).
public struct MemoryReturn: ServiceLifecycle.Service {
    private let budget: ByteBudget
    /// How long after: what the last answers held has been freed by then.
    private let delay: Duration

    public init(budget: ByteBudget, delay: Duration = .seconds(1)) {
        self.budget = budget
        self.delay = delay
    }

    /// Runs until the service is asked to stop.
    public func run() async throws {
        for await _ in budget.quiet.cancelOnGracefulShutdown() {
            try? await Task.sleep(for: delay)
            malloc_trim(0)
        }
    }
}
