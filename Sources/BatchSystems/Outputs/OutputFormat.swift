/// How a command tells of jobs.
enum OutputFormat: String, Hashable, Sendable, CaseIterable {
    /// A line a job, its fields apart by a separator; the last one takes the rest of the line.
    case columns
    /// A job's id a line, and nothing else.
    case ids
    /// `scontrol show job --oneliner`: a line a job of `Key=Value`.
    case slurmRecords = "slurm-records"
    /// `qstat -xml` of Grid Engine.
    case gridEngineXML = "gridengine-xml"
    /// `qacct -j`.
    case gridEngineAccounting = "gridengine-accounting"
    /// `qstat -f -F json` of PBS.
    case pbsJSON = "pbs-json"
    /// `condor_q -json` and `condor_history -json`.
    case htcondorJSON = "htcondor-json"

    /// - Throws: `BatchSystemError` of code `unreadable`.
    func records(_ text: String, _ query: BatchQuery) throws(BatchSystemError) -> [OutputRecord] {
        switch self {
        case .columns: try ColumnsOutput(query.columns, query.separator).records(text)
        case .ids:
            text.split(whereSeparator: \.isWhitespace).compactMap { word in
                JobName(String(word)).map { OutputRecord($0, native: "") }
            }
        case .slurmRecords: try SlurmRecords.records(text)
        case .gridEngineXML: try GridEngineJobs.records(text)
        case .gridEngineAccounting: try GridEngineAccounting.records(text)
        case .pbsJSON: try PBSJobs.records(text)
        case .htcondorJSON: try HTCondorJobs.records(text)
        }
    }
}

/// What one line, element or object of an output tells: one task, or several that are alike.
struct OutputRecord: Hashable, Sendable {
    var job: JobName
    /// The job's own name, where the output has it.
    var name: String?
    /// The system's word for the state.
    var native: String
    /// A number or word that tells more of the state where that is not the reason.
    var detail: String?
    var reason = ""
    var exit: BatchJobExit?
    var host: String?
    var started: Int?
    var ended: Int?

    init(_ job: JobName, name: String? = nil, native: String) {
        self.job = job
        self.name = name
        self.native = native
    }
}

/// A job and which of its tasks, as outputs name them.
struct JobName: Hashable, Sendable {
    var base: String
    /// `nil` of a job that is no array.
    var tasks: TaskRanges?

    init(base: String, tasks: TaskRanges?) {
        self.base = base
        self.tasks = tasks
    }

    /// Reads `12`, `12_3` and `12_[1-4,7%2]` of Slurm, `12[3]`, `12[3].server` and `12.server` of
    /// PBS, `12[3]` of LSF; `nil` for what is none, as `12[].server`, an array as a whole.
    init?(_ text: String) {
        let digits = text.prefix { $0.isASCII && $0.isNumber }
        guard !digits.isEmpty else { return nil }
        var rest = text[digits.endIndex...]
        base = String(digits)
        if rest.isEmpty || rest.first == "." {
            tasks = nil
            return
        }
        if rest.first == "_" {
            rest = rest.dropFirst()
        } else if rest.first != "[" {
            return nil
        }
        if rest.first == "[" {
            guard let close = rest.firstIndex(of: "]") else { return nil }
            rest = rest[rest.index(after: rest.startIndex)..<close]
        }
        guard let ranges = TaskRanges(String(rest)) else { return nil }
        tasks = ranges
    }

    func has(_ id: BatchJobID) -> Bool {
        guard base == id.base else { return false }
        guard let index = id.index else { return tasks == nil || tasks?.has(1) == true }
        return tasks?.has(index) ?? false
    }

    /// The tasks, one by one.
    var ids: [BatchJobID] {
        guard let tasks else { return [BatchJobID(base)] }
        return tasks.numbers.map { BatchJobID(base, index: $0) }
    }
}

/// Numbers of tasks: `3`, `1-4`, `1,3,5-9`, `1-9:2`, and with `%2` behind them in Slurm.
struct TaskRanges: Hashable, Sendable {
    private struct Range: Hashable, Sendable {
        var bounds: ClosedRange<Int>
        var step: Int
    }

    private var ranges: [Range] = []

    init(_ number: Int) {
        ranges = [Range(bounds: number...number, step: 1)]
    }

    init?(_ text: String) {
        let list = text.prefix { $0 != "%" }
        for part in list.split(separator: ",", omittingEmptySubsequences: false) {
            let stepped = part.split(separator: ":", omittingEmptySubsequences: false)
            let bounds = (stepped.first ?? "").split(
                separator: "-", omittingEmptySubsequences: false
            ).map(Self.number)
            guard bounds.count <= 2, stepped.count <= 2, let first = bounds.first ?? nil,
                let last = bounds.last ?? nil, first >= 0, last >= first,
                last - first < BatchJob.mostTasks,
                let step = stepped.count == 2 ? Self.number(stepped[1]) : 1, step > 0
            else { return nil }
            ranges.append(Range(bounds: first...last, step: step))
        }
    }

    private static func number(_ text: Substring) -> Int? {
        text.allSatisfy { $0.isASCII && $0.isNumber } ? Int(text) : nil
    }

    func has(_ number: Int) -> Bool {
        ranges.contains {
            $0.bounds.contains(number) && (number - $0.bounds.lowerBound) % $0.step == 0
        }
    }

    var numbers: [Int] {
        ranges.flatMap { range in
            Array(
                stride(
                    from: range.bounds.lowerBound, through: range.bounds.upperBound, by: range.step)
            )
        }
    }
}
