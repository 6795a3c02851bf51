import Documents

/// Reads a GraphML document event by event (graphml.graphdrawing.org, GraphML 1.0): keys with their
/// defaults, nested graphs, ports, and the labels of yEd's drawings.
struct GraphMLParser {
    private(set) var graph = GraphMLGraph()
    private let limits: GraphMLLimits
    private let faults: FaultLog
    private var open: [Element] = []
    private var text = ""
    /// Whether the text of the innermost element is wanted.
    private var isTextWanted = false
    private var isTooLarge = false

    private enum Element {
        case graphml, graph, other
        case key(String?)
        case standard(String)
        case node(Int)
        case edge(Int)
        case data(GraphMLKey?)
        /// yEd's label, of the element that holds the data.
        case label
    }

    init(limits: GraphMLLimits, faults: FaultLog) {
        self.limits = limits
        self.faults = faults
    }

    /// Reads all of a document; what is at fault is noted.
    mutating func read(_ stream: XMLStream) throws {
        while let event = try stream.next() {
            switch event {
            case .start(let name): start(name.local, stream)
            case .text:
                guard isTextWanted else { continue }
                if text.utf8.count < limits.text { text += stream.text }
            case .end: end(stream)
            }
            if isTooLarge { return }
        }
        graph.addDefaults()
    }

    private func fault(_ stream: XMLStream, _ field: String?, found: String, expected: String) {
        faults.add(
            line: stream.line, column: stream.column, field: field, found: found,
            expected: expected)
    }

    // MARK: - Elements

    private mutating func start(_ name: String, _ stream: XMLStream) {
        // yEd's labels hold elements behind their text.
        if isTextWanted, case .label = open.last { keepLabel(PlainText.trimmed(text)) }
        isTextWanted = false
        let element: Element
        switch (name, open.last) {
        case ("graphml", nil): element = .graphml
        case (_, nil):
            fault(stream, nil, found: "an element \(PlainText.quoted(name))", expected: "graphml")
            isTooLarge = true
            element = .other
        case ("key", .graphml), ("key", .graph): element = key(stream)
        case ("default", .key(let id?)):
            wantText()
            element = .standard(id)
        case ("graph", .graphml), ("graph", .node): element = startGraph(stream)
        case ("node", .graph): element = node(stream)
        case ("edge", .graph): element = edge(stream)
        case ("hyperedge", .graph):
            fault(
                stream, nil, found: "a hyperedge",
                expected: "an edge for each two nodes: edges of one data set have its name")
            element = .other
        case ("data", .graph), ("data", .node), ("data", .edge): element = data(stream)
        case ("NodeLabel", _), ("EdgeLabel", _):
            element = isInDrawing ? .label : .other
            if isInDrawing { wantText() }
        default: element = .other
        }
        open.append(element)
    }

    private mutating func wantText() {
        text = ""
        isTextWanted = true
    }

    private var isInDrawing: Bool {
        open.contains {
            if case .data(let key) = $0, case .drawing = key?.meaning { true } else { false }
        }
    }

    private mutating func key(_ stream: XMLStream) -> Element {
        let attributes = stream.attributes
        guard let id = attributes["id"] else {
            fault(stream, "key", found: "no id", expected: "an id")
            return .key(nil)
        }
        guard let owner = GraphMLKey.Owner(rawValue: attributes["for"] ?? "all") else {
            fault(
                stream, "key.for", found: PlainText.quoted(attributes["for"] ?? ""),
                expected: "graph, node, edge, port or all")
            return .key(nil)
        }
        let drawing = attributes["yfiles.type"] ?? ""
        let meaning: GraphMLKey.Meaning =
            if drawing == "nodegraphics" || drawing == "edgegraphics" {
                .drawing
            } else if let
                attribute = GraphMLAttribute(named: attributes["attr.name"] ?? id)
            { .attribute(attribute) } else { .other }
        if graph.keys.updateValue(GraphMLKey(meaning: meaning, owner: owner), forKey: id) != nil {
            fault(
                stream, "key", found: "a second key \(PlainText.quoted(id))",
                expected: "an id of its own")
        }
        return .key(id)
    }

