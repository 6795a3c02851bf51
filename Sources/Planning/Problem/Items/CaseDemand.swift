public import GroundSegment

/// What a case's period takes, before anything is planned.
public struct CaseDemand: Sendable {
    /// How many tiles the observations of the period overlap.
    public let tiles: Int
    /// Pairs of these tiles that lie side by side on the sky.
    public let neighbours: Int
    public let observationWork: CoreHours
    public let tileWork: CoreHours

    public var work: CoreHours { observationWork + tileWork }

    public init(_ planningCase: PlanningCase) {
        let observations = planningCase.survey.observations(in: planningCase.period)
        let overlaps = Overlaps(observations: observations, grid: planningCase.grid)
        let items = PlannedItems(planningCase, observations: observations, overlaps: overlaps)
        let amounts = ItemAmounts.work(items, planningCase.processing)
        tiles = overlaps.tiles.count
        neighbours = TileNeighbours(overlaps.tiles).pairs.count
        observationWork = CoreHours(amounts.sum(items.observations))
        tileWork = CoreHours(amounts.sum(items.tiles))
    }
}

/// What the observations of one kind take together.
public struct KindSummary: Hashable, Sendable {
    /// The survey's own class; empty for observations that have none.
    public let kind: String
    public let observations: Int
    public let work: CoreHours
    /// One replica of each.
    public let volume: Terabytes

    /// The kinds of the period's observations, sorted.
    public static func all(of planningCase: PlanningCase) -> [KindSummary] {
        let processing = planningCase.processing
        let kinds = Dictionary(
            grouping: planningCase.survey.observations(in: planningCase.period), by: \.kind)
        return kinds.mapValues(\.count).sorted { $0.key < $1.key }.map { kind, count in
            KindSummary(
                kind: kind, observations: count,
                work: processing.work(ofKind: kind) * Double(count),
                volume: processing.volume(ofKind: kind) * Double(count))
        }
    }
}
