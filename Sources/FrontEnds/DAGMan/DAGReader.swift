import Documents
import Foundation

/// Reads DAGMan input files, the ones that they include, splice or run as sub-DAGs too.
final class DAGReader {
    private(set) var faults: [Diagnostic] = []
    /// Files that are being read, from the outermost on.
    private var reading: [String] = []

    /// Files within one another.
    private static let deepest = 16

    /// The DAG of a file, as far as it can be read.
    func read(_ path: String) -> DAG {
        var dag = DAG()
        read(path, into: &dag)
        check(dag, path)
        return dag
    }

    private func read(_ path: String, into dag: inout DAG) {
        let file = (path as NSString).standardizingPath
        guard !reading.contains(file), reading.count < Self.deepest else {
            add(
                reading.last ?? file, nil,
                "files within one another: "
                    + (reading + [file]).map { ($0 as NSString).lastPathComponent }
                    .joined(separator: " -> "), "no cycle")
            return
        }
        guard let lines = AuthorsFile.lines(of: path, faults: &faults) else { return }
        reading.append(file)
        defer { reading.removeLast() }
        var whole = ""
        var first = 1
        for (count, line) in lines.enumerated() {
            if whole.isEmpty { first = count + 1 }
            let trimmed = line.trimmingCharacters(in: .whitespaces)
            if trimmed.hasPrefix("#") { continue }
            whole += whole.isEmpty ? trimmed : " " + trimmed
            if whole.hasSuffix("\\") {
                whole.removeLast()
                continue
            }
            if !whole.isEmpty { read(DAGLine(whole, file: path, line: first), into: &dag) }
            whole = ""
        }
    }

    private func add(_ file: String, _ line: Int?, _ found: String, _ expected: String) {
        faults.append(
            Diagnostic(
                file: file, place: line.map(Diagnostic.Place.line), found: found,
                expected: expected))
    }

    // MARK: - Commands

    /// Commands that say what is to be written about a run, which the runner does by itself.
    private static let ofNoConcern: Set<String> = [
        "DOT", "JOBSTATE_LOG", "NODE_STATUS_FILE", "SET_JOB_ATTR", "REJECT",
    ]

    private static let known = [
        "JOB", "FINAL", "SUBDAG EXTERNAL", "SPLICE", "PARENT", "VARS", "RETRY", "SCRIPT",
        "CATEGORY", "MAXJOBS", "PRIORITY", "ABORT-DAG-ON", "DONE", "INCLUDE",
    ]

    private func read(_ line: DAGLine, into dag: inout DAG) {
        do throws(DAGLine.Fault) {
            guard let command = line.words.first else {
                throw DAGLine.Fault(found: "no word", expected: "a command")
            }
            try read(line, command.uppercased(), into: &dag)
        } catch {
            add(line.file, line.line, error.found, error.expected)
        }
    }

    private func read(_ line: DAGLine, _ command: String, into dag: inout DAG)
        throws(DAGLine.Fault)
    {
        switch command {
        case "JOB", "FINAL", "SUBDAG", "SPLICE": try readNode(line, command, into: &dag)
        case "PARENT": try readEdges(line, into: &dag)
        case "VARS":
            let values = try line.values(from: 2)
            try change(line, in: &dag) { $0.values.merge(values) { $1 } }
        case "RETRY":
            let count = try line.integer(2, in: 0...999)
            let code =
                line.word(3)?.uppercased() == "UNLESS-EXIT" ? try line.integer(4, in: 0...255) : nil
            try change(line, in: &dag) { ($0.retries, $0.unlessExit) = (count, code) }
        case "SCRIPT": try readScript(line, into: &dag)
        case "CATEGORY":
            let name = try line.need(2, "a category")
            try change(line, in: &dag) { $0.category = name }
        case "MAXJOBS":
            dag.limits[try line.need(1, "a category")] = try line.integer(2, in: 0...1_000_000)
        case "PRIORITY":
            let priority = try line.integer(2, in: -1_000_000...1_000_000)
            try change(line, in: &dag) { $0.priority = priority }
        case "ABORT-DAG-ON":
            let code = try line.integer(2, in: 0...255)
            let status =
                line.word(3)?.uppercased() == "RETURN" ? try line.integer(4, in: 0...255) : code
            try change(line, in: &dag) { $0.abort = (code, status) }
        case "DONE": try change(line, in: &dag) { $0.isDone = true }
        case "INCLUDE": read(line.path(try line.need(1, "a file"), nil), into: &dag)
        case _ where Self.ofNoConcern.contains(command): break
        default:
            throw DAGLine.Fault(
                found: "the command \(line.words[0])",
                expected: "one of: \(Self.known.joined(separator: ", "))")
        }
    }