    private mutating func startGraph(_ stream: XMLStream) -> Element {
        if case .node(let place) = open.last {
            graph.nodes[place].isGroup = true
        } else if graph.id != nil || !graph.nodes.isEmpty {
            fault(stream, "graph", found: "a second graph", expected: "one")
        } else {
            graph.id = stream.attribute("id") ?? ""
            graph.mark = TextMark(line: stream.line, column: stream.column)
        }
        if open.count == 1 { isUndirected = stream.attribute("edgedefault") == "undirected" }
        return .graph
    }

    /// Whether edges that do not say so have no direction.
    private var isUndirected = false

    private mutating func node(_ stream: XMLStream) -> Element {
        guard let id = stream.attribute("id") else {
            fault(stream, "node", found: "no id", expected: "an id")
            return .other
        }
        guard graph.nodes.count < limits.nodes else {
            fault(
                stream, "node", found: "more than \(limits.nodes) nodes",
                expected: "at most \(limits.nodes)")
            isTooLarge = true
            return .other
        }
        graph.nodes.append(
            GraphMLGraph.Node(id: id, mark: TextMark(line: stream.line, column: stream.column)))
        return .node(graph.nodes.count - 1)
    }

    private mutating func edge(_ stream: XMLStream) -> Element {
        guard let source = stream.attribute("source"), let target = stream.attribute("target")
        else {
            fault(stream, "edge", found: "an edge with one end", expected: "source and target")
            return .other
        }
        guard graph.edges.count < limits.edges else {
            fault(
                stream, "edge", found: "more than \(limits.edges) edges",
                expected: "at most \(limits.edges)")
            isTooLarge = true
            return .other
        }
        let isDirected = stream.attribute("directed").map { $0 == "true" || $0 == "1" }
        if !(isDirected ?? !isUndirected) {
            fault(
                stream, "edge", found: "an edge without a direction",
                expected: "one from the task that makes a data set to the one that reads it")
        }
        graph.edges.append(
            GraphMLGraph.Edge(
                mark: TextMark(line: stream.line, column: stream.column), source: source,
                target: target, sourcePort: stream.attribute("sourceport")))
        return .edge(graph.edges.count - 1)
    }

    private mutating func data(_ stream: XMLStream) -> Element {
        guard let id = stream.attribute("key"), let key = graph.keys[id] else {
            let id = stream.attribute("key") ?? ""
            fault(
                stream, "data.key", found: PlainText.quoted(id), expected: "a key that is declared")
            return .data(nil)
        }
        if case .attribute = key.meaning { wantText() }
        return .data(key)
    }

    // MARK: - Ends

    private mutating func end(_ stream: XMLStream) {
        guard let element = open.popLast() else { return }
        if isTextWanted, text.utf8.count >= limits.text {
            fault(
                stream, nil, found: "a value of more than \(limits.text) bytes",
                expected: "at most \(limits.text)")
            isTooLarge = true
        }
        defer { isTextWanted = false }
        guard isTextWanted else { return }
        let value = PlainText.trimmed(text)
        guard !value.isEmpty else { return }
        switch element {
        case .standard(let id): graph.keys[id]?.standard = value
        case .data(let key?):
            if case .attribute(let attribute) = key.meaning { keep(value, attribute) }
        case .label: keepLabel(value)
        default: break
        }
    }

    private mutating func keep(_ value: String, _ attribute: GraphMLAttribute) {
        switch open.last {
        case .node(let place): graph.nodes[place].values[attribute] = value
        case .edge(let place): graph.edges[place].values[attribute] = value
        case .graph: if open.count == 2 { graph.values[attribute] = value }
        default: break
        }
    }

    /// Keeps the first label of a drawing: others are notes.
    private mutating func keepLabel(_ value: String) {
        if value.isEmpty { return }
        for element in open.reversed() {
            switch element {
            case .node(let place):
                if graph.nodes[place].drawnLabel == nil { graph.nodes[place].drawnLabel = value }
                return
            case .edge(let place):
                if graph.edges[place].drawnLabel == nil { graph.edges[place].drawnLabel = value }
                return
            default: continue
            }
        }
    }
}
