extension PlanContent {
    struct ObservationContent: Codable {
        var id: String
        var kind: String
        var start: Double
        var end: Double
        var arrival: Double
        var bucket: Int
        var position: [Double]
        /// Corners as RA, Dec.
        var footprint: [[Double]]
        var primary: String
        var secondary: String
        var copiesTo: [String]
        var cause: String?

        enum CodingKeys: CodingKey {
            case id, kind, start, end, arrival, bucket, position, footprint, primary, secondary
            case copiesTo, cause
        }
    }

    struct TileContent: Codable {
        var id: String
        var position: [Double]
        /// West, east, south, north; absent where the core is a polygon.
        var coreBox: [Double]?
        var corePolygon: [[Double]]?
        var outer: [[Double]]
        var ready: Double
        var bucket: Int
        var primary: String
        var secondary: String
        /// Places of the observations in the list, and the covered fractions.
        var observations: [Int]
        var fractions: [Double]
        var cause: String?

        enum CodingKeys: CodingKey {
            case id, position, coreBox, corePolygon, outer, ready, bucket, primary, secondary
            case observations, fractions, cause
        }
    }
}

// Both read their lists number by number: `[Double]` asks for the decoder's containers anew for each
// number, which takes most of the time of a long plan.

extension PlanContent.ObservationContent {
    init(from decoder: any Decoder) throws {
        let fields = try decoder.container(keyedBy: CodingKeys.self)
        id = try fields.decode(String.self, forKey: .id)
        kind = try fields.decode(String.self, forKey: .kind)
        start = try fields.decode(Double.self, forKey: .start)
        end = try fields.decode(Double.self, forKey: .end)
        arrival = try fields.decode(Double.self, forKey: .arrival)
        bucket = try fields.decode(Int.self, forKey: .bucket)
        position = try fields.numbers(.position)
        footprint = try fields.corners(.footprint)
        primary = try fields.decode(String.self, forKey: .primary)
        secondary = try fields.decode(String.self, forKey: .secondary)
        copiesTo = try fields.decode([String].self, forKey: .copiesTo)
        cause = try fields.decodeIfPresent(String.self, forKey: .cause)
    }
}

extension PlanContent.TileContent {
    init(from decoder: any Decoder) throws {
        let fields = try decoder.container(keyedBy: CodingKeys.self)
        id = try fields.decode(String.self, forKey: .id)
        position = try fields.numbers(.position)
        coreBox = fields.contains(.coreBox) ? try fields.numbers(.coreBox) : nil
        corePolygon = fields.contains(.corePolygon) ? try fields.corners(.corePolygon) : nil
        outer = try fields.corners(.outer)
        ready = try fields.decode(Double.self, forKey: .ready)
        bucket = try fields.decode(Int.self, forKey: .bucket)
        primary = try fields.decode(String.self, forKey: .primary)
        secondary = try fields.decode(String.self, forKey: .secondary)
        var places = try fields.nestedUnkeyedContainer(forKey: .observations)
        observations = []
        while !places.isAtEnd { observations.append(try places.decode(Int.self)) }
        fractions = try fields.numbers(.fractions)
        cause = try fields.decodeIfPresent(String.self, forKey: .cause)
    }
}

extension KeyedDecodingContainer {
    fileprivate func numbers(_ key: Key) throws -> [Double] {
        var list = try nestedUnkeyedContainer(forKey: key)
        return try list.remainingNumbers()
    }

    fileprivate func corners(_ key: Key) throws -> [[Double]] {
        var list = try nestedUnkeyedContainer(forKey: key)
        var corners: [[Double]] = []
        while !list.isAtEnd {
            var corner = try list.nestedUnkeyedContainer()
            corners.append(try corner.remainingNumbers())
        }
        return corners
    }
}

extension UnkeyedDecodingContainer {
    fileprivate mutating func remainingNumbers() throws -> [Double] {
        var numbers: [Double] = []
        numbers.reserveCapacity(count ?? 0)
        while !isAtEnd { numbers.append(try decode(Double.self)) }
        return numbers
    }
}
