import Dispatch
import GroundSegment

/// The integer search on the exact cost, in three phases: an annealing of everything; rounds that
/// anneal a part again, a bucket or what is near on the sky, and keep what is better; and a cool
/// annealing of everything.
///
/// Two annealers work side by side.  Where most tiles lie within one slice of the period, they
/// work on the same distribution, each on buckets of its own, and tell each other what they
/// changed after each unit of work; elsewhere each has a distribution of its own, and the better
/// one counts.  The result depends on the seed and the number of steps alone, never on the number
/// of threads or their speed.
final class Search {
    private let annealers: [Annealing]
    private let slices: SearchSlices
    private let schedule: SearchSchedule
    private let threads: Int
    private var random: SeededGenerator
    /// The pairs of slices of the present pass that are still to be annealed.
    private var pass: [(first: [Int], second: [Int])] = []
    /// Steps of the whole schedule, and steps done, by both annealers together.
    private let length: Int
    private(set) var steps = 0

    /// Steps between two exchanges.
    private static let unit = 1 << 18
    /// Buckets that are annealed again at the end because a cell of theirs is outside: what is not
    /// mended by then mostly cannot be.
    private static let mostMendings = 24
    /// Parts that are drawn for the second annealer until one shares no bucket with the first's;
    /// it rests where none does, which few buckets make likely.
    private static let mostParts = 20
    /// Observations that are drawn until one needs a copy: of two thousand even one in a hundred
    /// is found nearly always, and where there are fewer, any bucket does as well.
    private static let mostDraws = 2000
    /// Steps for each item that take a stopped search to where no small change is better, first by
    /// both annealers, then by one.
    private static let quenchStepsPerItem = 100
    /// Where items are unequal, one round of so many begins with one owner less around an
    /// observation: many observations of one place weigh as much as a whole region.
    private static let roundsPerMerging = 3
    /// Items around an observation that are annealed again together.
    private static let surroundings = 400

    /// - Parameters:
    ///   - threads: how many of the two annealers run at the same time.
    ///   - staysNear: whether to change the borders of the regions in `placement` alone.
    init(
        _ model: SearchModel, placement: Placement, seed: UInt64, length: Int, threads: Int = 2,
        staysNear: Bool = false
    ) {
        annealers = (0..<2).map {
            Annealing(
                SearchState(model, placement: placement),
                seed: seed &+ UInt64($0) &* 0x9E37_79B9_7F4A_7C15)
        }
        slices = SearchSlices(model)
        schedule =
            model.isRevision
            ? SearchSchedule(revisionWithCopyCost: model.typicalCost, newPart: model.newPart)
            : SearchSchedule(
                copyCost: model.typicalCost, coverage: model.coverage, items: model.itemCount,
                length: length,
                staysNear: staysNear)
        random = SeededGenerator(seed: ~seed)
        self.threads = threads
        self.length = length
    }

    /// The better distribution, the first of equals.
    var state: SearchState {
        slices.areApart || value(annealers[0]) <= value(annealers[1])
            ? annealers[0].state : annealers[1].state
    }

    private var model: SearchModel { annealers[0].model }

    var isDone: Bool { steps >= length || model.tileCount == 0 }

    /// What the search minimises, in TB: the objective, and cells outside at their full penalty.
    var value: Double { schedule.value(of: state) }

    private func value(_ annealing: Annealing) -> Double { schedule.value(of: annealing.state) }

    /// Advances until the schedule ends, `limit` steps are done, or `pause`, asked after each
    /// unit, returns a reason; then an unfinished schedule is quenched.
    func run(limit: Int, pause: (Search) -> SearchStop?) -> SearchStop {
        var stop: SearchStop?
        while stop == nil, steps < limit, !isDone {
            advance()
            stop = pause(self)
        }
        if !isDone { quench() }
        mend()
        return stop ?? .steps
    }

    /// Does one unit of work.
    func advance() {
        let rounds = Int(schedule.annealingPart * Double(length))
        let polish = Int((schedule.annealingPart + schedule.roundsPart) * Double(length))
        if steps < rounds {
            anneal(0..<rounds, schedule.annealing)
        } else if steps < polish {
            round()
        } else {
            anneal(polish..<length, schedule.polish)
        }
    }

    /// What the search found, made compact where that costs nothing; without the moves that do not
    /// pay against a base, and where `start` is no worse, `start`.
    func settled(against start: Placement) -> Placement {
        let found = state
        guard model.hasBase else {
            Compaction(found, weights: schedule.finalWeights).run()
            return found.placement
        }
        Reversion(found, weights: schedule.finalWeights).run()
        let first = SearchState(model, placement: start)
        return schedule.value(of: first) <= schedule.value(of: found) ? start : found.placement
    }

    /// A unit of a cooling that lasts for some steps.
    private func anneal(_ span: Range<Int>, _ cooling: SearchSchedule.Cooling) {
        let count = min(Self.unit, span.upperBound - steps)
        let progress = Double(steps - span.lowerBound) / Double(span.count)
        guard progress < 1 - SearchSchedule.descentPart || span.upperBound < length else {
            let count = min(Self.unit / 2, span.upperBound - steps)
            settle(count)
            steps += count
            return
        }
        if pass.isEmpty { pass = slices.pairs(using: &random) }
        let slope = Double(count) / Double(span.count)
        side(pass.removeLast()) { annealing, share in
            annealing.cool(Int(share * Double(count))) {
                cooling.level((progress + $0 * slope) / (1 - SearchSchedule.descentPart))
            }
        }
        steps += count
    }

