/// A job that is to be submitted: one program, started once or as an array of like tasks.
public struct BatchJob: Hashable, Sendable {
    /// The variable of a task's environment that holds its number, from 1.
    public static let taskVariable = "BATCH_TASK"

    /// Unique among all that are ever submitted, for jobs are found by it: at most 64 letters,
    /// digits, `_`, `.` and `-`, a letter first.
    public var name: String
    /// How many tasks, from 1.
    public var count: Int
    /// An absolute path on the machines that run it.
    public var program: String
    public var arguments: [String]
    /// An absolute folder, which the machines that run it share with this one; the script and
    /// what the tasks print are put there.
    public var folder: String
    public var need: BatchNeed
    /// Seconds before the end of its walltime at which it gets SIGTERM, where the system can do
    /// that; `nil` for none.
    public var warning: Int?

    public init(
        name: String, count: Int = 1, program: String, arguments: [String] = [], folder: String,
        need: BatchNeed = BatchNeed(), warning: Int? = nil
    ) {
        self.name = name
        self.count = count
        self.program = program
        self.arguments = arguments
        self.folder = folder
        self.need = need
        self.warning = warning
    }

    /// More tasks than that are refused before any system is asked.
    static let mostTasks = 100_000

    /// - Throws: `BatchSystemError` of code `badJob`, which names the value.
    func check() throws(BatchSystemError) {
        guard Self.isName(name) else {
            throw bad("name", name, "a letter, then letters, digits, '_', '.' and '-', at most 64")
        }
        guard (1...Self.mostTasks).contains(count) else {
            throw bad("count", "\(count)", "1 to \(Self.mostTasks)")
        }
        for (what, path) in [("program", program), ("folder", folder)] where !Self.isPath(path) {
            throw bad(
                what, path, "an absolute path of letters, digits and '/._-+=@,' without '..'")
        }
        for argument in arguments where argument.contains(where: { $0 == "\0" || $0.isNewline }) {
            throw bad("argument", argument, "a text of one line")
        }
        for (what, value, range) in [
            ("cores", need.cores, 1...1_000_000), ("memory", need.memory, 1...1_000_000_000),
            ("walltime", need.walltime ?? 1, 1...1_000_000_000), ("gpus", need.gpus, 0...1_000_000),
            ("warning", warning ?? 1, 1...1_000_000),
        ] where !range.contains(value) {
            throw bad(what, "\(value)", "\(range.lowerBound) to \(range.upperBound)")
        }
    }

    private func bad(_ what: String, _ found: String, _ expected: String) -> BatchSystemError {
        BatchSystemError(.badJob, "job \(name): \(what): found \"\(found)\", expected \(expected)")
    }

    static func isName(_ name: String) -> Bool {
        (1...64).contains(name.utf8.count)
            && name.utf8.first.map { isLetter($0) } ?? false
            && name.utf8.allSatisfy { isPlain($0, and: "_.-") }
    }

    /// A path that means the same in a script's directive, in a shell and in a submit description.
    static func isPath(_ path: String) -> Bool {
        path.hasPrefix("/") && path.utf8.count < 4096
            && path.utf8.allSatisfy { isPlain($0, and: "/._-+=@,") }
            && !path.split(separator: "/").contains("..")
    }

    private static func isLetter(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
    }

    private static func isPlain(_ byte: UInt8, and more: String) -> Bool {
        isLetter(byte) || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
            || more.utf8.contains(byte)
    }
}

/// What one task of a job is to have.
public struct BatchNeed: Hashable, Sendable {
    public var cores: Int
    /// MiB.
    public var memory: Int
    /// Seconds; the system's default where `nil`.
    public var walltime: Int?
    public var gpus: Int

    public init(cores: Int = 1, memory: Int = 1024, walltime: Int? = nil, gpus: Int = 0) {
        self.cores = cores
        self.memory = memory
        self.walltime = walltime
        self.gpus = gpus
    }
}
