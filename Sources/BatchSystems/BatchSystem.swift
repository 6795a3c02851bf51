/// A batch system: what a site's machines are had through, in few verbs.
///
/// All calls wait for the system and may take as long as its commands' time limit: they belong on
/// a thread that may wait. What a system says of a job is never the truth about what the job did,
/// only about the job: `BatchJobLife` puts the two together.
public protocol BatchSystem: Sendable {
    /// Submits one job, an array where its count is above 1.
    ///
    /// - Returns: one id a task, in the order of their numbers.
    /// - Throws: `BatchSystemError`: `refused` with the system's own words; after `timeout` and
    ///   `busy` the job may have been taken all the same, which `find` tells.
    func submit(_ job: BatchJob) throws(BatchSystemError) -> [BatchJobID]

    /// How jobs are now, in one question to the system for all of them.
    ///
    /// - Returns: nothing for those that the queue does not know, or no longer.
    func poll(_ ids: [BatchJobID]) throws(BatchSystemError) -> [BatchJobID: BatchJobStatus]

    /// The tasks of a job by its name, which is unique; none where the system knows no such job.
    func find(name: String) throws(BatchSystemError) -> [BatchJobID: BatchJobStatus]

    /// What is known of jobs that have left the queue, where the system keeps account of them.
    ///
    /// - Returns: nothing for those that nothing is known of; nothing at all without accounting.
    func afterEnd(_ ids: [BatchJobID]) throws(BatchSystemError) -> [BatchJobID: BatchJobStatus]

    /// Ends jobs, waiting or running; those that have ended or are not known are left alone.
    func cancel(_ ids: [BatchJobID]) throws(BatchSystemError)

    func limits() throws(BatchSystemError) -> BatchLimits
}
