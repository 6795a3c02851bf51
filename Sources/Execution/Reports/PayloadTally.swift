/// How many payloads are in each state; those that only hold others are not counted.
struct PayloadTally: Hashable, Sendable {
    private(set) var counts: [PayloadState: Int] = [:]

    init() {}

    /// Of a whole run.
    init(_ life: RunLife) {
        add(life.nodeRanges.lazy.filter(\.isProcess), of: life)
    }

    mutating func add(_ state: PayloadState) { counts[state, default: 0] += 1 }

    /// The payloads of nodes.
    mutating func add(_ ranges: some Sequence<NodeRange>, of life: RunLife) {
        // Neighbours are mostly in one state: these are looked up once.
        var (state, length) = (PayloadState.unready, 0)
        for range in ranges {
            for number in range.numbers {
                let next = life.lives[number].state
                if next != state {
                    add(state, length)
                    (state, length) = (next, 0)
                }
                length += 1
            }
        }
        add(state, length)
    }

    private mutating func add(_ state: PayloadState, _ count: Int) {
        if count > 0 { counts[state, default: 0] += count }
    }

    subscript(_ state: PayloadState) -> Int { counts[state] ?? 0 }

    var all: Int { counts.values.reduce(0, +) }

    /// The part that has completed, whole percents.
    var percent: Int { all == 0 ? 0 : self[.completed] * 100 / all }

    /// By the states' names.
    var named: [String: Int] {
        Dictionary(uniqueKeysWithValues: counts.map { ($0.rawValue, $1) })
    }
}
