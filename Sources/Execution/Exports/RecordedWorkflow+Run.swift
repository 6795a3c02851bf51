import Foundation
import GroundSegment
public import Workflows

extension RecordedWorkflow {
    /// What a run consisted of, and how long it took, as its store tells: each process is a task,
    /// what only holds others is none.
    ///
    /// A task that replays a recorded one has its name and its files. Files are called as products
    /// are, the others by the place of the payload that made them (`correct.flat/frame.fits`).
    ///
    /// - Parameters:
    ///   - facts: read whole.
    ///   - machine: where payloads ran of which the store names no host.
    public init(_ facts: RunFacts, _ configuration: RunnerConfiguration, machine: Machine) {
        let draft = RunRecordDraft(facts, configuration, machine: machine)
        let attempts = draft.attempts.values
        let start = attempts.map(\.started).min()
        let end = attempts.map(\.ended).max()
        self.init(
            name: draft.name, tasks: draft.tasks, files: draft.sizes,
            makespan: start.flatMap { start in end.map { ($0 - start) * 86400 } },
            started: start?.exactISO8601, machines: draft.machines)
    }
}

/// A run's record as it is put together.
private struct RunRecordDraft {
    private(set) var name: String
    private(set) var tasks: [RecordedWorkflow.Task] = []
    private(set) var sizes: [String: Int] = [:]
    /// The last attempts that ended, by payload.
    let attempts: [Int: AttemptFacts]
    let machines: [RecordedWorkflow.Machine]

    private let facts: RunFacts
    private let files: RunFiles
    private let workFolder: String
    private let local: String
    /// What files are called in the record, by their names in the run.
    private var names: [String: String] = [:]
    private var made: [Int: [String]] = [:]
    private var producers: [String: Int] = [:]

    init(
        _ facts: RunFacts, _ configuration: RunnerConfiguration, machine: RecordedWorkflow.Machine
    ) {
        self.facts = facts
        files = RunFiles(facts, configuration.storage)
        workFolder = configuration.storage.workFolder(of: facts.run.id) + "/"
        local = machine.name
        name = facts.life.graph.name
        attempts = facts.lastAttempts
        let hosts = Set(attempts.keys.map { facts.hosts[$0] ?? machine.name }).sorted()
        machines = hosts.map {
            $0 == machine.name ? machine : RecordedWorkflow.Machine(name: $0)
        }
        takeInputs()
        takeOutputs()
        takeTasks()
    }

    private mutating func takeInputs() {
        for input in facts.run.inputs {
            let name = RunFiles.name(input)
            names[name] = name
            sizes[name] = StoredFiles.size(input.path) ?? 0
        }
    }

    private mutating func takeOutputs() {
        for (payload, row, output) in files.lineageByPayload {
            let suffix = (output.path as NSString).pathExtension
            let name =
                row.file.hasPrefix("/")
                ? "\(facts.life.path(payload))/\(row.port).\(suffix)" : row.file
            names[row.file] = name
            sizes[name] = output.digest.bytes
            made[payload, default: []].append(name)
            producers[row.file] = payload
        }
        // The files that a list names are made by whoever made the list.
        for ordered in facts.life.processesInOrder(keepsGroups: false) {
            for (element, lists) in files.elements(of: ordered.number) where names[element] == nil {
                let name =
                    element.hasPrefix(workFolder)
                    ? String(element.dropFirst(workFolder.count)) : element
                names[element] = name
                sizes[name] = StoredFiles.size(element) ?? 0
                guard let maker = lists.compactMap({ producers[$0] }).first else { continue }
                made[maker, default: []].append(name)
                producers[element] = maker
            }
        }
    }

    private mutating func takeTasks() {
        let order = facts.life.processesInOrder(keepsGroups: false)
        var replayed: [Int: ReplayedTask] = [:]
        for ordered in order {
            guard let executable = facts.life.node(ordered.number).executable else { continue }
            replayed[ordered.number] = ReplayedTask(executable)
        }
        replayed.values.map(\.workflow).min().map { name = $0 }
        func id(_ number: Int) -> String {
            replayed[number]?.task ?? facts.life.path(number)
        }
        var after: [Int: [Int]] = [:]
        var children: [Int: [Int]] = [:]
        for ordered in order {
            let read = files.used(by: ordered.number).compactMap { producers[$0.file] }
            let parents = Set(ordered.after + read).subtracting([ordered.number]).sorted()
            after[ordered.number] = parents
            for parent in parents { children[parent, default: []].append(ordered.number) }
        }
        for ordered in order {
            let number = ordered.number
            guard let executable = facts.life.node(number).executable else { continue }
            let attempt = attempts[number]
            let record = replayed[number]
            var reads = Self.unique(files.used(by: number).map { names[$0.file] ?? $0.file })
            var writes = made[number] ?? []
            if let record {
                reads = record.reads.map(\.name)
                writes = record.writes.map(\.name)
                for file in record.reads + record.writes { sizes[file.name] = file.size }
            }
            tasks.append(
                RecordedWorkflow.Task(
                    id: id(number), name: record?.name ?? id(number),
                    program: record?.program ?? executable.command,
                    arguments: record?.arguments ?? executable.arguments,
                    parents: (after[number] ?? []).map(id),
                    children: (children[number] ?? []).map(id), isRun: attempt != nil,
                    started: attempt?.started.exactISO8601, runtime: attempt?.duration ?? 0,
                    cores: attempt?.cores ?? facts.life.request(number)?.cores ?? 1,
                    processor: attempt.flatMap(Self.use),
                    memory: attempt.flatMap { $0.peakMemory > 0 ? $0.peakMemory << 10 : nil },
                    readBytes: attempt?.readBytes, writtenBytes: attempt?.writtenBytes,
                    priority: facts.life.node(number).policy.priority,
                    machines: attempt == nil ? [] : [facts.hosts[number] ?? local],
                    inputs: reads, outputs: writes))
        }
    }

    /// Percents of one core.
    private static func use(_ attempt: AttemptFacts) -> Double? {
        attempt.duration > 0 ? attempt.cpuSeconds / attempt.duration * 100 : nil
    }

    private static func unique(_ names: [String]) -> [String] {
        var seen: Set<String> = []
        return names.filter { seen.insert($0).inserted }
    }
}
