import GroundSegment

/// The integer search on the exact cost, in three phases: an annealing of everything, rounds
/// that anneal one bucket again and keep what is better, and a cool annealing of everything.
///
/// Buckets are nearly independent, so the best of some tries for each is found much sooner than
/// the best of as many tries for all.
final class Search {
    let state: SearchState
    private let annealing: Annealing
    private let schedule: SearchSchedule
    /// Steps of the whole schedule, and steps done.
    private let length: Int
    private(set) var steps = 0

    /// The number of steps between two looks at the clock.
    private static let unit = 1 << 17

    init(_ model: SearchModel, placement: Placement, seed: UInt64, length: Int) {
        state = SearchState(model, placement: placement)
        annealing = Annealing(state, seed: seed)
        schedule =
            model.isRevision
            ? SearchSchedule(revisionWithCopyCost: model.copyCost, newPart: model.newPart)
            : SearchSchedule(
                copyCost: model.copyCost,
                stepsPerItem: Double(length)
                    / Double(max(1, model.observationCount + model.tileCount)))
        self.length = length
    }

    var isDone: Bool { steps >= length || state.model.tileCount == 0 }

    /// What the search minimises, in TB: the objective, and cells outside at their full penalty.
    var value: Double {
        state.objective + state.penalty * (schedule.lastPenalty / state.penaltyWeight)
    }

    /// Does one unit of work: some steps of an annealing, or a whole round.
    func advance() {
        let rounds = Int(schedule.annealingPart * Double(length))
        let polish = Int((schedule.annealingPart + schedule.roundsPart) * Double(length))
        if steps < rounds {
            anneal(
                from: 0, to: rounds, (schedule.start, schedule.end),
                firstPenalty: schedule.firstPenalty)
        } else if steps < polish {
            round()
        } else {
            annealing.allowAll()
            anneal(
                from: polish, to: length, (schedule.polishStart, schedule.polishEnd),
                firstPenalty: schedule.lastPenalty)
        }
    }

    /// What the search found, without the moves that do not pay against a base; where `start` is
    /// no worse, `start`.
    func settled(against start: Placement) -> Placement {
        guard state.model.hasBase else { return state.placement }
        state.penaltyWeight = schedule.lastPenalty
        Reversion(state).run()
        let first = SearchState(state.model, placement: start)
        first.penaltyWeight = schedule.lastPenalty
        return first.objective + first.penalty <= value ? start : state.placement
    }

    /// Takes improvements alone for some steps: what a search leaves that was stopped can then
    /// be used.
    func quench() {
        annealing.allowAll()
        annealing.temperature = 0
        state.penaltyWeight = schedule.lastPenalty
        annealing.run(400 * (state.model.observationCount + state.model.tileCount))
    }

    /// Some steps of a cooling that lasts from one number of steps to another.
    private func anneal(
        from first: Int, to last: Int, _ temperatures: (from: Double, to: Double),
        firstPenalty: Double
    ) {
        let count = min(Self.unit, last - steps)
        var done = 0
        while done < count {
            let progress = Double(steps + done - first) / Double(last - first)
            cool(progress, temperatures, firstPenalty: firstPenalty)
            let part = min(4096, count - done)
            annealing.run(part)
            done += part
        }
        steps += count
    }

    private func cool(
        _ progress: Double, _ temperatures: (from: Double, to: Double), firstPenalty: Double
    ) {
        let cooling = min(1, progress / (1 - schedule.descentPart))
        annealing.temperature =
            cooling < 1
            ? temperatures.from * power(temperatures.to / temperatures.from, cooling) : 0
        state.penaltyWeight = firstPenalty * power(schedule.lastPenalty / firstPenalty, cooling)
    }

    /// Anneals one bucket again and undoes it where nothing was won.
    private func round() {
        guard annealing.allowOnly(bucket: bucketForRound()) else {
            steps += 1
            return
        }
        let before = value
        let observations = annealing.observations.map(Int.init)
        let tiles = annealing.tiles.map(Int.init)
        let held = observations.map {
            (state.observationPrimary[$0], state.observationSecondary[$0])
        }
        let owned = tiles.map { (state.tilePrimary[$0], state.tileSecondary[$0]) }
        let count = schedule.roundStepsPerItem * (observations.count + tiles.count)
        for part in 0..<100 {
            cool(
                Double(part) / 100, (schedule.roundStart, schedule.end),
                firstPenalty: 0.1 * schedule.lastPenalty)
            annealing.run(count / 100)
        }
        steps += count
        guard value > before else { return }
        for (item, pair) in zip(observations, held) {
            state.place(observation: item, primary: Int(pair.0), secondary: Int(pair.1))
        }
        for (item, pair) in zip(tiles, owned) {
            state.place(tile: item, primary: Int(pair.0), secondary: Int(pair.1))
        }
    }

    /// The bucket of an observation that needs a copy; any bucket where few do.
    private func bucketForRound() -> Int {
        for _ in 0..<2000 {
            let observation = annealing.random.below(state.model.observationCount)
            if state.primaries[observation] & ~state.heldBy(observation) != 0 {
                return Int(state.model.observationBucket[observation])
            }
        }
        return annealing.random.below(state.model.bucketCount)
    }
}
