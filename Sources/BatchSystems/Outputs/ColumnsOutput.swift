/// A field of a line.
enum OutputColumn: String, Hashable, Sendable, CaseIterable {
    /// A task's number: from 1, 0 of a job that is no array; and from 0.
    case index, index0
    case id, state, name, host, reason, started, ended
    /// An exit code: `3`, `3:9` with a signal behind it, or 128 and a signal's number.
    case exit
    /// The status of wait(2), as squeue gives it.
    case waitStatus = "wait-status"
    /// Not read.
    case other
}

/// Lines of fields, as squeue, sacct, bjobs and kubectl write them on request.
struct ColumnsOutput {
    let columns: [OutputColumn]
    let separator: String

    init(_ columns: [OutputColumn], _ separator: String) {
        self.columns = columns
        self.separator = separator
    }

    /// Jobs whose ids are none of ours, such as heterogeneous ones, are left out; a line of another
    /// form is a fault.
    func records(_ text: String) throws(BatchSystemError) -> [OutputRecord] {
        var records: [OutputRecord] = []
        for line in text.split(whereSeparator: \.isNewline)
        where !line.allSatisfy(\.isWhitespace) {
            let fields = split(line)
            guard fields.count == columns.count else {
                throw BatchSystemError(
                    .unreadable,
                    "found \"\(line.prefix(200))\", expected \(columns.count) fields: "
                        + columns.map(\.rawValue).joined(separator: separator))
            }
            if let record = record(fields) { records.append(record) }
        }
        return records
    }

    private func split(_ line: Substring) -> [String] {
        var fields: [String] = []
        var rest = line
        while fields.count < columns.count - 1, let range = rest.firstRange(of: separator) {
            fields.append(String(rest[..<range.lowerBound]))
            rest = rest[range.upperBound...]
        }
        fields.append(String(rest.hasSuffix(separator) ? rest.dropLast(separator.count) : rest))
        return fields.map { field in
            String(
                field.drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
        }
    }

    private func record(_ fields: [String]) -> OutputRecord? {
        var values: [OutputColumn: String] = [:]
        for (column, field) in zip(columns, fields) { values[column] = field }
        guard let job = Self.job(values[.id] ?? "", index: Self.index(values)) else { return nil }
        var record = OutputRecord(
            job, name: values[.name], native: Self.word(values[.state] ?? ""))
        record.reason = Self.given(values[.reason]) ?? ""
        record.host = Self.given(values[.host])
        record.exit =
            values[.waitStatus].flatMap { Int($0) }.map(BatchJobExit.init(waitStatus:))
            ?? values[.exit].flatMap(Self.exit)
        record.started = values[.started].flatMap { Int($0) }
        record.ended = values[.ended].flatMap { Int($0) }
        return record
    }

    private static func index(_ values: [OutputColumn: String]) -> Int? {
        values[.index].flatMap { Int($0) }
            ?? values[.index0].flatMap { Int($0) }.flatMap { $0 < Int.max ? $0 + 1 : nil }
    }

    /// The job by its number, or by a name of ours where the system numbers none.
    private static func job(_ text: String, index: Int?) -> JobName? {
        var job =
            JobName(text) ?? (BatchJob.isName(text) ? JobName(base: text, tasks: nil) : nil)
        if let index, index > 0 { job?.tasks = TaskRanges(index) }
        return job
    }

    /// The first word of a state: `CANCELLED by 1000`, `NODE_FAIL+DRAIN`.
    static func word(_ text: String) -> String {
        String(text.prefix { $0 != " " && $0 != "+" })
    }

    /// What is not one of the words for nothing.
    static func given(_ text: String?) -> String? {
        guard let text,
            !["", "None", "(null)", "N/A", "-", "Unknown", "<none>", "None assigned"].contains(text)
        else { return nil }
        return text
    }

    /// `3:0`, `0:9` of Slurm, or a shell's code.
    static func exit(_ text: String) -> BatchJobExit? {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false).map { Int($0) }
        guard let code = parts.first ?? nil else { return nil }
        guard parts.count == 2, let signal = parts[1] else { return BatchJobExit(shellCode: code) }
        return signal == 0 ? .code(code) : .signal(signal)
    }
}
