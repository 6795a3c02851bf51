/// What `qacct -j` of Grid Engine writes: a block a task below a line of `=`, a line a field
/// (qacct(1), accounting(5)).
///
/// `failed` and `exit_status` are read both: a job that never began has a failure and the exit
/// status 0, one that was killed has the failure 100 and its signal beside it.
enum GridEngineAccounting {
    static func records(_ text: String) throws(BatchSystemError) -> [OutputRecord] {
        var blocks: [[String: String]] = []
        for line in text.split(whereSeparator: \.isNewline) {
            if line.hasPrefix("=====") {
                blocks.append([:])
                continue
            }
            let key = line.prefix { !$0.isWhitespace }
            guard !key.isEmpty, let last = blocks.indices.last else { continue }
            let value = line[key.endIndex...].drop(while: \.isWhitespace)
            // What somebody put in as context may repeat a field's name.
            if blocks[last][String(key)] == nil {
                blocks[last][String(key)] = String(
                    value.reversed().drop(while: \.isWhitespace).reversed())
            }
        }
        var records: [OutputRecord] = []
        for block in blocks { records.append(try record(block)) }
        return records
    }

    private static func record(_ block: [String: String]) throws(BatchSystemError) -> OutputRecord {
        guard let number = block["jobnumber"], var job = JobName(number),
            let failed = block["failed"], let failure = leading(failed),
            let status = block["exit_status"].flatMap({ leading($0) })
        else {
            throw BatchSystemError(
                .unreadable, "qacct: expected jobnumber, failed and exit_status in a block")
        }
        if let task = block["taskid"].flatMap({ Int($0) }) { job.tasks = TaskRanges(task) }
        var record = OutputRecord(job, name: block["jobname"], native: "failed")
        let isTimeout = failure == 100 && isOverLimit(block)
        record.detail = isTimeout ? "37" : String(failure)
        record.reason = failure == 0 ? "" : failed
        // A job that never began has no exit.
        record.exit =
            failure == 0 || failure >= 37 ? BatchJobExit(shellCode: status) : nil
        record.host = block["hostname"]
        record.started = block["start_time"].flatMap(SystemTime.ctime)
        record.ended = block["end_time"].flatMap(SystemTime.ctime)
        return record
    }

    /// The number that a text begins with: `100 : assumedly after job`, `12s`.
    private static func leading(_ text: String) -> Int? {
        Int(text.prefix { $0.isASCII && $0.isNumber })
    }

    /// Whether the killed job had run as long as it was allowed to: the execution host ends it
    /// with the same failure that any other kill has.
    private static func isOverLimit(_ block: [String: String]) -> Bool {
        guard let wallclock = block["ru_wallclock"].flatMap(leading),
            let range = block["category"]?.firstRange(of: "h_rt="),
            let limit = block["category"].flatMap({ leading(String($0[range.upperBound...])) })
        else { return false }
        return wallclock >= limit
    }
}
