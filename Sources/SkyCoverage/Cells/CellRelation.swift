/// How a cell lies to a shape.
enum CellRelation {
    /// They have no point in common.
    case outside
    /// The cell may have points in the shape and points out of it.
    case touching
    /// All of the cell lies in the shape.
    case inside
}
