public import GroundSegment

/// What was requested and not used, for many readers.
///
/// Attempts are looked through again only when the store has changed. Where that takes long, it is
/// done every few seconds at most, and readers get what was reckoned last meanwhile.
public actor WasteBook {
    private let store: RunStore
    private var kept: [Double?: Reckoning] = [:]
    /// Spans that are being looked through, for readers who come meanwhile.
    private var underWay: [Double?: Task<Reckoning, any Error>] = [:]

    private struct Reckoning: Sendable {
        let version: Int
        let at: MJD
        let tally: UseTally
        /// How long it took.
        let cost: Duration
    }

    /// Seconds for which what took long stands, whatever has ended since.
    private static let patience = 10.0
    /// What a reader waits for a new reckoning.
    private static let shortCost = Duration.milliseconds(40)
    /// Spans of days of which the last reckoning is kept.
    private static let mostKept = 4

    /// - Parameter store: opened to be read, for this book alone: other readers do not wait for it.
    public init(store: RunStore) {
        self.store = store
    }

    /// What attempts did that ended in so many last days, or ever.
    public func report(
        _ percentile: UsePercentile, days: Double?, at now: MJD
    ) async throws -> WasteReport {
        let reckoning = try await reckoning(of: days, at: now)
        return WasteReport(reckoning.tally, percentile, days: days, at: reckoning.at)
    }

    private func reckoning(of days: Double?, at now: MJD) async throws -> Reckoning {
        guard let known = kept[days] else { return try await renewal(of: days, at: now).value }
        let isLong = known.cost >= Self.shortCost
        if isLong, abs(now - known.at) * 86400 < Self.patience { return known }
        if underWay[days] == nil, try await store.version() == known.version { return known }
        let renewal = renewal(of: days, at: now)
        return isLong ? known : try await renewal.value
    }

    private func renewal(of days: Double?, at now: MJD) -> Task<Reckoning, any Error> {
        if let task = underWay[days] { return task }
        let task = Task {
            defer { underWay[days] = nil }
            let begin = ContinuousClock.now
            let version = try await store.version()
            let tally = try await store.tally(UseTally(), since: days.map { MJD(now.days - $0) })
            let reckoning = Reckoning(
                version: version, at: now, tally: tally, cost: begin.duration(to: .now))
            if kept[days] == nil, kept.count >= Self.mostKept { kept = [:] }
            kept[days] = reckoning
            return reckoning
        }
        underWay[days] = task
        return task
    }
}
