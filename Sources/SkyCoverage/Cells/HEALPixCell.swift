import SkyGeometry

/// A cell of the HEALPix tessellation in nested numbering.
///
/// Górski et al. 2005, ApJ 622, 759.  Twelve base cells (faces) are each cut into
/// 2^order x 2^order cells of equal area; in a face, `x` counts to the north-east and `y` to the
/// north-west from its southern corner.
struct HEALPixCell {
    /// The finest order whose cells still have numbers in 64 bits.
    static let maximumOrder = 29
    /// The number of cells of the finest order.
    static let axisLength: UInt64 = 12 << 58

    let order: Int
    let face: Int
    let x: Int
    let y: Int

    init(order: Int, face: Int, x: Int, y: Int) {
        self.order = order
        self.face = face
        self.x = x
        self.y = y
    }

    /// The cell of an order that has a number in the nested numbering, 0..<12 4^order.
    init(order: Int, number: UInt64) {
        let place = number & (1 << UInt64(2 * order) - 1)
        self.init(
            order: order, face: Int(number >> UInt64(2 * order)), x: Int(Self.gather(place)),
            y: Int(Self.gather(place >> 1)))
    }

    /// The side of the cell where that of its face is 1.
    var side: Double { 1 / Double(1 << order) }

    /// The child 0 to 3, in the order of their numbers.
    func child(_ number: Int) -> HEALPixCell {
        HEALPixCell(
            order: order + 1, face: face, x: 2 * x + (number & 1), y: 2 * y + (number >> 1))
    }

    /// The numbers that the cell holds at the finest order.
    var range: Range<UInt64> {
        let shift = UInt64(2 * (Self.maximumOrder - order))
        let number =
            UInt64(face) << UInt64(2 * order) | Self.spread(UInt64(x)) | Self.spread(UInt64(y)) << 1
        return number << shift..<(number + 1) << shift
    }

    /// The direction of its centre.
    var centre: SkyPosition {
        let vector = FacePoint(
            face: face, u: (Double(x) + 0.5) * side, v: (Double(y) + 0.5) * side
        ).vector
        return SkyPosition(UnitVector(normalising: vector.x, vector.y, vector.z))
    }

    /// Every other bit of `value`, from the lowest.
    private static func gather(_ value: UInt64) -> UInt64 {
        var bits = value & 0x5555_5555_5555_5555
        bits = (bits | bits >> 1) & 0x3333_3333_3333_3333
        bits = (bits | bits >> 2) & 0x0f0f_0f0f_0f0f_0f0f
        bits = (bits | bits >> 4) & 0x00ff_00ff_00ff_00ff
        bits = (bits | bits >> 8) & 0x0000_ffff_0000_ffff
        return (bits | bits >> 16) & 0x0000_0000_ffff_ffff
    }

    /// The bits of `value`, each followed by a zero.
    private static func spread(_ value: UInt64) -> UInt64 {
        var bits = value
        bits = (bits | bits << 16) & 0x0000_ffff_0000_ffff
        bits = (bits | bits << 8) & 0x00ff_00ff_00ff_00ff
        bits = (bits | bits << 4) & 0x0f0f_0f0f_0f0f_0f0f
        bits = (bits | bits << 2) & 0x3333_3333_3333_3333
        return (bits | bits << 1) & 0x5555_5555_5555_5555
    }
}
