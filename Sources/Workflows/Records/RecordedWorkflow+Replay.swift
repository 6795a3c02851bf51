import Documents

/// How a recorded workflow is replayed.
public struct ReplayTerms: Hashable, Sendable {
    /// By what the recorded seconds are multiplied.
    public var seconds: Double
    /// By what the recorded memory is multiplied.
    public var memory: Double

    public init(seconds: Double = 1, memory: Double = 1) {
        self.seconds = seconds
        self.memory = memory
    }
}

extension RecordedWorkflow {
    /// A graph of the same tasks in the same order; each lasts its scaled time, uses the processor
    /// and the memory that its record says, and says what it stands for (`ReplayedTask`). Files are
    /// named, not written.
    ///
    /// Larger ranks have larger priorities, so that the critical path goes first.
    public func replay(_ terms: ReplayTerms) -> Graph {
        graph { task in
            let replayed = ReplayedTask(task, of: self)
            let memory = Double(task.memory ?? 0) * terms.memory / 1_048_576
            let seconds = task.runtime * terms.seconds
            // What the program itself needs is beside what it is to occupy.
            let request = 32 + Int(min(memory.rounded(.up), 1e9))
            return (
                replayed.command(seconds: seconds, mebibytes: Int(min(memory, 1e9))),
                Resources(cores: task.cores, memory: request, walltime: 60 + 10 * seconds)
            )
        }
    }

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
        graph { task in
            let seconds = task.runtime * secondsScale
            return (
                command(seconds),
                Resources(
                    cores: task.cores, memory: max(1, (task.memory ?? 0) >> 20 + 1),
                    walltime: 60 + 10 * seconds)
            )
        }
    }

    private func graph(_ command: (Task) -> (words: [String], Resources)) -> Graph {
        var names = PlainNames()
        let nodes = zip(tasks, priorities).map { task, priority in
            let (words, resources) = command(task)
            let executable = Executable(
                name: PlainNames.plain(task.program), command: words.first ?? "true",
                arguments: Array(words.dropFirst()), resources: resources)
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
