import CMalloc
import ServiceLifecycle

/// Gives memory back to the system once many bytes of answers have gone.
///
/// The C library keeps what is freed in between what is in use (malloc_trim(3)).
struct MemoryReturn: ServiceLifecycle.Service {
    let budget: ByteBudget
    /// How long after: what the last answers held has been freed by then.
    var delay: Duration = .seconds(1)

    func run() async throws {
        for await _ in budget.quiet.cancelOnGracefulShutdown() {
            try? await Task.sleep(for: delay)
            malloc_trim(0)
        }
    }
}
