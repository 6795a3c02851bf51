import Glibc

/// Sky tiles on rings of constant declination, numbered along a ring from RA 0 and ring by ring
/// from the south pole.
///
/// The *cores* partition the sky: ring k covers `step` degrees around declination
/// -90 + k `step`, and its tiles share it equally in right ascension.  The first and the last
/// ring are one tile each, the polar caps.  The *outer* area adds `margin` on every side.  With
/// `mer` the grid is that of Euclid's MER tiles (32' on 0.5 degree rings), numbered so that 65 of
/// 66 published (tile, object) pairs of Q1 fall within one tile of the published index.
public struct RingGrid: Hashable, Sendable {
    /// Distance of the rings and height of a core, in degrees; divides 180.
    public let step: Double
    /// What the outer area adds to the core on every side, in degrees.
    public let margin: Double
    /// The number of the first tile, the south polar cap.
    public let firstNumber: Int
    /// The first tile of each ring, counted from 0, and the number of all tiles at the end.
    private let starts: [Int]

    /// Euclid's MER tiles.
    public static let mer = RingGrid(step: 0.5, margin: 1.0 / 60, firstNumber: 101_999_944)

    /// A grid of `step` degrees, which must divide 180, numbered from `firstNumber`.
    public init(step: Double, margin: Double, firstNumber: Int = 1) {
        precondition(Self.isValid(step: step), "a step of \(step) does not divide 180")
        self.step = step
        self.margin = margin
        self.firstNumber = firstNumber
        var starts = [0]
        for ring in 0..<(Int((180 / step).rounded()) + 1) {
            starts.append(starts[ring] + Self.count(ring: ring, step: step))
        }
        self.starts = starts
    }

    /// Whether rings `step` degrees apart reach from pole to pole.
    public static func isValid(step: Double) -> Bool {
        step > 0 && step <= 90 && abs(180 / step - (180 / step).rounded()) <= 1e-9
    }

    /// The number of rings, polar caps included.
    public var ringCount: Int { starts.count - 1 }
    /// The number of tiles of the whole sky.
    public var tileCount: Int { starts[ringCount] }

    /// The number of tiles of `ring`.
    public func count(ring: Int) -> Int { starts[ring + 1] - starts[ring] }

    private static func count(ring: Int, step: Double) -> Int {
        if ring == 0 || ring == Int((180 / step).rounded()) { return 1 }
        let nearer = max(0, abs(Double(ring) * step - 90) - step)
        return max(1, Int((360 / step * cos(radians(nearer)) - 1e-9).rounded(.up)))
    }

    /// The declination of the middle of `ring`, in degrees.
    public func declination(ring: Int) -> Double { Double(ring) * step - 90 }

    /// The number of a tile by ring and place on it.
    public func number(_ cell: Cell) -> Int { firstNumber + starts[cell.ring] + cell.place }

    /// The tile of a number; `nil` where the grid has none.
    public func cell(number: Int) -> Cell? {
        let index = number - firstNumber
        guard index >= 0, index < tileCount else { return nil }
        var low = 0
        var high = ringCount
        while high - low > 1 {
            let middle = (low + high) / 2
            if starts[middle] <= index { low = middle } else { high = middle }
        }
        return Cell(ring: low, place: index - starts[low])
    }

    /// A tile of the grid by its ring (from the south pole) and its place on it (from RA 0).
    public struct Cell: Hashable, Sendable {
        public let ring: Int
        public let place: Int

        public init(ring: Int, place: Int) {
            self.ring = ring
            self.place = place
        }
    }
}
