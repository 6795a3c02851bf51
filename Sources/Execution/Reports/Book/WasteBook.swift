public import GroundSegment

/// What was requested and not used, for many readers.
///
/// Attempts are looked through again only when the store has changed. Where they are many, that is
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
    }

    /// Seconds for which what is of many attempts stands, whatever has ended since.
    private static let patience = 10.0
    /// Attempts for which a reader waits.
    private static let few = 10_000
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
        let areMany = known.tally.count > Self.few
        if areMany, abs(now - known.at) * 86400 < Self.patience { return known }
        if underWay[days] == nil, try await store.version() == known.version { return known }
        let renewal = renewal(of: days, at: now)
        return areMany ? known : try await renewal.value
    }

    private func renewal(of days: Double?, at now: MJD) -> Task<Reckoning, any Error> {
        if let task = underWay[days] { return task }
        let task = Task {
            defer { underWay[days] = nil }
            let version = try await store.version()
            let tally = try await store.tally(UseTally(), since: days.map { MJD(now.days - $0) })
            let reckoning = Reckoning(version: version, at: now, tally: tally)
            if kept[days] == nil, kept.count >= Self.mostKept { kept = [:] }
            kept[days] = reckoning
            return reckoning
        }
        underWay[days] = task
        return task
    }
}
