import Glibc
public import GroundSegment
public import SkyCoverage
public import SkyGeometry

/// A part of the sky that items are chosen by.
public enum CampaignRegion: Hashable, Sendable {
    /// What is within `radius` degrees of `centre`.
    case cone(centre: SkyPosition, radius: Double)
    /// What a coverage map (MOC) covers.
    case coverage(SkyCoverage)

    public func contains(_ position: SkyPosition) -> Bool {
        switch self {
        case .cone(let centre, let radius): centre.degrees(to: position) <= radius
        case .coverage(let map): map.contains(position)
        }
    }
}

extension SkyPosition {
    /// The angle to another position, by the half chord, which is exact for small angles.
    fileprivate func degrees(to other: SkyPosition) -> Double {
        let (one, two) = (vector, other.vector)
        let (x, y, z) = (one.x - two.x, one.y - two.y, one.z - two.z)
        let half = (x * x + y * y + z * z).squareRoot() / 2
        return 2 * asin(min(1, half)) * 180 / .pi
    }
}

/// Which items a task is for. Everything that is given has to hold; nothing given is all items.
public struct ItemSelection: Hashable, Sendable {
    /// Observations that start in it, and tiles that become ready in it.
    public let period: TimeWindow?
    /// Items whose centre lies in it.
    public let region: CampaignRegion?
    /// These items.
    public let list: Set<ItemID>?
    /// A query on the catalogue's views that gives the columns `kind` and `item`; who has the
    /// catalogue asks it.
    public let query: String?

    public init(
        period: TimeWindow? = nil, region: CampaignRegion? = nil, list: Set<ItemID>? = nil,
        query: String? = nil
    ) {
        self.period = period
        self.region = region
        self.list = list
        self.query = query
    }

    /// Every item.
    public static let all = ItemSelection()

    /// Whether an item is chosen.
    ///
    /// - Parameters:
    ///   - instant: the start of an observation, or when a tile has all its observations.
    ///   - answer: what the query gave; not looked at where there is none.
    public func chooses(
        _ item: ItemID, centre: SkyPosition, instant: MJD, answer: Set<ItemID> = []
    ) -> Bool {
        (list?.contains(item) ?? true) && (period?.contains(instant) ?? true)
            && (region?.contains(centre) ?? true) && (query == nil || answer.contains(item))
    }
}
