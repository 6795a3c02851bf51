/// How a site's batch system is used, as the mapping `site: batch:` of its description says.
public struct SiteBatch: Hashable, Sendable {
    /// What is submitted.
    public enum Mode: String, Hashable, Sendable, CaseIterable {
        /// Each payload, or cluster of payloads, is a job.
        case direct
        /// Jobs are pilots, which ask for payloads.
        case pilots
    }

    public var mode = Mode.direct
    public var queue: String?
    public var account: String?
    public var qos: String?
    public var constraint: String?
    /// Lines of the job's script, without the system's mark: `--exclusive`.
    public var extra: [String] = []
    /// The most jobs, or tasks of arrays, waiting and running at a time.
    public var maxJobs = 1000
    /// Seconds between two polls.
    public var interval = 20
    /// An absolute folder that the machines of the system share with this one; `nil` where all of
    /// the runner's is shared.
    public var folder: String?
    /// The host where the commands are run, through ssh(1); this one where `nil`.
    public var via: String?
    /// Seconds that a command may take.
    public var timeout = 30
    /// How often a submission that fails for now is tried again.
    public var submission = RetryRule(retries: 3)
    /// How many polls may fail one after the other before the system counts as broken.
    public var monitorRetries = 50
    /// Seconds for which a result is looked for after its job has gone: a shared disk may show it
    /// late.
    public var fileDelay = 60
    /// What stands in place of the commands' names: `sbatch: /opt/slurm/bin/sbatch`.
    public var commands: [String: String] = [:]
    /// What the site's own states mean.
    var states: [String: StateMeaning] = [:]
    /// A file with the script's template, in place of that of the description.
    public var template: String?
    /// A file with a description of the system, in place of the one that comes with the program.
    public var description: String?

    /// How pilots are used, where `mode` says so.
    public var pilots = SitePilots()

    public init() {}

    /// The rule by which a job of this site is followed.
    public var life: BatchJobLife { BatchJobLife(fileDelay: .seconds(fileDelay)) }
}
