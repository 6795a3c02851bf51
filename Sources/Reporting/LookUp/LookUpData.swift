import Foundation
import GroundSegment
import Planning
import Tables

/// What the page's script answers questions about single items from, item by item in columns.
///
/// SDCs, buckets, surveys and observations are told by their place in the lists; a list of
/// observations by differences.
struct LookUpData: Encodable {
    let sdcs: [String]
    let buckets: [String]
    let surveys: [String]
    /// Side of a tile's inner area, degrees.
    let side: Double
    let observations: Items
    let tiles: Items
    /// Where each tile lies, in hundredths of a degree (ICRS).
    let ra: [Int]
    let dec: [Int]
    /// The observations of each tile: the first, then how much further each next one is.
    let overlaps: [[Int]]
    /// The surveys whose data the tile's primary has to fetch.
    let fetched: [[Int]]
    /// Where each observation is copied to.
    let copies: [[Int]]

    /// Observations or tiles.
    struct Items: Encodable {
        var ids: [String] = []
        var primaries: [Int] = []
        var secondaries: [Int] = []
        var buckets: [Int] = []
        /// Why it differs from the base, by place in the list; empty where nothing does.
        var causes: [String: String] = [:]
        /// Primary and secondary in the base, of what has moved.
        var earlier: [String: [Int]] = [:]
    }

    init(_ distribution: Distribution, difference: PlanDifference?) {
        let places = Dictionary(
            distribution.sdcs.enumerated().map { ($1.id, $0) },
            uniquingKeysWith: { first, _ in first })
        let before = Dictionary(
            (difference?.moved ?? []).map { ($0.item, $0.before) }, uniquingKeysWith: { $1 })
        func add(
            _ item: ItemID, _ assignment: Assignment, _ bucket: Int, _ cause: ChangeCause?,
            to items: inout Items
        ) {
            let place = "\(items.ids.count)"
            items.ids.append(item.text)
            items.primaries.append(places[assignment.primary] ?? 0)
            items.secondaries.append(places[assignment.secondary] ?? 0)
            items.buckets.append(bucket)
            if let cause { items.causes[place] = cause.rawValue }
            if let earlier = before[item] ?? nil {
                items.earlier[place] = Role.allCases.map { places[earlier[$0]] ?? -1 }
            }
        }
        var observations = Items()
        var tiles = Items()
        var numbers: [ID<Observation>: Int] = [:]
        for (number, entry) in distribution.observations.enumerated() {
            let id = entry.observation.id
            numbers[id] = number
            add(.observation(id), entry.assignment, entry.bucket, entry.cause, to: &observations)
        }
        let needs = ExternalNeeds(distribution)
        var overlaps: [[Int]] = []
        var fetched: [[Int]] = []
        for entry in distribution.tiles {
            add(.tile(entry.tile.id), entry.assignment, entry.bucket, entry.cause, to: &tiles)
            let mine = entry.overlaps.compactMap { numbers[$0.observation] }.sorted()
            overlaps.append(zip(mine, [0] + mine).map { $0 - $1 })
            fetched.append(
                needs.fetched(for: entry).compactMap { needs.surveys.firstIndex(of: $0.survey) })
        }
        sdcs = distribution.sdcs.map(\.id.text)
        buckets = (0..<distribution.buckets.count).map(distribution.buckets.name)
        surveys = needs.surveys
        side = Self.side(distribution)
        self.observations = observations
        self.tiles = tiles
        ra = distribution.tiles.map { Int(($0.tile.centre.ra * 100).rounded()) }
        dec = distribution.tiles.map { Int(($0.tile.centre.dec * 100).rounded()) }
        self.overlaps = overlaps
        self.fetched = fetched
        copies = distribution.observations.map { $0.copiesTo.compactMap { places[$0] } }
    }

    /// The side of the first tile's inner area, or half a degree.
    private static func side(_ distribution: Distribution) -> Double {
        switch distribution.tiles.first?.tile.core {
        case .box(let box): box.north - box.south
        case .polygon(let polygon): polygon.radius(around: polygon.centre) * 2.0.squareRoot()
        case nil: 0.5
        }
    }

    /// The data as JSON, deflated, in base64.
    var text: String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        guard let json = try? encoder.encode(self) else {
            preconditionFailure("a tile's side is no number that JSON has")
        }
        return Data(Deflation.deflated(Array(json))).base64EncodedString()
    }
}
