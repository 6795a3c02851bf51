/// The life of a distribution.
///
/// ```
/// draft --check--> checked --approve--> approved --publish--> published --supersede--> superseded
///   \-----------------\---withdraw----------\--------------------/     <--reinstate--/
///                              |
///                              v
///                          withdrawn
/// ```
/// `reinstate` is what happens to a superseded one when what superseded it is withdrawn.
public enum DistributionState: String, Hashable, Sendable, CaseIterable {
    /// In the catalogue, and not known to keep the hard rules.
    case draft
    /// Recounted: it keeps the hard rules.
    case checked
    /// Someone answers for it, with name, time and reason.
    case approved
    /// It counts.
    case published
    /// One of at least the same period was published later.
    case superseded
    case withdrawn

    public enum Event: String, Hashable, Sendable, CaseIterable {
        case check, approve, publish, supersede, reinstate, withdraw
    }

    /// The state after `event`; `nil` where the event is not legal in this state.
    public func after(_ event: Event) -> DistributionState? {
        switch (self, event) {
        case (.draft, .check): .checked
        case (.checked, .approve): .approved
        case (.approved, .publish): .published
        case (.published, .supersede): .superseded
        case (.superseded, .reinstate): .published
        case (.draft, .withdraw), (.checked, .withdraw), (.approved, .withdraw),
            (.published, .withdraw):
            .withdrawn
        default: nil
        }
    }
}
