import GroundSegment

/// How much work or how many bytes the items of a problem or plan have, one by one and in sums.
///
/// Most items are ordinary: observations whose kind has no value of its own, and tiles without
/// those of their observations.  A sum is so many times what an ordinary item has, and what
/// others have beyond that, so that equal items give the same sum in every order.
struct ItemAmounts: Sendable {
    /// What an ordinary observation and an ordinary tile has, core-hours or TB.
    let observation: Double
    let tile: Double
    /// The largest amount of one item.
    let largest: Double
    /// What each item has beyond an ordinary one, rounded for the sums; empty where all are
    /// ordinary.
    private let extras: [Double]
    /// What each item has; empty where all are ordinary.
    private let exact: [Double]
    private let observationCount: Int

    /// The work of items.
    static func work(_ items: PlannedItems, _ processing: Processing) -> ItemAmounts {
        ItemAmounts(
            items, observation: processing.observationWork.value,
            tile: processing.tileWork.value, isUniform: processing.isUniform
        ) { processing.work($0, of: items).value }
    }

    /// The volume of items.
    static func volume(_ items: PlannedItems, _ processing: Processing) -> ItemAmounts {
        ItemAmounts(
            items, observation: processing.observationVolume.value,
            tile: processing.tileVolume.value, isUniform: processing.isUniform
        ) { processing.volume($0, of: items).value }
    }

    private init(
        _ items: PlannedItems, observation: Double, tile: Double, isUniform: Bool,
        amount: (ItemIndex) -> Double
    ) {
        self.observation = observation
        self.tile = tile
        observationCount = items.observationCount
        let ordinary = items.indices.map { items.isObservation($0) ? observation : tile }
        let amounts = isUniform ? [] : items.indices.map(amount)
        let extras = zip(amounts, ordinary).map { $0 - $1 }
        guard extras.contains(where: { $0 != 0 }) else {
            self.extras = []
            exact = []
            largest = max(observation, tile)
            return
        }
        self.extras = Self.rounded(extras)
        exact = amounts
        largest = amounts.max() ?? 0
    }

    /// The amounts as multiples of a number so small that it does not matter, of which all sums
    /// are exact: then it makes no difference in which order items come and go.
    private static func rounded(_ amounts: [Double]) -> [Double] {
        let all = amounts.reduce(0) { $0 + abs($1) }
        let unit = Double(sign: .plus, exponent: all.exponent + 1 - 51, significand: 1)
        return amounts.map { ($0 / unit).rounded() * unit }
    }

    /// Whether all observations have the same, and all tiles.
    var areOrdinary: Bool { extras.isEmpty }

    /// What an item has.
    subscript(item: ItemIndex) -> Double {
        guard exact.isEmpty else { return exact[item] }
        return item < observationCount ? observation : tile
    }

    /// What an item has beyond an ordinary one.
    func extra(_ item: ItemIndex) -> Double { extras.isEmpty ? 0 : extras[item] }

    /// A sum over items that come and go.
    struct Sum: Hashable, Sendable {
        private(set) var observations = 0
        private(set) var tiles = 0
        private var extra = 0.0

        /// Adds an item `count` times; takes it away with -1.
        mutating func add(_ item: ItemIndex, of amounts: ItemAmounts, _ count: Int = 1) {
            if item < amounts.observationCount { observations += count } else { tiles += count }
            extra += Double(count) * amounts.extra(item)
        }

        /// The amount of the items.
        func value(_ amounts: ItemAmounts) -> Double {
            Double(observations) * amounts.observation + Double(tiles) * amounts.tile + extra
        }
    }

    /// The amount of all items, twice: at their primaries and at their secondaries.
    func ofBothReplicas(_ items: PlannedItems) -> Double {
        let extra = items.indices.reduce(0) { $0 + self.extra($1) }
        return 2 * Double(items.observations.count) * observation
            + 2 * Double(items.tiles.count) * tile + 2 * extra
    }

    /// The amount of some items together.
    func sum(_ items: some Sequence<ItemIndex>) -> Double {
        var sum = Sum()
        for item in items { sum.add(item, of: self) }
        return sum.value(self)
    }
}

extension Processing {
    /// The work of one of `items`.
    func work(_ item: ItemIndex, of items: PlannedItems) -> CoreHours {
        items.isObservation(item)
            ? work(ofKind: items.kinds[item]) : tileWork(observations: items.coverage[item])
    }

    /// The volume of one of `items`.
    func volume(_ item: ItemIndex, of items: PlannedItems) -> Terabytes {
        items.isObservation(item)
            ? volume(ofKind: items.kinds[item]) : tileVolume(observations: items.coverage[item])
    }
}
