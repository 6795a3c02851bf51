/// The life of a processing order, in the words of the Euclid archive's PPO.
///
/// ```
/// allocated --take--> executing --complete--> completed
///     |                   |  \-----fail-----> error --retry--> allocated
///     |                   \------abort------> aborted --retry--> allocated
///     \----withdraw----> withdrawn
/// ```
public enum OrderState: String, Hashable, Sendable, CaseIterable {
    /// Published, and not yet taken by its SDC's runner.
    case allocated = "ALLOCATED"
    /// Taken by the runner.
    case executing = "EXECUTING"
    case completed = "COMPLETED"
    /// Ended without its outputs.
    case error = "ERROR"
    /// Stopped by an operator.
    case aborted = "ABORTED"
    /// Its distribution was superseded before a runner took it.
    case withdrawn = "WITHDRAWN"

    public enum Event: String, Hashable, Sendable, CaseIterable {
        case take, complete, fail, abort, withdraw, retry
    }

    /// The state after `event`; `nil` where the event is not legal in this state.
    public func after(_ event: Event) -> OrderState? {
        switch (self, event) {
        case (.allocated, .take): .executing
        case (.allocated, .withdraw): .withdrawn
        case (.executing, .complete): .completed
        case (.executing, .fail): .error
        case (.executing, .abort): .aborted
        case (.error, .retry), (.aborted, .retry): .allocated
        default: nil
        }
    }

    /// Whether a runner has nothing more to do for the order.
    public var isFinal: Bool { self != .allocated && self != .executing }
}
