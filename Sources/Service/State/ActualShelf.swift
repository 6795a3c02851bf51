import GroundSegment

/// Keeps plan against actual for a while where the database takes long to count it, and has it
/// counted once at a time, so that no number of readers takes the database from the runners.
actor ActualShelf {
    /// What was counted, and when.
    struct Count: Sendable {
        let progress: PlanProgress
        let at: MJD
    }

    private struct Asked: Hashable {
        let survey: ID<SurveyPlan>
        let version: String
    }

    private struct Kept {
        let count: Count
        let version: String
        let until: ContinuousClock.Instant
    }

    /// What takes less is counted anew for each reader.
    private static let brief = Duration.milliseconds(100)
    /// How many times as long as it took to count it is kept.
    private static let rest = 40

    private var kept: [ID<SurveyPlan>: Kept] = [:]
    private var counting: [Asked: Task<Count, any Error>] = [:]
    private let now: @Sendable () -> ContinuousClock.Instant

    init(now: @escaping @Sendable () -> ContinuousClock.Instant = { .now }) {
        self.now = now
    }

    /// A survey's count.
    ///
    /// - Parameter version: of what is published; another one is counted anew.
    /// - Throws: what `make` throws.
    func count(
        _ survey: ID<SurveyPlan>, version: String,
        make: @escaping @Sendable () async throws -> Count
    ) async throws -> Count {
        if let kept = kept[survey], kept.version == version, now() < kept.until {
            return kept.count
        }
        let asked = Asked(survey: survey, version: version)
        if let task = counting[asked] { return try await task.value }
        let start = now()
        let task = Task { try await make() }
        counting[asked] = task
        defer { counting[asked] = nil }
        let count = try await task.value
        let spent = now() - start
        kept[survey] =
            spent < Self.brief
            ? nil : Kept(count: count, version: version, until: now() + spent * Self.rest)
        return count
    }
}
