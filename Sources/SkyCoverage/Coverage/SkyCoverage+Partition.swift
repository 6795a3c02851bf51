import SkyGeometry

extension SkyCoverage {
    /// The coverages of several owners' areas that share no cell: a cell of `order` belongs to the
    /// owner of the area that holds its centre, the first where several do.
    ///
    /// Their union has every cell whose centre lies in an area; unlike `init(order:areas:)` it
    /// leaves out cells that only touch one.  Where areas are smaller than cells, an owner may
    /// have none.
    ///
    /// - Parameters:
    ///   - order: HEALPix order, 0 to `maximumOrder`.
    ///   - owners: the areas of each.
    /// - Returns: a coverage for each owner, in their order.
    public static func partition(order: Int, owners: [[SkyArea]]) -> [SkyCoverage] {
        var claims: [(cell: UInt64, owner: Int)] = []
        for (owner, areas) in owners.enumerated() {
            for area in areas {
                let touched = SkyCoverage(order: order, areas: CollectionOfOne(area))
                claims += touched.numbers.filter {
                    area.contains(HEALPixCell(order: order, number: $0).centre)
                }
                .map { (cell: $0, owner: owner) }
            }
        }
        claims.sort { ($0.cell, $0.owner) < ($1.cell, $1.owner) }
        var found = owners.map { _ in CellRanges() }
        var last: UInt64?
        for claim in claims where claim.cell != last {
            last = claim.cell
            let shift = UInt64(2 * (maximumOrder - order))
            found[claim.owner].append(claim.cell << shift..<(claim.cell + 1) << shift)
        }
        return found.map { SkyCoverage(order: order, cells: $0) }
    }

    /// The numbers of its cells at its own order.
    private var numbers: [UInt64] {
        let shift = UInt64(2 * (Self.maximumOrder - order))
        return cells.ranges.flatMap { Array($0.lowerBound >> shift..<$0.upperBound >> shift) }
    }
}

extension SkyArea {
    /// Whether it holds `position`.
    fileprivate func contains(_ position: SkyPosition) -> Bool {
        switch self {
        case .box(let box): box.contains(position)
        case .polygon(let polygon): polygon.contains(position.vector)
        }
    }
}
