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
    private static let width = 170.0
    private static let height = 40.0
    private static let gap = (column: 46.0, row: 14.0)

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

    // MARK: Drawing

    private var drawing: Fragment {
        let layout = LayeredLayout(levels: nodes.map(\.level), edges: edges)
        let rows = layout.columns.map(\.count).max() ?? 1
        let step = (Self.width + Self.gap.column, Self.height + Self.gap.row)
        let size = (
            Double(layout.columns.count) * step.0 - Self.gap.column + 12,
            Double(rows) * step.1 - Self.gap.row + 12
        )
        var tops: [[LayeredLayout.Slot: Double]] = []
        for column in layout.columns {
            let first = (Double(rows - column.count) / 2) * step.1 + 6
            tops.append(
                Dictionary(
                    column.enumerated().map { ($1, first + Double($0) * step.1) },
                    uniquingKeysWith: { first, _ in first }))
        }
        func middle(_ place: (column: Int, slot: LayeredLayout.Slot)) -> Double {
            (tops[place.column][place.slot] ?? 0) + Self.height / 2
        }
        func left(_ column: Int) -> Double { Double(column) * step.0 + 6 }
        let lines = edges.indices.map { number -> Fragment in
            let way = layout.way(of: number)
            var path = ""
            for (one, next) in zip(way, way.dropFirst()) {
                let start = (left(one.column) + Self.width, middle(one))
                let end = (left(next.column), middle(next))
                let bend = Self.gap.column / 2
                path += path.isEmpty ? "M" : "L"
                path += "\(Self.text(start.0)) \(Self.text(start.1))"
                path += "C\(Self.text(start.0 + bend)) \(Self.text(start.1)) "
                path += "\(Self.text(end.0 - bend)) \(Self.text(end.1)) "
                path += "\(Self.text(end.0)) \(Self.text(end.1))"
            }
            return Fragment("path", ["class": "edge", "d": path, "marker-end": "url(#arrow)"])
        }
        var boxes: [Fragment] = []
        for (column, slots) in layout.columns.enumerated() {
            for slot in slots {
                guard case .node(let number) = slot else { continue }
                boxes.append(box(number, at: (left(column), tops[column][slot] ?? 0)))
            }
        }
        let marker = Fragment(
            "defs",
            Fragment(
                "marker",
                [
                    "id": "arrow", "viewBox": "0 0 8 8", "refX": "7", "refY": "4",
                    "markerWidth": "7", "markerHeight": "7", "orient": "auto",
                ], Fragment("path", ["d": "M0 0L8 4L0 8z", "fill": "currentColor"])))
        return Fragment(
            "div", .scrolling("Graph of the run"),
            Fragment(
                "svg",
                [
                    "class": "graph", "role": "img", "aria-label": "Graph of the run: \(finding)",
                    "viewBox": "0 0 \(Self.text(size.0)) \(Self.text(size.1))",
                    "width": Self.text(size.0), "height": Self.text(size.1),
                ], [marker] + lines + boxes))
    }

    private func box(_ number: Int, at place: (x: Double, y: Double)) -> Fragment {
        let (node, states) = (nodes[number], states[number])
        let isHolder = node.kind == .nested || node.kind == .parallel
        func rect(_ inset: Double) -> Fragment {
            Fragment(
                "rect",
                [
                    "class": Self.style(states), "x": Self.text(place.x + inset),
                    "y": Self.text(place.y + inset),
                    "width": Self.text(Self.width - 2 * inset),
                    "height": Self.text(Self.height - 2 * inset), "rx": "4",
                ])
        }
        func line(_ text: String, _ y: Double, _ style: String) -> Fragment {
            Fragment(
                "text",
                [
                    "x": Self.text(place.x + Self.width / 2), "y": Self.text(place.y + y),
                    "text-anchor": "middle", "class": style,
                ], .text(Self.shortened(text)))
        }
        let name = String(node.path.split(separator: ".").last ?? "")
        let parts: [Fragment] =
            [
                Fragment(
                    "title", .text("\(node.path), \(node.kind.rawValue): \(Self.words(states))"))
            ] + [rect(0)] + (isHolder ? [rect(3)] : [])
            + [line(name, 17, "name"), line(Self.brief(states), 32, "counts")]
        let address =
            isHolder
            ? PageAddress.address(PageOf.run(run), ["node": node.path])
            : PageAddress.address("/jobs", ["run": run, "text": name])
        return Fragment("a", ["href": address], parts)
    }

    private static func style(_ states: [String: Int]) -> String {
        if states["FAILED"] != nil || states["ABORTED"] != nil { return "bad" }
        if states["HELD"] != nil { return "held" }
        if states["RUNNING"] != nil || states["ASSIGNED"] != nil { return "busy" }
        return !states.isEmpty && states.keys.allSatisfy { $0 == "COMPLETED" } ? "done" : "open"
    }

    /// The most that fits: what is worst is told first.
    private static func brief(_ states: [String: Int]) -> String {
        let order = ["FAILED", "HELD", "RUNNING", "COMPLETED", "READY", "UNREADY"]
        let named = order.compactMap { name in states[name].map { "\($0) \(name.lowercased())" } }
        return named.isEmpty ? words(states).lowercased() : named.prefix(2).joined(separator: ", ")
    }

    private static func shortened(_ text: String) -> String {
        text.count > 27 ? text.prefix(26) + "\u{2026}" : text
    }

    private static func text(_ number: Double) -> String {
        let tenths = (number * 10).rounded() / 10
        return tenths == tenths.rounded() ? "\(Int(tenths))" : "\(tenths)"
    }
}