    private func readNode(_ line: DAGLine, _ command: String, into dag: inout DAG)
        throws(DAGLine.Fault)
    {
        var place = 1
        if command == "SUBDAG" {
            guard line.word(1)?.uppercased() == "EXTERNAL" else {
                throw DAGLine.Fault(found: "SUBDAG", expected: "SUBDAG EXTERNAL")
            }
            place = 2
        }
        let name = try line.need(place, "a node's name")
        let file = try line.need(place + 1, "a file")
        var folder: String?
        var words = Array(line.words.dropFirst(place + 2))
        var (isNoOp, isDone) = (false, false)
        while let word = words.first?.uppercased() {
            words.removeFirst()
            switch word {
            case "DIR":
                guard let given = words.first else {
                    throw DAGLine.Fault(found: "DIR", expected: "a folder after it")
                }
                folder = line.path(given, nil)
                words.removeFirst()
            case "NOOP": isNoOp = true
            case "DONE": isDone = true
            default:
                throw DAGLine.Fault(found: "\(word) of \(name)", expected: "DIR, NOOP or DONE")
            }
        }
        let isKnown = dag.place(of: name) != nil || dag.final?.name == name
        guard !isKnown else {
            throw DAGLine.Fault(found: "node \(name) again", expected: "a name of its own")
        }
        let path = line.path(file, folder)
        let isInner = command == "SUBDAG" || command == "SPLICE"
        let node = DAGNode(
            name: name, line: line.line,
            kind: isInner && !isNoOp && !isDone ? .inner(read(path)) : .job(submit: path),
            folder: folder ?? line.folder, isNoOp: isNoOp, isDone: isDone)
        if command == "FINAL" {
            guard dag.final == nil else {
                throw DAGLine.Fault(found: "a second FINAL node", expected: "one at most")
            }
            dag.final = node
        } else {
            dag.nodes.append(node)
        }
    }

    private func readEdges(_ line: DAGLine, into dag: inout DAG) throws(DAGLine.Fault) {
        guard let middle = line.words.firstIndex(where: { $0.uppercased() == "CHILD" }),
            middle > 1, middle + 1 < line.words.count
        else { throw DAGLine.Fault(found: "PARENT", expected: "PARENT NODES CHILD NODES") }
        for parent in line.words[1..<middle] {
            for child in line.words[(middle + 1)...] {
                dag.edges.append(DAG.Edge(parent: parent, child: child, line: line.line))
            }
        }
    }

    private func readScript(_ line: DAGLine, into dag: inout DAG) throws(DAGLine.Fault) {
        var words = Array(line.words.dropFirst())
        if words.first?.uppercased() == "DEFER" { words.removeFirst(min(3, words.count)) }
        guard words.count >= 3, let when = words.first?.uppercased(),
            ["PRE", "POST"].contains(when)
        else {
            throw DAGLine.Fault(found: "SCRIPT", expected: "SCRIPT PRE or POST, a node, a program")
        }
        let script = DAGNode.Script(program: words[2], arguments: Array(words.dropFirst(3)))
        try change(line, named: words[1], in: &dag) { node in
            if when == "PRE" { node.before = script } else { node.after = script }
        }
    }

    /// Changes the node that a command names, or all nodes.
    private func change(
        _ line: DAGLine, named given: String? = nil, in dag: inout DAG,
        _ change: (inout DAGNode) -> Void
    ) throws(DAGLine.Fault) {
        let name: String
        if let given { name = given } else { name = try line.need(1, "a node's name") }
        if name.uppercased() == "ALL_NODES" {
            for place in dag.nodes.indices { change(&dag.nodes[place]) }
        } else if let place = dag.place(of: name) {
            change(&dag.nodes[place])
        } else if dag.final?.name == name {
            dag.final.map { node in
                var node = node
                change(&node)
                dag.final = node
            }
        } else {
            throw DAGLine.Fault(found: "node \(name)", expected: "a node of a line before")
        }
    }

    // MARK: - Whole

    private func check(_ dag: DAG, _ path: String) {
        if dag.nodes.isEmpty, faults.isEmpty { add(path, nil, "no node", "at least one JOB") }
        let places = Dictionary(dag.nodes.enumerated().map { ($1.name, $0) }) { first, _ in first }
        var children = dag.nodes.map { _ in [Int]() }
        var open = dag.nodes.map { _ in 0 }
        for edge in dag.edges {
            for name in [edge.parent, edge.child] where places[name] == nil {
                add(path, edge.line, "node \(name)", "a node of the same file")
            }
            guard let parent = places[edge.parent], let child = places[edge.child] else { continue }
            children[parent].append(child)
            open[child] += 1
        }
        var ready = open.indices.filter { open[$0] == 0 }
        var left = Set(open.indices)
        while let next = ready.popLast() {
            left.remove(next)
            for child in children[next] {
                open[child] -= 1
                if open[child] == 0 { ready.append(child) }
            }
        }
        guard let first = left.min() else { return }
        let names = left.sorted().map { dag.nodes[$0].name }.prefix(10).joined(separator: ", ")
        add(path, dag.nodes[first].line, "nodes that wait for one another: \(names)", "no cycle")
    }
}
