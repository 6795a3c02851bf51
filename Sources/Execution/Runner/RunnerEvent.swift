import GroundSegment

/// What happens to a runner; it takes one event after the other.
enum RunnerEvent: Sendable {
    /// There may be orders to take, or it is time to look.
    case wake
    case staged(ID<Run>, Result<InputStaging.Result, ExecutionError>)
    case started(Dispatcher.Key, attempt: Int)
    case ended(Dispatcher.Key, attempt: Int, PayloadEnd, paths: [String: String])
    case kept(ID<Run>, Result<OutputKeeping.Result, ExecutionError>)
    case flushed(OutboxSending.Result)
    /// Finish what is under way and take nothing more.
    case drain
    /// The runner cannot go on: its store or the way to its files is gone.
    case broken(any Error)
}
