import Documents
import GroundSegment
import Workflows

extension RunLife {
    /// Takes what a running payload asks for; it is made when the payload's process has ended.
    mutating func ask(_ number: Int, _ subjobs: Subjobs) throws {
        guard !isEpilog(number) else {
            throw ExecutionError(
                .illegalTransition, "payload \(path(number)): asks for payloads in its epilog")
        }
        var asked = lives[number].asked ?? Subjobs()
        asked.add(subjobs)
        guard count + asked.children.count <= Self.maximumCount else {
            throw ExecutionError(
                .illegalTransition, "payload \(path(number)): asks for too many payloads")
        }
        touch(number)
        lives[number].asked = asked
    }

    /// Makes what a payload asked for, and lets it wait for their ends.
    mutating func begin(subjobsOf number: Int, _ actions: inout [RunAction]) {
        guard let asked = lives[number].asked else { return }
        let faults = asked.faults(of: path(number))
        guard faults.isEmpty else {
            return fail(number, faults.map(\.description).joined(separator: "; "))
        }
        lives[number].asked = nil
        expand(number, .subjobs(asked), asked.body(of: node(number)))
        begin(partsOf: number, as: .standBy, &actions)
    }
}

extension Subjobs {
    /// The longest place in a run, in characters: it is a file's name with a number behind it.
    static let maximumPathLength = 200

    /// All that is wrong with what the payload at `path` asks for.
    func faults(of path: String) -> [Diagnostic] {
        var faults: [Diagnostic] = []
        func fault(_ child: String, _ field: String, _ found: String, _ expected: String) {
            faults.append(
                Diagnostic(
                    file: path, place: .record("subjob \(child.printable)"), field: field,
                    found: "\"\(found.printable)\"", expected: expected))
        }
        var names: Set<String> = []
        for child in children {
            let name = child.name
            if !name.isPlainName || path.count + 1 + name.count > Self.maximumPathLength {
                fault(
                    name, "name", name,
                    "letters, digits, - and _, within \(Self.maximumPathLength) characters with its parents"
                )
            }
            if !names.insert(name).inserted { fault(name, "name", name, "a name used once") }
            if child.command.isEmpty { fault(name, "command", "", "a program") }
            for port in child.inputs.keys.sorted() + child.outputs.keys.sorted()
            where !port.isPlainName {
                fault(name, "port", port, "letters, digits, - and _")
            }
            for mime in child.outputs.values.sorted() where !mime.isPlainSuffix {
                fault(name, "suffix", mime, "letters and digits")
            }
            if let resources = child.resources, !resources.arePossible {
                fault(name, "resources", resources.summary, "amounts above 0")
            }
        }
        let outputs = Dictionary(
            children.map { ($0.name, $0.outputs) }, uniquingKeysWith: { first, _ in first })
        for child in children {
            for (port, source) in child.inputs.sorted(by: { $0.key < $1.key }) {
                guard let sibling = source.child else { continue }
                if outputs[sibling]?[source.port] == nil {
                    fault(child.name, port, "\(sibling).\(source.port)", "an output of a sibling")
                }
            }
        }
        for link in links {
            for end in [link.before, link.after] where !names.contains(end) {
                fault(link.after, "link", end, "the name of a subjob")
            }
        }
        if faults.isEmpty, let round = order.unplaced.first {
            fault(round, "link", round, "no cycle")
        }
        return faults
    }

    /// What each child waits for.
    private var parents: [String: Set<String>] {
        var parents = Dictionary(
            children.map { ($0.name, Set($0.inputs.values.compactMap(\.child))) },
            uniquingKeysWith: { first, _ in first })
        for link in links { parents[link.after, default: []].insert(link.before) }
        return parents
    }

    /// The children's places, each after those that it waits for; and the names of those that
    /// have none, for they wait for themselves.
    private var order: (places: [Int], unplaced: [String]) {
        var waits = parents.mapValues(\.count)
        var waiting: [String: [String]] = [:]
        for (child, parents) in parents {
            for parent in parents { waiting[parent, default: []].append(child) }
        }
        let places = Dictionary(
            zip(children.map(\.name), 0...), uniquingKeysWith: { first, _ in first })
        var order = children.indices.filter { waits[children[$0].name] == 0 }
        var next = 0
        while next < order.count {
            for child in (waiting[children[order[next]].name] ?? []).sorted() {
                waits[child, default: 0] -= 1
                if waits[child] == 0, let place = places[child] { order.append(place) }
            }
            next += 1
        }
        let placed = Set(order)
        return (order, children.indices.filter { !placed.contains($0) }.map { children[$0].name })
    }

    /// The children as nodes; only where there are no faults.
    func body(of parent: Node) -> GraphBody {
        var after: [String: [String]] = [:]
        for link in links { after[link.after, default: []].append(link.before) }
        let nodes = order.places.map { place in
            let child = children[place]
            return Node(
                id: child.name, kind: .exec(child.executable(of: parent)),
                sources: child.inputs.mapValues { source in
                    source.child.map { .port(node: $0, port: source.port) } ?? .input(source.port)
                },
                after: Set(after[child.name] ?? []).sorted(), policy: parent.policy)
        }
        return GraphBody(nodes: nodes)
    }
}

extension Subjob {
    func executable(of parent: Node) -> Executable {
        Executable(
            name: name, command: command, arguments: arguments,
            inputs: inputs.keys.sorted().map { Executable.InputPort(name: $0) },
            outputs: outputs.sorted { $0.key < $1.key }.map {
                Executable.OutputPort(name: $0.key, mime: $0.value)
            },
            resources: resources ?? parent.executable?.resources ?? Workflows.Resources())
    }
}

extension Workflows.Resources {
    /// The amounts in one line.
    var summary: String {
        "\(cores) cores, \(memory) MiB, \(gpus) GPUs, \(walltime) s, \(temporary ?? 0) MiB of TMPDIR"
    }

    /// Whether each amount can be given.
    var arePossible: Bool {
        cores >= 1 && memory >= 1 && (virtualMemory ?? 1) >= 1 && (temporary ?? 0) >= 0
            && gpus >= 0 && walltime > 0 && walltime.isFinite
    }
}

extension String {
    /// Whether it is letters, digits, `-` and `_` of ASCII.
    var isPlainName: Bool {
        !isEmpty
            && utf8.allSatisfy {
                Character(UnicodeScalar($0)).isLetterOrDigit || $0 == 45 || $0 == 95
            }
    }

    /// Whether it is letters and digits of ASCII.
    var isPlainSuffix: Bool {
        !isEmpty && utf8.allSatisfy { Character(UnicodeScalar($0)).isLetterOrDigit }
    }

    /// At most 80 characters of it, those that are not printable ASCII replaced.
    var printable: String {
        String(
            prefix(80).map {
                $0.isASCII && !$0.isNewline && ($0.asciiValue ?? 0) >= 32 && $0.asciiValue != 127
                    ? $0 : "?"
            })
    }
}

extension Character {
    fileprivate var isLetterOrDigit: Bool { isASCII && (isLetter || isNumber) }
}
