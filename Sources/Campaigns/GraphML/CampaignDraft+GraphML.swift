import Documents
import GroundSegment

extension CampaignDraft {
    /// What a graph says of a campaign: nodes are tasks, edges are data sets.
    init(_ graph: GraphMLGraph, faults: FaultLog) {
        var conversion = GraphMLConversion(graph: graph, faults: faults)
        self = conversion.converted()
    }
}

/// Makes tasks of nodes and data sets of edges.
private struct GraphMLConversion {
    private enum End {
        case task(Int)
        case entry, exit
    }

    private let graph: GraphMLGraph
    private let faults: FaultLog
    private var draft = CampaignDraft()
    /// By a node's id: what it is.
    private var ends: [String: End] = [:]

    init(graph: GraphMLGraph, faults: FaultLog) {
        self.graph = graph
        self.faults = faults
    }

    mutating func converted() -> CampaignDraft {
        readGraph()
        let groups = Set(graph.nodes.filter(\.isGroup).map(\.id))
        var seen: Set<String> = []
        for node in graph.nodes {
            guard seen.insert(node.id).inserted else {
                spot(node.mark, "node").fault(
                    found: "a second node \(PlainText.quoted(node.id))",
                    expected: "an id of its own")
                continue
            }
            if !node.isGroup { add(node) }
        }
        addEdges(groups)
        return draft
    }

    private func spot(_ mark: TextMark, _ path: String?) -> Spot {
        Spot(mark: mark, path: path, log: faults)
    }

    private mutating func readGraph() {
        draft.title = graph.values[.title]
        draft.survey = graph.values[.survey]
        let spot = self.spot(graph.mark, "graph")
        draft.priority = whole(graph.values[.priority], "priority", spot)
        var retry: [RetryRule]?
        read(.retry, of: graph.values, spot) { retry = $0.retryRules($1) }
        draft.retry = retry
        guard let share = graph.values[.share] else { return }
        draft.share = PlainText.decimal(share)
        if !(draft.share.map { (0.001...1000).contains($0) } ?? false) {
            spot.fault(
                found: "share \(PlainText.quoted(share))",
                expected: "a number from 0.001 to 1000")
            draft.share = nil
        }
    }

    private func whole(_ text: String?, _ name: String, _ spot: Spot) -> Int? {
        guard let text else { return nil }
        // Some tools write every number with a decimal point.
        if let number = PlainText.decimal(text).flatMap(Int.init(exactly:)), abs(number) < 1 << 40 {
            return number
        }
        spot.fault(found: "\(name) \(PlainText.quoted(text))", expected: "a whole number")
        return nil
    }

    // MARK: - Nodes

    private mutating func add(_ node: GraphMLGraph.Node) {
        let label =
            node.values[.name] ?? node.values[.label] ?? node.drawnLabel ?? node.id
        let kind = node.values[.kind] ?? (node.values[.pipeline] == nil ? label.lowercased() : "")
        if kind == CampaignGraph.entryName || kind == CampaignGraph.exitName {
            ends[node.id] = kind == CampaignGraph.entryName ? .entry : .exit
            return
        }
        let spot = self.spot(node.mark, "node \(PlainText.quoted(node.id))")
        guard let name = CampaignName.isQualified(label) ? label : CampaignName.plain(label) else {
            spot.fault(found: "a name \(PlainText.quoted(label))", expected: CampaignName.rule)
            return
        }
        var task = TaskDraft(name: Spotted(text: name, spot: spot))
        let title = node.values[.title] ?? node.values[.label] ?? node.drawnLabel ?? label
        task.title = title == name ? nil : PlainText.isPrintable(title) ? title : name
        task.pipeline = pipeline(node.values[.pipeline], spot)
        task.release = node.values[.release]
        task.unit = unit(node.values[.per], spot) ?? .campaign
        if task.unit == .number {
            task.count = whole(node.values[.count], "count", spot)
        }
        task.priority = whole(node.values[.priority], "priority", spot)
        task.preparation = pipeline(node.values[.prepare], spot)
        task.merging = pipeline(node.values[.merge], spot)
        read(.items, of: node.values, spot) { task.items = $0.items($1) }
        read(.policy, of: node.values, spot) { task.policy = $0.policy($1) }
        read(.start, of: node.values, spot) { task.triggers = $0.triggers($1) }
        ends[node.id] = .task(draft.tasks.count)
        draft.tasks.append(task)
    }

    private func pipeline(_ text: String?, _ spot: Spot) -> String? {
        guard let text else { return nil }
        if CampaignName.isPlain(text) { return text }
        spot.fault(found: "pipeline \(PlainText.quoted(text))", expected: CampaignName.rule)
        return nil
    }

