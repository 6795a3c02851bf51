import Documents
import Foundation

/// Writes a DAG as a graph's document.
struct DAGDocument {
    var faults: [Diagnostic]
    private var limits: [String: Int] = [:]

    init(faults: [Diagnostic]) { self.faults = faults }

    mutating func document(_ dag: DAG, name: String) -> JSONValue {
        let nodes = nodes(dag, within: "")
        return .object([
            JSONValue.Member(name: "format", value: .text("sgs-graph/2")),
            JSONValue.Member(name: "name", value: .text(Self.plain(name))),
            JSONValue.Member(
                name: "categories",
                value: .object(
                    limits.sorted { $0.key < $1.key }.map {
                        JSONValue.Member(name: $0.key, value: .integer($0.value))
                    })),
            JSONValue.Member(name: "nodes", value: .list(nodes)),
        ])
    }

    private mutating func nodes(_ dag: DAG, within prefix: String) -> [JSONValue] {
        for (category, limit) in dag.limits { limits[Self.category(category, prefix)] = limit }
        var ids: [String: String] = [:]
        var taken: Set<String> = []
        for node in dag.nodes + [dag.final].compactMap({ $0 }) {
            let base = Self.plain(node.name)
            var (id, count) = (base, 1)
            while !taken.insert(id).inserted {
                count += 1
                id = "\(base.prefix(56))_\(count)"
            }
            ids[node.name] = id
        }
        var parents: [String: [String]] = [:]
        for edge in dag.edges {
            if let parent = ids[edge.parent], parents[edge.child]?.contains(parent) != true {
                parents[edge.child, default: []].append(parent)
            }
        }
        var written: [JSONValue] = []
        for node in dag.nodes {
            let id = ids[node.name] ?? node.name
            written.append(self.node(node, id, after: parents[node.name] ?? [], prefix))
        }
        if let final = dag.final {
            if prefix.isEmpty {
                written.append(.object(self.final(final, ids[final.name] ?? final.name)))
            } else {
                faults.append(
                    Diagnostic(
                        file: final.folder ?? "", place: .line(final.line),
                        found: "a FINAL node within another DAG", expected: "one of the outermost"))
            }
        }
        return written
    }

    private mutating func node(
        _ node: DAGNode, _ id: String, after: [String], _ prefix: String
    ) -> JSONValue {
        var members = [JSONValue.Member(name: "id", value: .text(id))]
        if node.isNoOp || node.isDone {
            members.append(JSONValue.Member(name: "kind", value: .text("group")))
        } else {
            switch node.kind {
            case .inner(let inner):
                members.append(JSONValue.Member(name: "kind", value: .text("nested")))
                let within = "\(prefix)\(Self.plain(node.name))-"
                members.append(
                    JSONValue.Member(
                        name: "body",
                        value: .object([
                            JSONValue.Member(
                                name: "nodes", value: .list(nodes(inner, within: within)))
                        ])))
            case .job(let submit):
                members.append(JSONValue.Member(name: "kind", value: .text("exec")))
                members += job(node, id, submit)
                members.append(JSONValue.Member(name: "policy", value: policy(node, prefix)))
            }
        }
        if !after.isEmpty {
            members.append(JSONValue.Member(name: "after", value: .list(after.map(JSONValue.text))))
        }
        return .object(members)
    }

    private mutating func final(_ node: DAGNode, _ id: String) -> [JSONValue.Member] {
        var members = [
            JSONValue.Member(name: "id", value: .text(id)),
            JSONValue.Member(name: "kind", value: .text("final")),
            JSONValue.Member(name: "when_run", value: .text("always")),
        ]
        if case .job(let submit) = node.kind { members += job(node, id, submit) }
        return members
    }

    private func policy(_ node: DAGNode, _ prefix: String) -> JSONValue {
        var members = [JSONValue.Member(name: "attempts", value: .integer(node.retries + 1))]
        if let code = node.unlessExit {
            members.append(JSONValue.Member(name: "final_codes", value: .list([.integer(code)])))
        }
        if let category = node.category {
            members.append(
                JSONValue.Member(name: "category", value: .text(Self.category(category, prefix))))
        }
        if node.priority != 0 {
            members.append(JSONValue.Member(name: "priority", value: .integer(node.priority)))
        }
        if let abort = node.abort, abort.code > 0 {
            members.append(
                JSONValue.Member(
                    name: "abort_codes",
                    value: .object([
                        JSONValue.Member(name: "\(abort.code)", value: .integer(abort.status))
                    ])))
        }
        return .object(members)
    }

    /// The program of a node: its job between its scripts, as lines of a shell.
    private mutating func job(_ node: DAGNode, _ id: String, _ submit: String)
        -> [JSONValue.Member]
    {
        var values = node.values
        values["JOB"] = values["JOB"] ?? node.name
        let description =
            node.isNoOp ? nil : SubmitDescription(submit, values: values, faults: &faults)
        let script = DAGNodeScript(node, description, submit: submit).text
        var resources: [JSONValue.Member] = []
        if let description {
            resources.append(
                JSONValue.Member(name: "cores", value: .integer(max(1, description.cores))))
            description.memory.map {
                resources.append(JSONValue.Member(name: "ram_MiB", value: .integer(max(1, $0))))
            }
            description.disk.map {
                resources.append(JSONValue.Member(name: "tmp_MiB", value: .integer($0)))
            }
            if description.gpus > 0 {
                resources.append(JSONValue.Member(name: "gpus", value: .integer(description.gpus)))
            }
        }
        let walltime = description?.walltime ?? Self.longest
        resources.append(JSONValue.Member(name: "walltime_s", value: .integer(max(1, walltime))))
        return [
            JSONValue.Member(
                name: "executable",
                value: .object([
                    JSONValue.Member(name: "name", value: .text(id)),
                    JSONValue.Member(name: "command", value: .text("/bin/sh")),
                    JSONValue.Member(
                        name: "arguments", value: .list([.text("-c"), .text(script)])),
                    JSONValue.Member(name: "resources", value: .object(resources)),
                ]))
        ]
    }

    /// Seconds: HTCondor ends no job for its length that does not ask for it.
    private static let longest = 30 * 86400

    /// A category is its own DAG's, unless its name begins with a plus.
    private static func category(_ name: String, _ prefix: String) -> String {
        plain(name.hasPrefix("+") ? String(name.dropFirst()) : prefix + name)
    }

    /// A name of letters, digits, `-` and `_`.
    private static func plain(_ name: String) -> String {
        let letters = name.prefix(60).map { letter in
            letter.isASCII && (letter.isLetter || letter.isNumber || "-_".contains(letter))
                ? letter : "_"
        }
        let text = String(letters)
        return text.isEmpty || text.hasPrefix("-") ? "n" + text : text
    }
}
