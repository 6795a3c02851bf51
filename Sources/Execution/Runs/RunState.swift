/// The life of a run: an order in the hands of its runner.
///
/// ```
/// PENDING --inputs staged--> EXECUTING --outputs stored--> COMPLETED
///    \--an input cannot be had--\  \--a step failed--> ERROR
/// ```
public enum RunState: String, Hashable, Sendable, CaseIterable {
    /// Taken; its inputs are not all here yet.
    case pending = "PENDING"
    /// Its steps run, or its outputs are being stored.
    case executing = "EXECUTING"
    case completed = "COMPLETED"
    /// Ended without its outputs.
    case error = "ERROR"

    /// Whether nothing more is to be done but to report it.
    public var isFinal: Bool { self == .completed || self == .error }
}
