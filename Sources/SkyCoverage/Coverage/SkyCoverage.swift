public import SkyGeometry

/// The part of the sky that a set of areas covers, as a multi-order coverage map (S-MOC).
///
/// IVOA MOC 2.0, "Space MOC conventions".  The coverage is conservative: it holds every HEALPix cell of its
/// order that touches one of the areas, and so each point of them.
///
/// ```swift
/// let coverage = SkyCoverage(order: 10, areas: tiles.map { .box($0) })
/// try Data(coverage.fits()).write(to: file)
/// ```
public struct SkyCoverage: Hashable, Sendable {
    /// The finest HEALPix order that a coverage may have; its cells measure 0.4 mas.
    public static let maximumOrder = HEALPixCell.maximumOrder

    /// The HEALPix order that the areas were resolved to, 0 to `maximumOrder`: cells of order 10
    /// measure 3.4', of order 11 1.7'.
    public let order: Int
    let cells: CellRanges

    /// The coverage of `areas`; nothing where there are none.
    public init(order: Int, areas: some Sequence<SkyArea>) {
        self.init(order: order, cells: CellDescent(order: Self.checked(order), areas: areas).found)
    }

    /// Nothing of the sky.
    public init(order: Int) {
        self.init(order: Self.checked(order), cells: CellRanges())
    }

    init(order: Int, cells: CellRanges) {
        self.order = order
        self.cells = cells
    }

    private static func checked(_ order: Int) -> Int {
        precondition((0...maximumOrder).contains(order), "no HEALPix order \(order)")
        return order
    }

    /// Adds an area.  To add many, give them to `init(order:areas:)` at once: that is faster.
    public mutating func insert(_ area: SkyArea) {
        self = union(SkyCoverage(order: order, areas: CollectionOfOne(area)))
    }

    /// What either covers, at the finer of the two orders, as MOC 2.0 has it for surfaces
    /// ("Working resolution").
    public func union(_ other: SkyCoverage) -> SkyCoverage {
        SkyCoverage(order: max(order, other.order), cells: cells.union(other.cells))
    }

    /// The same at a coarser order, with every cell of it that this coverage touches.
    public func degraded(to coarser: Int) -> SkyCoverage {
        guard Self.checked(coarser) < order else { return self }
        let bits = 2 * (Self.maximumOrder - coarser)
        return SkyCoverage(order: coarser, cells: cells.widened(bits: bits))
    }

    /// Whether a cell of the coverage holds `position`.
    public func contains(_ position: SkyPosition) -> Bool {
        cells.contains(FacePoint(position).number)
    }

    /// Whether nothing is covered.
    public var isEmpty: Bool { cells.ranges.isEmpty }

    /// The covered part of the whole sky, 0 to 1.
    public var skyFraction: Double { Double(cells.count) / Double(HEALPixCell.axisLength) }

    /// How many cells its files list: the fewest, of all orders, that make up the coverage.
    public var cellCount: Int {
        cellsByOrder.reduce(0) { sum, ranges in sum + ranges.reduce(0) { $0 + $1.count } }
    }

    /// The fewest cells that make up the coverage, by order.
    var cellsByOrder: [[Range<UInt64>]] { cells.cells(bits: 2, finest: Self.maximumOrder) }
}