    private func unit(_ text: String?, _ spot: Spot) -> JobUnit? {
        guard let text else { return nil }
        if let unit = JobUnit(rawValue: text) { return unit }
        spot.fault(
            found: "per \(PlainText.quoted(text))",
            expected: "one of: \(JobUnit.allCases.map(\.rawValue).joined(separator: ", "))")
        return nil
    }

    /// Reads what stands in an attribute as a JSON text, as it would in a campaign's file.
    private func read(
        _ attribute: GraphMLAttribute, of values: [GraphMLAttribute: String], _ spot: Spot,
        _ body: (DocumentObject, String) -> Void
    ) {
        guard let text = values[attribute] else { return }
        let own = FaultLog(file: faults.file)
        let key = attribute.rawValue
        if let root = DocumentObject("\(key): \(text)", faults: own) { body(root, key) }
        for fault in own.diagnostics {
            let path = "\(spot.path ?? ""): \(fault.field ?? key)"
            Spot(mark: spot.mark, path: path, log: faults)
                .fault(found: fault.found, expected: fault.expected)
        }
    }

    // MARK: - Edges

    private mutating func addEdges(_ groups: Set<String>) {
        var outputs = [[Spotted]](repeating: [], count: draft.tasks.count)
        var inputs = outputs
        /// By data set: the node that makes it.
        var sources: [String: String] = [:]
        var pairs: [String: Int] = [:]
        for edge in graph.edges {
            guard let source = end(edge.source, edge, groups),
                let target = end(edge.target, edge, groups)
            else { continue }
            var name = self.name(of: edge, source, target)
            if name.isMadeUp {
                let count = pairs[name.text, default: 0] + 1
                pairs[name.text] = count
                if count > 1 { name.text += "-\(count)" }
            }
            let data = Spotted(text: name.text, spot: spot(edge.mark, "edge"))
            let isNew = sources[name.text] != edge.source
            switch (source, target) {
            case (.exit, _), (_, .entry):
                data.spot.fault(
                    found: "an edge from the exit or to the entry",
                    expected: "one from the entry, between tasks, or to the exit")
                continue
            case (.entry, .exit):
                data.spot.fault(
                    found: "an edge from the entry to the exit", expected: "a task between them")
                continue
            case (.entry, .task(let task)):
                if isNew { addOutside(data, edge, task) }
            case (.task(let task), _):
                if isNew { outputs[task].append(data) }
            }
            if case .task(let task) = target { inputs[task].append(data) }
            if case .exit = target { draft.results.append(data) }
            sources[name.text] = sources[name.text] ?? edge.source
        }
        for place in draft.tasks.indices {
            draft.tasks[place].inputs = inputs[place]
            draft.tasks[place].outputs = outputs[place]
        }
    }

    private func end(_ id: String, _ edge: GraphMLGraph.Edge, _ groups: Set<String>) -> End? {
        if let end = ends[id] { return end }
        let isGroup = groups.contains(id)
        spot(edge.mark, "edge").fault(
            found: isGroup
                ? "an edge of the group \(PlainText.quoted(id))"
                : "an edge of \(PlainText.quoted(id)), which is no node",
            expected: isGroup ? "an edge of a node within it" : "two ends that are nodes")
        return nil
    }

    private mutating func addOutside(_ data: Spotted, _ edge: GraphMLGraph.Edge, _ reader: Int) {
        let unit = self.unit(edge.values[.per], data.spot) ?? draft.tasks[reader].unit ?? .campaign
        draft.data.append(DataDraft(name: data, unit: unit, product: edge.values[.product]))
    }

    /// The name of an edge's data set: what the edge is called, else its port, else its two ends.
    private func name(of edge: GraphMLGraph.Edge, _ source: End, _ target: End)
        -> (text: String, isMadeUp: Bool)
    {
        let label =
            edge.values[.data] ?? edge.values[.name] ?? edge.values[.label]
            ?? edge.drawnLabel
        if let label {
            if CampaignName.isQualified(label) { return (label, false) }
            if let name = CampaignName.plain(label) { return (name, false) }
        }
        func text(_ end: End) -> String {
            switch end {
            case .task(let task): draft.tasks[task].name.text
            case .entry: CampaignGraph.entryName
            case .exit: CampaignGraph.exitName
            }
        }
        let other = edge.sourcePort.flatMap(CampaignName.plain)
        let name = "\(text(source))-\(other ?? text(target))".replacingDots
        return (CampaignName.plain(name) ?? "data", other == nil)
    }
}

extension String {
    /// Dots join the names of campaigns, and a made-up name is one name.
    fileprivate var replacingDots: String {
        String(map { $0 == "." ? "-" : $0 })
    }
}
