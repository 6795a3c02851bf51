/// How the data of one input come in, as `Arrival.of` judges it.
public enum Arrival: String, Hashable, Sendable, CaseIterable {
    /// Not enough to start with; more is expected.
    case nothing
    /// Enough to start with, by the task's policy; more may come.
    case enough
    /// All that will ever come.
    case complete
    /// What is missing will not come, and the task cannot do without it.
    case never
}

/// How far a task's jobs are.
public enum JobProgress: String, Hashable, Sendable, CaseIterable {
    /// None is defined, and some are to be.
    case none
    /// Those that are defined are over, and others are to be defined.
    case waiting
    /// Some are not over.
    case active
    /// All are defined and over.
    case over
}

/// What a task has lost of its jobs.
public enum Outcome: String, Hashable, Sendable, CaseIterable {
    /// Nothing.
    case complete
    /// No more than its policy tolerates.
    case tolerated
    case excessive
}

/// How far the jobs are that are measured first.
public enum ScoutProgress: String, Hashable, Sendable, CaseIterable {
    /// None are wanted.
    case none
    case open
    /// Enough of them have been measured.
    case enough
    /// Too many failed for an estimate.
    case failed
}

/// Whether a task may go on as far as others are concerned.
public enum Admission: String, Hashable, Sendable, CaseIterable {
    /// Its campaign is not approved, or a trigger has not fired.
    case awaited
    case admitted
    /// There are so many jobs of its campaign that it has to wait.
    case limited
}

/// Whether SDCs have been found for a task's jobs.
public enum PlacementProgress: String, Hashable, Sendable, CaseIterable {
    case open, placed
}

/// How far a pipeline is that runs once, before the jobs or after them.
public enum StepProgress: String, Hashable, Sendable, CaseIterable {
    /// There is none.
    case none
    case open, over
    /// Its job is lost.
    case failed
}
