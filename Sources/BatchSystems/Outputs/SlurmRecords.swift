/// What `scontrol show job --oneliner` writes: a line a job, fields `Key=Value` apart by spaces,
/// which a value may have too (scontrol(1)).
enum SlurmRecords {
    static func records(_ text: String) throws(BatchSystemError) -> [OutputRecord] {
        var records: [OutputRecord] = []
        for line in text.split(whereSeparator: \.isNewline)
        where !line.allSatisfy(\.isWhitespace) {
            if line.hasPrefix("No jobs in the system") { continue }
            guard let id = value("JobId", in: line), let state = value("JobState", in: line) else {
                throw BatchSystemError(
                    .unreadable,
                    "found \"\(line.prefix(200))\", expected JobId=... and JobState=...")
            }
            guard var job = JobName(value("ArrayJobId", in: line) ?? id) else { continue }
            if let tasks = value("ArrayTaskId", in: line).flatMap({ TaskRanges($0) }) {
                job.tasks = tasks
            }
            var record = OutputRecord(
                job, name: value("JobName", in: line), native: ColumnsOutput.word(state))
            record.reason = ColumnsOutput.given(value("Reason", in: line)) ?? ""
            record.host = ColumnsOutput.given(value("NodeList", in: line))
            record.exit = value("ExitCode", in: line).flatMap(ColumnsOutput.exit)
            record.started = value("StartTime", in: line).flatMap { Int($0) }
            record.ended = value("EndTime", in: line).flatMap { Int($0) }
            records.append(record)
        }
        return records
    }

    /// The value of a key that is at the line's start or behind a space, up to the next space:
    /// those read here have none.
    private static func value(_ key: String, in line: Substring) -> String? {
        let start: Substring.Index
        if line.hasPrefix("\(key)=") {
            start = line.index(line.startIndex, offsetBy: key.count + 1)
        } else if let range = line.firstRange(of: " \(key)=") {
            start = range.upperBound
        } else {
            return nil
        }
        return String(line[start...].prefix { $0 != " " })
    }
}