    /// Anneals a part again by each annealer.
    private func round() {
        let first = partForRound(annealers[0])
        var second = partForRound(annealers[1])
        if slices.areApart {
            let buckets = first.buckets(model)
            for _ in 0..<Self.mostParts where !second.buckets(model).isDisjoint(with: buckets) {
                second = partForRound(annealers[1])
            }
            if !second.buckets(model).isDisjoint(with: buckets) { second = SearchPart() }
        }
        side((first, second)) { [schedule, annealers, second] annealing, share in
            let items = annealers.reduce(0) { $0 + $1.itemCount }
            annealing.round(
                Int(share * Double(items * schedule.roundStepsPerItem)), schedule,
                merging: annealing === annealers[0] ? first.merging : second.merging)
        }
        steps += max(1, annealers.reduce(0) { $0 + $1.itemCount } * schedule.roundStepsPerItem)
    }

    /// A bucket with a cell outside its tolerance, or what lies around an observation that needs
    /// a copy: its bucket or its surroundings on the sky; any bucket where there are few.
    private func partForRound(_ annealing: Annealing) -> SearchPart {
        let state = annealing.state
        if !model.areAlike, random.below(Self.roundsPerMerging) == 0,
            let observation = needyObservation(state)
        {
            return SearchPart(model, merging: observation)
        }
        if random.below(2) == 0, let bucket = state.bucketsOutside.randomElement(using: &random) {
            return SearchPart(model, buckets: [bucket])
        }
        if let observation = needyObservation(state) {
            return random.below(2) == 0
                ? SearchPart(model, around: observation, size: Self.surroundings)
                : SearchPart(model, buckets: [Int(model.observationBucket[observation])])
        }
        return SearchPart(model, buckets: [random.below(model.bucketCount)])
    }

    /// An observation that needs a copy; `nil` where none was drawn.
    private func needyObservation(_ state: SearchState) -> Int? {
        for _ in 0..<Self.mostDraws {
            let observation = random.below(model.observationCount)
            if state.demands[observation].copies > 0 { return observation }
        }
        return nil
    }

    /// Anneals buckets again in which a cell is outside its tolerance, a few times at most.
    private func mend() {
        for _ in 0..<Self.mostMendings {
            guard let bucket = state.bucketsOutside.randomElement(using: &random) else { return }
            side(([bucket], slices.areApart ? [] : [bucket])) { [schedule] annealing, _ in
                annealing.round(annealing.itemCount * schedule.roundStepsPerItem, schedule)
            }
        }
    }

    /// How many steps `quench` takes, those of one annealer alone counted twice.
    static func stepsToSettle(items: Int) -> Int { 3 * quenchStepsPerItem * items }

    /// Takes improvements alone, for a search that was stopped: what it leaves can then be used.
    private func quench() {
        for pair in slices.pairs(using: &random) {
            side(pair) { [schedule] annealing, _ in
                annealing.cool(Self.quenchStepsPerItem * annealing.itemCount) { _ in
                    schedule.polish.level(1)
                }
            }
        }
        settle(Self.quenchStepsPerItem * model.itemCount)
    }

    /// Takes improvements alone; a shared distribution is left to one annealer: new bytes and
    /// waits, which all buckets share, are exact then.
    private func settle(_ count: Int) {
        let everything = Array(0..<model.bucketCount)
        side((everything, slices.areApart ? [] : everything)) { [schedule] annealing, share in
            annealing.cool(Int(share * Double(count))) { _ in schedule.polish.level(1) }
        }
    }

    // MARK: Side by side

    /// Lets each annealer change what its buckets of the pair have.
    private func side(
        _ buckets: (first: [Int], second: [Int]), _ work: (Annealing, _ share: Double) -> Void
    ) {
        let first = SearchPart(model, buckets: buckets.first)
        side((first, SearchPart(model, buckets: buckets.second)), work)
    }

    /// Lets each annealer change its part of the pair, both at the same time; where they share a
    /// distribution, tells each what the other changed.  The annealers' shares of the steps are
    /// equal, so that none waits for the other, unless one may change nothing.
    private func side(
        _ pair: (first: SearchPart, second: SearchPart),
        _ work: (Annealing, _ share: Double) -> Void
    ) {
        let isShared = slices.areApart
        annealers[0].allow(pair.first, apartFrom: isShared ? pair.second : SearchPart())
        annealers[1].allow(pair.second, apartFrom: isShared ? pair.first : SearchPart())
        if isShared {
            let parts = pair.second.isEmpty ? 1.0 : 2.0
            for annealing in annealers { annealing.state.shareStorage(among: parts) }
        }
        let busy = Double(annealers.count { $0.itemCount > 0 })
        let shares = annealers.map { $0.itemCount > 0 ? 1 / busy : 0 }
        // Each iteration has an annealer of its own, and the model that they share never changes.
        nonisolated(unsafe) let annealers = annealers
        nonisolated(unsafe) let work = work
        inTurnOrTogether(isTogether: busy > 1) { work(annealers[$0], shares[$0]) }
        guard isShared else { return }
        // They read and change different items.
        inTurnOrTogether(isTogether: busy > 1) { annealers[$0].adopt(annealers[1 - $0]) }
    }

    /// Does something for each of the two annealers, at the same time where that pays.
    private func inTurnOrTogether(isTogether: Bool, _ work: @Sendable (Int) -> Void) {
        if threads > 1, isTogether {
            DispatchQueue.concurrentPerform(iterations: 2, execute: work)
        } else {
            for annealer in 0..<2 { work(annealer) }
        }
    }
}
