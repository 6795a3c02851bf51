import GroundSegment

/// How long each SDC waits for a new primary observation while changes are made one by one (T4).
struct WaitLedger {
    private let times: WaitingTimes
    private let limit: Double
    /// By SDC the ranks of its primary observations.
    private var held: [Set<Int>]
    private var pushes: [CausePush]

    init(_ inputs: PlanInputs) {
        times = WaitingTimes(
            sdcs: inputs.sdcs, period: inputs.buckets.period,
            arrival: Array(inputs.items.instants[inputs.items.observations]))
        limit = inputs.balance.gap
        held = Array(repeating: [], count: inputs.sdcs.count)
        pushes = Array(repeating: CausePush(), count: inputs.sdcs.count)
    }

    /// Notes which SDCs have another calendar than before.
    mutating func compareCalendars(_ before: [SDC], _ now: [SDC]) {
        let calendars = Dictionary(uniqueKeysWithValues: before.map { ($0.id, $0.maintenance) })
        for (sdc, centre) in now.enumerated() {
            guard let calendar = calendars[centre.id] else {
                pushes[sdc].add(-1, .capacity)
                continue
            }
            if calendar != centre.maintenance { pushes[sdc].add(-0.5, .maintenance) }
        }
    }

    /// Notes that an SDC gets or loses an observation.
    mutating func set(_ observation: Int, at sdc: Int, _ isHeld: Bool) {
        let rank = Int(times.rank[observation])
        guard rank >= 0 else { return }
        if isHeld { held[sdc].insert(rank) } else { held[sdc].remove(rank) }
    }

    mutating func push(_ sdc: Int, _ value: Double, _ cause: ChangeCause) {
        pushes[sdc].add(value, cause)
    }

    /// The cause of a wait that is too long and that another observation shortens.
    func cause(ofGiving observation: Int, to sdc: Int) -> ChangeCause? {
        let rank = Int(times.rank[observation])
        guard rank >= 0 else { return nil }
        let ranks = held[sdc].sorted()
        let before = excess(ranks, sdc)
        guard before > Bands.roundingTolerance, excess((ranks + [rank]).sorted(), sdc) < before
        else { return nil }
        return pushes[sdc].largest(sign: -1)
    }

    /// Days by which the waits between sorted ranks are too long.
    private func excess(_ ranks: [Int], _ sdc: Int) -> Double {
        var last = 0.0
        var sum = 0.0
        for rank in ranks + [times.elapsed[sdc].count - 1] {
            sum += max(0, times.elapsed[sdc][rank] - last - limit)
            last = times.elapsed[sdc][rank]
        }
        return sum
    }
}
