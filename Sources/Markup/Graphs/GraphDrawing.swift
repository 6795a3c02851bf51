/// A graph without cycles as a drawing: boxes in columns from left to right, arrows between them.
///
/// What a box says is in words; its colour and edge only repeat it.
public struct GraphDrawing {
    /// A node.
    public struct Box {
        /// The style of its edge.
        public enum Style: String, Sendable {
            case open, busy, held, bad, done
        }

        public let name: String
        /// The second line.
        public let counts: String
        /// What is told of it where it is pointed at, and to those who do not see.
        public let title: String
        public let style: Style
        /// The column, from 0 on.
        public let level: Int
        /// Where it leads to; nowhere where `nil`.
        public let address: String?
        /// Whether it holds others: its edge is double.
        public let isHolder: Bool

        public init(
            name: String, counts: String, title: String, style: Style, level: Int,
            address: String?, isHolder: Bool = false
        ) {
            self.name = name
            self.counts = counts
            self.title = title
            self.style = style
            self.level = level
            self.address = address
            self.isHolder = isHolder
        }
    }

    private let name: String
    private let finding: String
    private let boxes: [Box]
    private let edges: [(from: Int, to: Int)]

    private static let width = 170.0
    private static let height = 40.0
    private static let gap = (column: 46.0, row: 14.0)

    /// - Parameters:
    ///   - name: what the graph is of: `Graph of the run`.
    ///   - finding: what it shows, in a sentence.
    ///   - edges: between boxes, each from a lower level to a higher one.
    public init(
        _ name: String, finding: String, boxes: [Box], edges: [(from: Int, to: Int)]
    ) {
        self.name = name
        self.finding = finding
        self.boxes = boxes
        self.edges = edges
    }

    public var fragment: Fragment {
        let layout = LayeredLayout(levels: boxes.map(\.level), edges: edges)
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
        let lines = edges.indices.map { arrow(along: layout.way(of: $0), tops) }
        var drawn: [Fragment] = []
        for (column, slots) in layout.columns.enumerated() {
            for slot in slots {
                guard case .node(let number) = slot else { continue }
                drawn.append(box(boxes[number], at: (Self.left(column), tops[column][slot] ?? 0)))
            }
        }
        return Fragment(
            "div", .scrolling(name),
            Fragment(
                "svg",
                [
                    "class": "graph", "role": "img", "aria-label": "\(name): \(finding)",
                    "viewBox": "0 0 \(Self.text(size.0)) \(Self.text(size.1))",
                    "width": Self.text(size.0), "height": Self.text(size.1),
                ], [Self.marker] + lines + drawn))
    }

    private static var marker: Fragment {
        Fragment(
            "defs",
            Fragment(
                "marker",
                [
                    "id": "arrow", "viewBox": "0 0 8 8", "refX": "7", "refY": "4",
                    "markerWidth": "7", "markerHeight": "7", "orient": "auto",
                ], Fragment("path", ["d": "M0 0L8 4L0 8z", "fill": "currentColor"])))
    }

    private func arrow(
        along way: [(column: Int, slot: LayeredLayout.Slot)],
        _ tops: [[LayeredLayout.Slot: Double]]
    ) -> Fragment {
        func middle(_ place: (column: Int, slot: LayeredLayout.Slot)) -> Double {
            (tops[place.column][place.slot] ?? 0) + Self.height / 2
        }
        var path = ""
        for (one, next) in zip(way, way.dropFirst()) {
            let start = (Self.left(one.column) + Self.width, middle(one))
            let end = (Self.left(next.column), middle(next))
            let bend = Self.gap.column / 2
            path += path.isEmpty ? "M" : "L"
            path += "\(Self.text(start.0)) \(Self.text(start.1))"
            path += "C\(Self.text(start.0 + bend)) \(Self.text(start.1)) "
            path += "\(Self.text(end.0 - bend)) \(Self.text(end.1)) "
            path += "\(Self.text(end.0)) \(Self.text(end.1))"
        }
        return Fragment("path", ["class": "edge", "d": path, "marker-end": "url(#arrow)"])
    }

    private func box(_ box: Box, at place: (x: Double, y: Double)) -> Fragment {
        func rect(_ inset: Double) -> Fragment {
            Fragment(
                "rect",
                [
                    "class": box.style.rawValue, "x": Self.text(place.x + inset),
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
        let parts: [Fragment] =
            [Fragment("title", .text(box.title)), rect(0)] + (box.isHolder ? [rect(3)] : [])
            + [line(box.name, 17, "name"), line(box.counts, 32, "counts")]
        guard let address = box.address else { return Fragment("g", parts) }
        return Fragment("a", ["href": address], parts)
    }

    private static func left(_ column: Int) -> Double {
        Double(column) * (width + gap.column) + 6
    }

    private static func shortened(_ text: String) -> String {
        text.count > 27 ? text.prefix(26) + "\u{2026}" : text
    }

    private static func text(_ number: Double) -> String {
        let tenths = (number * 10).rounded() / 10
        return tenths == tenths.rounded() ? "\(Int(tenths))" : "\(tenths)"
    }
}
