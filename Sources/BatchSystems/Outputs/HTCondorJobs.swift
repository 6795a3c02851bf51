/// What `condor_q -json` and `condor_history -json` write: a list of job ClassAds, and nothing at
/// all where there is no job (manual: Job ClassAd Attributes).
enum HTCondorJobs {
    /// The manual's words for JobStatus.
    private static let statuses = [
        1: "Idle", 2: "Running", 3: "Removed", 4: "Completed", 5: "Held",
        6: "TransferringOutput", 7: "Suspended",
    ]

    static func records(_ text: String) throws(BatchSystemError) -> [OutputRecord] {
        guard !text.allSatisfy(\.isWhitespace) else { return [] }
        guard let list = try JSONFields.document(text, of: "condor_q") as? [Any] else {
            throw BatchSystemError(.unreadable, "condor_q: expected a list")
        }
        var records: [OutputRecord] = []
        for element in list {
            guard let values = element as? [String: Any] else {
                throw BatchSystemError(.unreadable, "condor_q: expected objects in the list")
            }
            records.append(try record(JSONFields(values)))
        }
        return records
    }

    private static func record(_ fields: JSONFields) throws(BatchSystemError) -> OutputRecord {
        guard let cluster = fields.number("ClusterId"), let process = fields.number("ProcId"),
            cluster > 0, (0..<BatchJob.mostTasks).contains(process),
            let status = fields.number("JobStatus")
        else {
            throw BatchSystemError(
                .unreadable, "condor_q: expected ClusterId, ProcId and JobStatus of a job")
        }
        var record = OutputRecord(
            JobName(
                base: String(cluster),
                tasks: fields.number("TotalSubmitProcs") == 1 ? nil : TaskRanges(process + 1)),
            name: fields.text("JobBatchName"), native: statuses[status] ?? String(status))
        record.detail = fields.number("HoldReasonCode").map(String.init)
        record.reason = fields.text("HoldReason") ?? fields.text("RemoveReason") ?? ""
        record.host = fields.text("RemoteHost") ?? fields.text("LastRemoteHost")
        if fields.flag("ExitBySignal") == true {
            record.exit = fields.number("ExitSignal").map(BatchJobExit.signal)
        } else {
            record.exit = fields.number("ExitCode").map(BatchJobExit.code)
        }
        record.started = fields.number("JobStartDate")
        record.ended = fields.number("CompletionDate").flatMap { $0 > 0 ? $0 : nil }
        return record
    }
}
