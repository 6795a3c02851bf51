import Files
import Foundation

extension CommandLineBatchSystem {
    /// Submits a job; what fails for now is tried again, but only when the system has answered
    /// that it does not have the job: a submission whose answer was lost is not made twice.
    public func submit(_ job: BatchJob) throws(BatchSystemError) -> [BatchJobID] {
        try job.check()
        let words = CommandWords.fill(
            description.submit.words, name: job.name, script: try write(job))
        var retry = 0
        while true {
            do throws(BatchSystemError) {
                return try submitOnce(job, words)
            } catch {
                guard error.isTemporary else { throw error }
                if let taken = try taken(job, after: error, &retry) { return taken }
            }
        }
    }

    /// The tasks of a job that the system has taken although the submission has failed; `nil`
    /// where it has not.
    ///
    /// - Parameter retry: how often something has been tried again; counted on.
    /// - Throws: the failure, where it has been tried again often enough.
    private func taken(
        _ job: BatchJob, after failure: BatchSystemError, _ retry: inout Int
    ) throws(BatchSystemError) -> [BatchJobID]? {
        while retry < site.submission.retries {
            retry += 1
            pause(site.submission.wait(before: retry, fraction: .random(in: 0.5...1)))
            if let found = try? find(name: job.name) {
                return found.isEmpty ? nil : found.keys.sorted()
            }
        }
        throw failure
    }

    private func submitOnce(
        _ job: BatchJob, _ words: [String]
    ) throws(BatchSystemError) -> [BatchJobID] {
        let outcome = try run(words)
        guard outcome.exit.isSuccess else { throw failure(words, outcome, otherwise: .refused) }
        guard let base = Self.first(description.submit.id, in: outcome.output) else {
            throw BatchSystemError(
                .unreadable,
                "\(words.first ?? ""): found \"\(outcome.output.prefix(200))\", expected the "
                    + "number of a job")
        }
        return job.count == 1
            ? [BatchJobID(base)] : (1...job.count).map { BatchJobID(base, index: $0) }
    }

    /// Writes the job's script into its folder.
    private func write(_ job: BatchJob) throws(BatchSystemError) -> String {
        let script = JobScript(
            template: template, quoting: description.quoting, job: job, site: site)
        let path = "\(job.folder)/\(job.name)\(description.suffix)"
        do throws(FilesError) {
            try FileTree.makeFolder(job.folder)
            try DurableFile.write(Data(script.text.utf8), to: path)
        } catch {
            throw BatchSystemError(.storage, "\(error)")
        }
        return path
    }
}
