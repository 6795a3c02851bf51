/// The life of a task, in the words of PanDA's JEDI.
///
/// ```
/// registered -> defined -> assigning -> ready -> scouting -> scouted -> running -> prepared
///                  \-> pending -/                                        merging -/   |
///                                            done, finished, failed <----------------/
/// ```
///
/// Commands take a task through states of their own (`aborting`, `toretry`, ...) until the rules
/// have carried them out; `RuleTable.standard` has every change that is not a command.
public enum TaskState: String, Hashable, Sendable, CaseIterable {
    /// Written down; the campaign is not approved yet, or the task's triggers are awaited.
    case registered
    /// Admitted; its data sets are known.
    case defined
    /// A place for its jobs is looked for.
    case assigning
    /// Jobs can be defined.
    case ready
    /// Its inputs are not there yet.
    case pending
    /// Its first jobs are being measured.
    case scouting
    /// They have been measured; the others are being defined.
    case scouted
    case running
    /// A last job joins the outputs.
    case merging
    /// All jobs are over; the outputs are being closed.
    case prepared
    /// Ended without a loss.
    case done
    /// Ended with losses that its policy tolerates, or by the command `finish`.
    case finished
    /// Ended with more losses than its policy tolerates.
    case failed
    /// To be killed: its jobs are being cancelled.
    case aborting
    /// Killed; what it has written is being closed.
    case toabort
    case aborted
    /// To be finished with what there is: no more jobs are defined.
    case finishing
    /// Finished by command; the outputs are to be closed.
    case passed
    /// A pipeline has to prepare its inputs.
    case topreprocess
    case preprocessing
    /// It cannot run: an input will never come.
    case tobroken
    case broken
    /// Its lost jobs are to be defined again.
    case toretry
    /// Its inputs are to be looked up again, for more than there were.
    case toincexec
    /// They are being looked up.
    case rerefine
    /// To be given to another place.
    case toreassign
    case reassigning
    /// Held by an operator.
    case paused
    /// Held because there are too many jobs already.
    case throttled
    /// Its scouts failed; an operator has to look.
    case exhausted

    /// What kind of state it is, which is what people are told by colour and word.
    public enum Standing: String, Hashable, Sendable, CaseIterable {
        /// Something has to come first.
        case waiting
        /// Its jobs run.
        case working
        /// It is on its way from one state to another.
        case changing
        /// An operator has to do something.
        case held
        /// Nothing more happens to it, unless an operator asks for it.
        case ended
    }

    public var standing: Standing {
        switch self {
        case .registered, .defined, .assigning, .ready, .pending, .throttled: .waiting
        case .preprocessing, .scouting, .scouted, .running, .merging, .prepared: .working
        case .aborting, .toabort, .finishing, .passed, .topreprocess, .tobroken, .toretry,
            .toincexec, .rerefine, .toreassign, .reassigning:
            .changing
        case .paused, .exhausted: .held
        case .done, .finished, .failed, .aborted, .broken: .ended
        }
    }

    public var hasEnded: Bool { standing == .ended }
}
