public import Documents
import Foundation
public import Workflows

/// A graph, or a run, as files for HTCondor's DAGMan: a DAG with a submit description for each
/// node, which need this runner no more.
///
/// Each payload is a job; groups are nodes without one. A payload works in a folder of its own below
/// the DAG's, which all machines have to share, and gets its ports as here. Where arguments are too
/// much for a submit description a script beside it has them.
///
/// Source: HTCondor manual, "DAGMan Input File Syntax", condor_submit(1).
public struct DAGManExport {
    /// What is to be written below the folder, by name; names with `/` are in folders.
    public private(set) var files: [String: String] = [:]
    /// Those of the files that are programs.
    public private(set) var programs: Set<String> = []
    /// The payloads' folders and that of what they print, below the folder.
    public private(set) var folders: [String] = ["logs"]
    /// What a DAG has no word for and is left out, a line each.
    public private(set) var remarks: [String] = []
    public private(set) var faults: [Diagnostic] = []
    /// The name of the DAG's file.
    public var main: String { "\(name).dag" }

    private let run: StaticRun
    private let folder: String
    private let name: String
    private let program: (Executable) -> String?
    private let variables: [String: String]
    private var names = DAGNodeNames()

    /// - Parameters:
    ///   - inputs: the files of the graph's inputs.
    ///   - folder: where the files will be; absolute.
    ///   - program: path of an executable's program; `nil` where it is found by PATH.
    public init(
        _ graph: Graph, inputs: [String: [String]], folder: String,
        program: @escaping (Executable) -> String?
    ) {
        self.init(
            StaticRun(
                RunLife(graph: graph), inputs: inputs, folder: "\(folder)/work", file: graph.name),
            folder: folder, variables: ["SGS_RUN": graph.name], program: program)
    }

    /// A run: what was expanded when it ran is expanded.
    ///
    /// - Parameter facts: read whole.
    public init(
        _ facts: RunFacts, folder: String, program: @escaping (Executable) -> String?
    ) {
        var inputs = Dictionary(grouping: facts.run.inputs, by: \.port).mapValues {
            $0.map(\.path)
        }
        for input in facts.life.graph.inputs { inputs[input.name, default: []] += [] }
        self.init(
            StaticRun(
                facts.life, inputs: inputs, folder: "\(folder)/work", file: facts.run.id.text),
            folder: folder,
            variables: [
                "SGS_RUN": facts.run.id.text,
                "SGS_SOFTWARE_RELEASE": facts.run.origin.softwareRelease,
            ], program: program)
    }

    private init(
        _ run: StaticRun, folder: String, variables: [String: String],
        program: @escaping (Executable) -> String?
    ) {
        self.run = run
        self.folder = folder
        self.variables = variables
        self.program = program
        name = run.life.graph.name
        faults = run.faults
        for input in run.life.graph.inputs where run.inputs[input.name] == nil {
            faults.append(
                Diagnostic(
                    file: name, field: input.name, found: "no file for this input",
                    expected: "--input \(input.name)=PATH"))
        }
        write()
    }

    // MARK: - The DAG

    private mutating func write() {
        let graph = run.life.graph
        let order = run.life.processesInOrder(keepsGroups: true)
        var lines: [String] = []
        for ordered in order { lines += node(ordered) }
        for ordered in order where !ordered.after.isEmpty {
            guard !isFinal(ordered.number) else { continue }
            let parents = ordered.after.map { names.name(of: run.life.path($0)) }
            lines.append(
                "PARENT \(parents.joined(separator: " ")) CHILD "
                    + names.name(of: run.life.path(ordered.number)))
        }
        for (category, limit) in graph.categories.sorted(by: { $0.key < $1.key }) {
            lines.append("MAXJOBS \(category) \(limit)")
        }
        if graph.tolerance != .none {
            fault(nil, "tolerance", found: "failed payloads with which the run completes")
        }
        var head = [
            "# \(name): \(order.count) nodes. condor_submit_dag \(name).dag"
        ]
        for output in graph.outputs {
            let paths = Self.made(run.life.files(of: output)).compactMap { run.output($0, $1) }
            head.append("# \(output.name): \(paths.joined(separator: " "))")
        }
        files[main] = (head + lines).joined(separator: "\n") + "\n"
        leaveOut(order)
    }

    /// Whether it is the graph's final node that always runs: DAGMan's FINAL.
    private func isFinal(_ number: Int) -> Bool {
        number == run.life.finalNumber && run.life.graph.final?.whenRun == .always
    }

    /// Before the names of submit descriptions, so that they are found from anywhere; a path with
    /// spaces cannot be written, and they are looked for where DAGMan is started.
    private var place: String { folder.contains { $0.isWhitespace } ? "" : "\(folder)/" }

