/// How a data set stands as an input of a task.
public enum InputState: String, Hashable, Sendable, CaseIterable {
    case defined
    /// There is more of it than the task knows of.
    case toupdate
    /// Not enough of it is there.
    case pending
    /// What is missing will never come.
    case broken
    /// Enough of it is there.
    case ready
    /// All of it has been used.
    case done

    /// The states that may follow.
    public var next: Set<InputState> {
        switch self {
        case .defined: [.pending, .ready, .broken]
        case .toupdate: [.pending, .ready, .broken]
        case .pending: [.ready, .broken]
        case .broken: [.toupdate]
        case .ready: [.pending, .toupdate, .done]
        case .done: [.toupdate]
        }
    }
}

/// How a data set stands as an output of the task that makes it.
public enum OutputState: String, Hashable, Sendable, CaseIterable {
    case defined
    /// Its place is known.
    case ready
    /// Jobs write parts of it.
    case running
    /// No more parts are written.
    case prepared
    /// Closed: whoever reads it can rely on it.
    case done

    /// The states that may follow. What is written to again is running once more.
    public var next: Set<OutputState> {
        switch self {
        case .defined: [.ready, .prepared]
        case .ready: [.running, .prepared]
        case .running: [.prepared]
        case .prepared: [.done, .running]
        case .done: [.running]
        }
    }
}
