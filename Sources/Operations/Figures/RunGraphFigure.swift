import Execution
import Foundation
import Markup
import WebService
import Workflows

/// The data-flow graph of a run, a box for each node with how far its payloads are; what holds
/// others is one box that leads to a drawing of its body.
struct RunGraphFigure {
    private let run: String
    private let node: String?
    private let nodes: [GraphSummary.NodeRow]
    private let edges: [(from: Int, to: Int)]
    /// By node, payloads of it and of what it holds.
    private let states: [[String: Int]]

    /// More nodes than these are told as a table only.
    private static let most = 200

    /// - Parameter node: path of the node whose body is drawn; the whole graph where `nil`.
    init(_ graph: RunGraphView, of run: String, node: String?) {
        self.run = run
        let prefix = node.map { "\($0)." } ?? ""
        let nodes = graph.graph.nodes.filter {
            $0.path.hasPrefix(prefix) && !$0.path.dropFirst(prefix.count).contains(".")
        }
        self.node = nodes.isEmpty ? nil : node
        self.nodes = nodes
        let places = Dictionary(
            nodes.enumerated().map { ($1.path, $0) }, uniquingKeysWith: { first, _ in first })
        var known: Set<[Int]> = []
        edges = graph.graph.edges.compactMap { edge in
            guard let from = edge.from.flatMap({ places[$0] }), let to = places[edge.to],
                known.insert([from, to]).inserted
            else { return nil }
            return (from, to)
        }
        states = nodes.map { node in
            graph.states.reduce(into: [:]) { all, entry in
                // What only holds others is no payload.
                let isOwn = entry.key == node.path && node.kind != .nested && node.kind != .parallel
                guard isOwn || entry.key.hasPrefix(node.path + ".") else { return }
                all.merge(entry.value) { $0 + $1 }
            }
        }
    }

    var fragment: Fragment {
        guard !nodes.isEmpty else { return Fragment("p", "It has no nodes.") }
        var above: Fragment = []
        if let node {
            let parts = node.split(separator: ".")
            let outer = parts.dropLast().joined(separator: ".")
            above = Fragment(
                "p",
                [
                    .text("Within \(node). "),
                    .link(
                        PageAddress.address(
                            PageOf.run(run), ["node": outer.isEmpty ? nil : outer]),
                        "What holds it"),
                ])
        }
        let isDrawn = nodes.count <= Self.most
        return [
            above,
            CaptionedFigure(
                drawing: isDrawn ? drawing : [],
                caption: "A box is a node, its second line how many of its payloads are in which "
                    + "state; an arrow leads to what waits for it. A box with a double edge holds "
                    + "others, and leads to their drawing. Green has completed, red has failed, "
                    + "blue is at work, orange is held."
                    + (isDrawn ? "" : " There are too many nodes for a drawing."),
                finding: finding, numbers: table
            ).fragment,
        ]
    }

    private var finding: String {
        let all = states.reduce(into: [:]) { $0.merge($1) { $0 + $1 } }
        let done = all["COMPLETED"] ?? 0
        let count = all.values.reduce(0, +)
        let bad = (all["FAILED"] ?? 0) + (all["ABORTED"] ?? 0)
        return "\(done) of \(count) payloads have completed"
            + (bad > 0 ? ", \(bad) failed or were ended." : ".")
    }

    private var table: CaptionedTable {
        CaptionedTable(
            caption: "Nodes of the graph", header: ["Node", "Kind", "Program", "Payloads"],
            rows: zip(nodes, states).map { node, states in
                CaptionedTable.Row([
                    .label(node.path), .text(node.kind.rawValue), .text(node.executable ?? ""),
                    .text(Self.words(states)),
                ])
            })
    }

    private static func words(_ states: [String: Int]) -> String {
        PageOf.jobStates.compactMap { name in states[name].map { "\($0) \(name)" } }
            .joined(separator: ", ")
    }

    private var drawing: Fragment {
        GraphDrawing(
            "Graph of the run", finding: finding,
            boxes: zip(nodes, states).map { box($0, $1) }, edges: edges
        ).fragment
    }

    private func box(_ node: GraphSummary.NodeRow, _ states: [String: Int]) -> GraphDrawing.Box {
        let isHolder = node.kind == .nested || node.kind == .parallel
        let name = String(node.path.split(separator: ".").last ?? "")
        return GraphDrawing.Box(
            name: name, counts: Self.brief(states),
            title: "\(node.path), \(node.kind.rawValue): \(Self.words(states))",
            style: Self.style(states), level: node.level,
            address: isHolder
                ? PageAddress.address(PageOf.run(run), ["node": node.path])
                : PageAddress.address("/jobs", ["run": run, "text": name]),
            isHolder: isHolder)
    }

    private static func style(_ states: [String: Int]) -> GraphDrawing.Box.Style {
        if states["FAILED"] != nil || states["ABORTED"] != nil { return .bad }
        if states["HELD"] != nil { return .held }
        if states["RUNNING"] != nil || states["ASSIGNED"] != nil { return .busy }
        return !states.isEmpty && states.keys.allSatisfy { $0 == "COMPLETED" } ? .done : .open
    }

    /// The most that fits: what is worst is told first.
    private static func brief(_ states: [String: Int]) -> String {
        let order = ["FAILED", "HELD", "RUNNING", "COMPLETED", "READY", "UNREADY"]
        let named = order.compactMap { name in states[name].map { "\($0) \(name.lowercased())" } }
        return named.isEmpty ? words(states).lowercased() : named.prefix(2).joined(separator: ", ")
    }
}
