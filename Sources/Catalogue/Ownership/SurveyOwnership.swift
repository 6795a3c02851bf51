public import GroundSegment
public import SkyGeometry

/// What is published of one survey, in memory.
public struct SurveyOwnership: Sendable {
    public let survey: ID<SurveyPlan>
    /// The survey's distributions that ever were published, withdrawn ones included, newest first.
    public let plans: [PublishedPlan]
    /// By identifier, in natural order.
    public let observations: [OwnedItem]
    /// By identifier, in natural order.
    public let tiles: [OwnedItem]
    private let places: [ItemID: Int32]
    private let plansByRevision: [Int: PublishedPlan]
    private let index: TileIndex
    private let centres: [UnitVector]

    init(
        survey: ID<SurveyPlan>, plans: [PublishedPlan], observations: [OwnedItem],
        tiles: [OwnedItem]
    ) {
        self.survey = survey
        self.plans = plans
        self.observations = observations.sorted { $0.id.precedesNaturally($1.id) }
        self.tiles = tiles.sorted { $0.id.precedesNaturally($1.id) }
        var places: [ItemID: Int32] = [:]
        for list in [self.observations, self.tiles] {
            for (place, item) in list.enumerated() { places[item.id] = Int32(place) }
        }
        self.places = places
        plansByRevision = Dictionary(plans.map { ($0.revision, $0) }) { first, _ in first }
        index = TileIndex(self.tiles.compactMap(\.core))
        centres = self.tiles.map(\.centre.vector)
    }

    /// An item; `nil` where nothing published ever had it.
    public func item(_ id: ItemID) -> OwnedItem? {
        places[id].map { id.kind == .tile ? tiles[Int($0)] : observations[Int($0)] }
    }

    /// The tile whose inner area holds a position; `nil` where no published one does.
    public func tile(at position: SkyPosition) -> OwnedItem? {
        index.place(at: position).map { tiles[$0] }
    }

    /// The tile whose centre is nearest to a position, and how far it is in degrees.
    public func nearestTile(to position: SkyPosition) -> (tile: OwnedItem, separation: Double)? {
        let vector = position.vector
        let nearest = centres.indices.max { centres[$0].dot(vector) < centres[$1].dot(vector) }
        return nearest.map { (tiles[$0], centres[$0].separation(from: vector)) }
    }

    /// The items of `kind` whose centre lies within `radius` degrees of a position, by distance,
    /// then by identifier.
    public func items(
        _ kind: ItemKind, within radius: Double, of position: SkyPosition
    ) -> [(item: OwnedItem, separation: Double)] {
        let vector = position.vector
        return (kind == .tile ? tiles : observations)
            .map { (item: $0, separation: $0.centre.vector.separation(from: vector)) }
            .filter { $0.separation <= radius }
            .sorted {
                ($0.separation, ID<OwnedItem>($0.item.id.text))
                    < ($1.separation, ID($1.item.id.text))
            }
    }

    /// Who owns an item; the same answer as `OwnershipStore.owner(of:survey:at:)`.
    public func owner(of item: OwnedItem, at instant: MJD) -> Ownership? {
        guard let (holding, coverage) = item.holding(at: instant),
            let plan = plansByRevision[holding.revision]
        else { return nil }
        return Ownership(
            survey: survey, item: item.id, assignment: holding.assignment, plan: plan,
            validFrom: holding.validFrom, validUntil: holding.validUntil, coverage: coverage)
    }
}

/// The published ownership of all surveys at one moment, in memory: it answers as
/// `OwnershipStore` does, without the database.
public struct OwnershipSnapshot: Sendable {
    /// By identifier.
    public let surveys: [SurveyOwnership]

    /// Nothing published.
    public static let empty = OwnershipSnapshot(surveys: [])

    /// All distributions of all surveys; equal where two snapshots are.
    public var plans: [PublishedPlan] { surveys.flatMap(\.plans) }

    public subscript(survey: ID<SurveyPlan>) -> SurveyOwnership? {
        surveys.first { $0.survey == survey }
    }
}
