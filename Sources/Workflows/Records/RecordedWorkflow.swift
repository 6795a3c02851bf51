import Documents

/// A run of a workflow somewhere, as it was recorded: what it consisted of and how long it took.
public struct RecordedWorkflow: Hashable, Sendable {
    public let name: String
    /// Each after its parents.
    public let tasks: [Task]
    /// Sizes of files in bytes, by their names.
    public let files: [String: Int]
    /// Seconds from the first start to the last end; `nil` where it was not recorded.
    public let makespan: Double?

    public struct Task: Hashable, Sendable {
        /// Unique in the workflow.
        public let id: String
        public let name: String
        /// The program's name, or the task's own where it was not recorded.
        public let program: String
        /// Tasks that it waited for, by their ids.
        public let parents: [String]
        /// Tasks that waited for it, by their ids.
        public let children: [String]
        /// Seconds.
        public let runtime: Double
        public let cores: Int
        /// The most that it used, in bytes; `nil` where it was not recorded.
        public let memory: Int?
        /// Names of files.
        public let inputs: [String]
        public let outputs: [String]
    }

    /// Seconds from the start of each task to the end of what waits for it, were there no limit to
    /// what runs at once (upward rank; Topcuoglu, Hariri, Wu 2002, IEEE TPDS 13, 260).
    public var ranks: [String: Double] {
        var ranks: [String: Double] = [:]
        for task in tasks.reversed() {
            ranks[task.id] = task.runtime + (task.children.compactMap { ranks[$0] }.max() ?? 0)
        }
        return ranks
    }
}

extension RecordedWorkflow {
    /// A graph of the same tasks in the same order, which do nothing for their scaled time.
    ///
    /// Larger ranks have larger priorities, so that the critical path goes first.
    ///
    /// - Parameters:
    ///   - secondsScale: by what the recorded seconds are multiplied.
    ///   - command: a program and its arguments that last a number of seconds.
    public func graph(
        secondsScale: Double, command: (_ seconds: Double) -> [String] = Self.sleep
    ) -> Graph {
        var names = PlainNames()
        let nodes = zip(tasks, priorities).map { task, priority in
            let seconds = task.runtime * secondsScale
            let words = command(seconds)
            let executable = Executable(
                name: PlainNames.plain(task.program), command: words.first ?? "true",
                arguments: Array(words.dropFirst()),
                resources: Resources(
                    cores: task.cores, memory: max(1, (task.memory ?? 0) >> 20 + 1),
                    walltime: 60 + 10 * seconds))
            return Node(
                id: names.name(of: task.id), kind: .exec(executable),
                after: task.parents.map { names.name(of: $0) },
                policy: NodePolicy(priority: priority))
        }
        return Graph(name: PlainNames.plain(name), body: GraphBody(nodes: nodes))
    }

    /// A command that sleeps, whatever arguments follow.
    public static func sleep(seconds: Double) -> [String] {
        ["/bin/sh", "-c", "exec sleep \(JSONText.digits(of: max(seconds, 0.001)))"]
    }
}

/// Plain names for any texts, different ones for different texts.
private struct PlainNames {
    private var names: [String: String] = [:]
    private var used: Set<String> = []

    mutating func name(of text: String) -> String {
        if let name = names[text] { return name }
        let plain = Self.plain(text)
        var name = plain
        var number = 2
        while !used.insert(name).inserted {
            name = "\(plain.prefix(50))_\(number)"
            number += 1
        }
        names[text] = name
        return name
    }

    static func plain(_ text: String) -> String {
        let name = String(
            text.unicodeScalars.prefix(64).map { scalar in
                PlainName.isPlain("x\(scalar)") ? Character(scalar) : "_"
            })
        return PlainName.isPlain(name) ? name : "x\(name.prefix(60))"
    }
}
