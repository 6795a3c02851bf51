/// The exit status of every command (DISTRIBUTION section 7; sysexits(3) from 64 on).
public enum ExitStatus: Int32, Sendable, CaseIterable {
    case done = 0
    case failure = 1
    /// Differences were found, only where they were asked for.
    case differences = 2
    case infeasible = 3
    /// A limit came before the asked quality.
    case limitReached = 4
    /// The base moved meanwhile.
    case stale = 5
    /// It needs what is not offered here.
    case unsupported = 33
    case usage = 64
    case badInput = 65
    case unknownItem = 66
    case serviceMissing = 69
    /// The disk is full or the place cannot be written to.
    case cannotWrite = 73
    /// Try again later.
    case busy = 75
    /// Interrupted with the best plan kept.
    case interrupted = 130
}