    private mutating func node(_ ordered: RunLife.Ordered) -> [String] {
        let (number, node) = (ordered.number, run.life.node(ordered.number))
        let path = run.life.path(number)
        let name = names.name(of: path)
        if node.trigger == .allDone {
            fault(number, "trigger", found: "a node that waits for ends, however they are")
        }
        guard let executable = node.executable else {
            files["noop.sub"] = "executable = /bin/true\nqueue\n"
            return ["JOB \(name) \(place)noop.sub NOOP"]
        }
        if run.life.isEpilog(number) {
            fault(number, nil, found: "payloads that it has asked for while it ran")
        }
        if node.resourcesFrom != nil, run.life[number].resources == nil {
            fault(number, "resources_from", found: "resources that an earlier payload writes")
        }
        folders.append("work/\(path)")
        var job = DAGManJob(run, number, executable, folder: folder, name: name)
        job.variables = variables
        files["\(name).sub"] = job.description(program: program(executable))
        if let script = job.script(program: program(executable)) {
            files["\(name).sh"] = script
            programs.insert("\(name).sh")
        }
        for (list, text) in job.lists { files[list] = text }
        let keyword = isFinal(number) ? "FINAL" : "JOB"
        return ["\(keyword) \(name) \(place)\(name).sub"] + job.values.map { "VARS \(name) \($0)" }
            + policy(node.policy, of: number, name)
    }

    private mutating func policy(_ policy: NodePolicy, of number: Int, _ name: String) -> [String] {
        var lines: [String] = []
        if policy.attempts > 1 {
            let end = policy.finalCodes.first.map { " UNLESS-EXIT \($0)" } ?? ""
            lines.append("RETRY \(name) \(policy.attempts - 1)\(end)")
            if policy.finalCodes.count > 1 {
                fault(number, "final_codes", found: "\(policy.finalCodes.count) codes", "one")
            }
        }
        if !policy.category.isEmpty { lines.append("CATEGORY \(name) \(policy.category)") }
        if policy.priority != 0 { lines.append("PRIORITY \(name) \(policy.priority)") }
        if policy.abortCodes.count > 1 {
            fault(number, "abort_codes", found: "\(policy.abortCodes.count) codes", "one")
        }
        if let (code, status) = policy.abortCodes.min(by: { $0.key < $1.key }) {
            lines.append("ABORT-DAG-ON \(name) \(code) RETURN \(status)")
        }
        return lines
    }

    private mutating func fault(
        _ number: Int?, _ field: String?, found: String,
        _ expected: String = "what a DAG can say"
    ) {
        faults.append(
            Diagnostic(
                file: name, place: number.map { .record(run.life.path($0)) }, field: field,
                found: found, expected: expected))
    }

    /// The payloads, and their ports, that make the files behind a port.
    private static func made(_ files: PortFiles) -> [(Int, String)] {
        switch files {
        case .output(let number, let port): [(number, port)]
        case .list(let parts), .tuples(let parts): parts.flatMap(made)
        case .input, .element, .absent: []
        }
    }

    /// Says what is left out, by the nodes that have it.
    private mutating func leaveOut(_ order: [RunLife.Ordered]) {
        var labels: [String: Set<String>] = [:]
        for ordered in order {
            let (node, standard) = (run.life.node(ordered.number), NodePolicy())
            guard let resources = run.life.request(ordered.number) else { continue }
            var found: [String] = []
            if node.policy.memoryCap != nil
                || node.policy.memoryMultiplier != standard.memoryMultiplier
            {
                found.append("how memory grows")
            }
            if node.policy.wait != standard.wait { found.append("waits between attempts") }
            if node.policy.cluster != nil { found.append("clusters") }
            if node.policy.scouts > 0 { found.append("scouts") }
            if node.policy.tolerance != .none {
                fault(ordered.number, "tolerance", found: "failed payloads that are tolerated")
            }
            if resources.virtualMemory != nil { found.append("limits of address space") }
            for what in found {
                labels[what, default: []].insert(run.life.label(ordered.number))
            }
        }
        remarks = labels.sorted { $0.key < $1.key }.map {
            "left out: \($0.key) (\($0.value.sorted().joined(separator: ", ")))"
        }
    }
}

/// Names of a DAG's nodes, which have no points.
private struct DAGNodeNames {
    private var names: [String: String] = [:]
    private var used: Set<String> = ["PARENT", "CHILD", "ALL_NODES", "NOOP"]

    mutating func name(of path: String) -> String {
        if let name = names[path] { return name }
        let plain = path.replacing(".", with: "-")
        var (name, count) = (plain.count > 60 ? "\(plain.prefix(52))" : plain, 1)
        let base = name
        while !used.insert(name.uppercased()).inserted {
            count += 1
            name = "\(base.prefix(52))_\(count)"
        }
        names[path] = name
        return name
    }
}
