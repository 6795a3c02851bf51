import Documents

/// What `qstat -xml -g d` of Grid Engine writes: an element `job_list` a task, or one for several
/// that wait (qstat(1), and the schema qstat.xsd beside it).
enum GridEngineJobs {
    static func records(_ text: String) throws(BatchSystemError) -> [OutputRecord] {
        do {
            return try elements(XMLStream(bytes: text.utf8)).compactMap(record)
        } catch let error as XMLError {
            throw BatchSystemError(.unreadable, "qstat -xml: \(error)")
        } catch {
            throw BatchSystemError(.unreadable, "qstat -xml: \(error)")
        }
    }

    /// The texts of each `job_list`, by the names of its elements.
    private static func elements(_ stream: XMLStream) throws -> [[String: String]] {
        var jobs: [[String: String]] = []
        var job: [String: String]?
        var element: String?
        while let event = try stream.next() {
            switch event {
            case .start(let name):
                if name.local == "job_list" { job = [:] } else { element = name.local }
            case .text:
                if let element { job?[element, default: ""] += stream.text }
            case .end(let name):
                element = nil
                if name.local == "job_list", let ended = job {
                    jobs.append(ended)
                    job = nil
                }
            }
        }
        return jobs
    }

    private static func record(_ job: [String: String]) -> OutputRecord? {
        guard let number = job["JB_job_number"], var name = JobName(number) else { return nil }
        if let tasks = job["tasks"] {
            guard let ranges = TaskRanges(tasks) else { return nil }
            name.tasks = ranges
        }
        var record = OutputRecord(
            name, name: job["JB_name"], native: job["state"] ?? "")
        // main.q@node7
        record.host = job["queue_name"].flatMap { queue in
            queue.split(separator: "@").count == 2
                ? queue.split(separator: "@").last.map(String.init) : nil
        }
        record.started = job["JAT_start_time"].flatMap(SystemTime.iso)
        return record
    }
}
