import AsyncAlgorithms
import Execution
import Logging
import ServiceLifecycle
import Synchronization
import WebService

/// Tells those who follow that something at the runner has changed.
final class StateChanges: ServiceLifecycle.Service {
    private let board = StateBoard(0)
    private let store: RunStore
    private let logger: Logger

    /// How often it is looked whether the store has changed, while anybody follows.
    private static let interval = Duration.milliseconds(250)
    /// After how many looks without a change those who follow are reminded, so that it is noticed
    /// who is gone.
    private static let patience = 60
    /// How many may follow at a time.
    private static let most = 200

    /// - Parameter store: opened to be read.
    init(_ store: RunStore, logger: Logger) {
        self.store = store
        self.logger = logger
    }

    /// The number of changes that were seen, now and as they come; `nil` where too many follow.
    func follow() -> (now: Int, later: AsyncStream<Int>)? {
        board.follow(limit: Self.most).map { (board.state, $0) }
    }

    func run() async throws {
        var last = -1
        var looks = 0
        for await _ in AsyncTimerSequence(interval: Self.interval, clock: .continuous)
            .cancelOnGracefulShutdown()
        {
            guard board.followers > 0 else { continue }
            do {
                let version = try await store.version()
                looks += 1
                if version != last {
                    if last >= 0 { board.publish(board.state + 1) }
                    (last, looks) = (version, 0)
                } else if looks >= Self.patience {
                    board.remind()
                    looks = 0
                }
            } catch {
                logger.warning("the store cannot be read", metadata: ["cause": "\(error)"])
            }
        }
    }
}
