import Documents

/// Reads what a step's input or a workflow's output comes from.
struct LinkReader {
    /// The identifier of the workflow, without `#`; empty where it has none.
    let workflow: String
    let steps: Set<String>
    let faults: DocumentFaults

    /// - Parameter source: the field with the sources.
    func link(_ node: Node, source: String) -> Link {
        let sources = node[source]
        var link = Link(
            sources: (sources?.asList ?? []).compactMap(self.source),
            isList: (sources?.elements?.count ?? 0) > 1)
        if let merge = node["linkMerge"] {
            if let method = merge.text.flatMap(Link.Merge.init) {
                link.merge = method
                link.isList = true
            } else {
                faults.add(merge, field: "linkMerge", expected: "merge_nested or merge_flattened")
            }
        }
        if let pick = node["pickValue"] {
            link.pick = pick.text.flatMap(Link.Pick.init)
            if link.pick == nil {
                faults.add(
                    pick, field: "pickValue",
                    expected: "first_non_null, the_only_non_null or all_non_null")
            }
        }
        return link
    }

    private func source(_ node: Node) -> Link.Source? {
        guard let word = node.text else {
            faults.add(node, field: "source", expected: "an input or a step's output")
            return nil
        }
        var fragment = Identifier.fragment(word)
        if word.contains("#"), !workflow.isEmpty, fragment.hasPrefix(workflow + "/") {
            fragment = fragment.dropFirst(workflow.count + 1)
        }
        let parts = fragment.split(separator: "/").map(String.init)
        guard let name = parts.last else {
            faults.add(node, field: "source", expected: "an input or a step's output")
            return nil
        }
        guard parts.count > 1 else { return Link.Source(step: nil, name: name) }
        return Link.Source(step: parts[parts.count - 2], name: name)
    }
}
