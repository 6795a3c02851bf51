/// Finds the cells of an order that touch any of a set of shapes, from the faces downwards.
///
/// A cell that lies in a shape is taken whole; one that only touches shapes is cut into four,
/// which are compared with these shapes alone.  The cells are found in the order of their numbers.
struct CellDescent {
    private let order: Int
    private let boxes: [BoxPiece]
    private let polygons: [PolygonPiece]
    /// The shapes that each cell on the way down touches, one cell's after the other's: boxes by
    /// number, then polygons.
    private var touched: [Int] = []
    private(set) var found = CellRanges()

    /// The cells of `order` that touch one of `areas`.
    init(order: Int, areas: some Sequence<SkyArea>) {
        self.order = order
        var boxes: [BoxPiece] = []
        var polygons: [PolygonPiece] = []
        for area in areas {
            switch area {
            case .box(let box): boxes += BoxPiece.pieces(of: box)
            case .polygon(let polygon): polygons.append(PolygonPiece(polygon))
            }
        }
        self.boxes = boxes
        self.polygons = polygons
        touched = Array(0..<boxes.count + polygons.count)
        let all = touched.indices
        for face in 0..<12 {
            visit(HEALPixCell(order: 0, face: face, x: 0, y: 0), shapes: all)
        }
    }

    /// Takes `cell`, or goes on to its children, or leaves it out.
    ///
    /// - Parameter shapes: where `touched` names the shapes that may reach it.
    private mutating func visit(_ cell: HEALPixCell, shapes: Range<Int>) {
        let start = touched.count
        defer { touched.removeLast(touched.count - start) }
        var outline: CellOutline?
        for place in shapes {
            let shape = touched[place]
            let relation: CellRelation
            if shape < boxes.count {
                relation = boxes[shape].relation(to: cell)
            } else {
                let here = outline ?? CellOutline(cell)
                outline = here
                relation = polygons[shape - boxes.count].relation(to: here)
            }
            if relation == .outside { continue }
            if relation == .inside || cell.order == order {
                found.append(cell.range)
                return
            }
            touched.append(shape)
        }
        let here = start..<touched.count
        guard !here.isEmpty else { return }
        for number in 0..<4 { visit(cell.child(number), shapes: here) }
    }
}
