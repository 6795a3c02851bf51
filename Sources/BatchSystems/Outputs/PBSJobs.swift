/// What `qstat -x -t -f -F json` of PBS writes: an object of jobs by their ids (qstat(1B); for
/// attributes pbs_job_attributes(7B)).
///
/// `Exit_status` is that of the program; 256 and more is a signal, and below 0 the system's own
/// reason: -26, -27 memory, -29 walltime.
enum PBSJobs {
    static func records(_ text: String) throws(BatchSystemError) -> [OutputRecord] {
        guard !text.allSatisfy(\.isWhitespace) else { return [] }
        guard let root = try JSONFields.document(text, of: "qstat") as? [String: Any] else {
            throw BatchSystemError(.unreadable, "qstat: expected an object")
        }
        let jobs = root["Jobs"] as? [String: Any] ?? [:]
        var records: [OutputRecord] = []
        for (id, value) in jobs {
            guard let name = JobName(id), let attributes = value as? [String: Any] else { continue }
            records.append(try record(name, JSONFields(attributes)))
        }
        return records
    }

    private static func record(
        _ job: JobName, _ fields: JSONFields
    ) throws(BatchSystemError) -> OutputRecord {
        guard let state = fields.text("job_state") else {
            throw BatchSystemError(.unreadable, "qstat: job \(job.base) has no job_state")
        }
        var record = OutputRecord(job, name: fields.text("Job_Name"), native: state)
        record.reason = fields.text("comment") ?? ""
        record.host = fields.text("exec_host").map { String($0.prefix { $0 != "/" && $0 != "+" }) }
        let status = fields.number("Exit_status")
        if let status, status < 0 {
            record.detail = String(status)
        } else {
            // 91: deleted (pbs_job_attributes(7B), substate).
            record.detail = fields.number("substate").map(String.init)
            record.exit = status.map { $0 >= 256 ? .signal($0 & 0x7F) : .code($0) }
        }
        record.started = fields.text("stime").flatMap(SystemTime.ctime)
        record.ended = fields.text("obittime").flatMap(SystemTime.ctime)
        return record
    }
}
