public import SkyGeometry

/// When which part of the sky is covered, as a space-time coverage map (ST-MOC).
///
/// IVOA MOC 2.0, "Space and Time MOC conventions".  Conservative in both dimensions: it holds every cell of time that
/// meets a part's span together with every cell of the sky that touches one of its areas.
public struct SpaceTimeCoverage: Hashable, Sendable {
    /// The finest time order, whose cells last a microsecond.
    public static let maximumTimeOrder = 61

    /// Areas of the sky and the time for which they count.
    public struct Part: Hashable, Sendable {
        /// When it begins, inclusive.
        public let start: BarycentricTime
        /// When it ends, exclusive; `nil` where it has no end.
        public let end: BarycentricTime?
        public let areas: [SkyArea]

        public init(start: BarycentricTime, end: BarycentricTime?, areas: [SkyArea]) {
            self.start = start
            self.end = end
            self.areas = areas
        }

        fileprivate var span: Range<UInt64> {
            let end = end?.microseconds ?? BarycentricTime.axisLength
            return start.microseconds..<max(start.microseconds, end)
        }
    }

    /// Spans of time with the same coverage of the sky.
    struct Slice: Hashable, Sendable {
        var times: CellRanges
        let space: CellRanges
    }

    /// The time order, 0 to `maximumTimeOrder`: cells last 2^(61 - order) us, of order 41 a second.
    public let timeOrder: Int
    /// The HEALPix order, 0 to `SkyCoverage.maximumOrder`.
    public let spaceOrder: Int
    /// In the order of time; no two hold the same instant.
    let slices: [Slice]

    /// The coverage of `parts`, which may overlap in time and on the sky.
    public init(timeOrder: Int, spaceOrder: Int, parts: some Sequence<Part>) {
        precondition((0...Self.maximumTimeOrder).contains(timeOrder), "no time order \(timeOrder)")
        self.timeOrder = timeOrder
        self.spaceOrder = spaceOrder
        let bits = Self.maximumTimeOrder - timeOrder
        var areas: [Range<UInt64>: [SkyArea]] = [:]
        for part in parts {
            for span in CellRanges([part.span]).widened(bits: bits).ranges {
                areas[span, default: []] += part.areas
            }
        }
        let layers = areas.keys.sorted {
            ($0.lowerBound, $0.upperBound) < ($1.lowerBound, $1.upperBound)
        }
        .map { span in
            (span, SkyCoverage(order: spaceOrder, areas: areas[span, default: []]).cells)
        }
        slices = Self.slices(of: layers)
    }

    /// Whether `position` is covered at `instant`.
    public func contains(_ position: SkyPosition, at instant: BarycentricTime) -> Bool {
        guard let slice = slices.first(where: { $0.times.contains(instant.microseconds) }) else {
            return false
        }
        return slice.space.contains(FacePoint(position).number)
    }

    /// Whether nothing is covered at any time.
    public var isEmpty: Bool { slices.isEmpty }

    /// Cuts time where a layer begins or ends, and takes between two cuts what the layers there
    /// cover together.
    ///
    /// - Parameter layers: by beginning.
    private static func slices(of layers: [(span: Range<UInt64>, space: CellRanges)]) -> [Slice] {
        let cuts = Set(layers.flatMap { [$0.span.lowerBound, $0.span.upperBound] }).sorted()
        var slices: [Slice] = []
        var open: [(span: Range<UInt64>, space: CellRanges)] = []
        var next = 0
        for (start, end) in zip(cuts, cuts.dropFirst()) {
            open.removeAll { $0.span.upperBound <= start }
            while next < layers.count, layers[next].span.lowerBound == start {
                open.append(layers[next])
                next += 1
            }
            let space =
                open.count == 1 ? open[0].space : CellRanges(open.flatMap(\.space.ranges))
            if space.ranges.isEmpty { continue }
            if slices.last?.space == space {
                slices[slices.count - 1].times.append(start..<end)
            } else {
                slices.append(Slice(times: CellRanges([start..<end]), space: space))
            }
        }
        return slices
    }
}
