public import Planning

/// How the best plan at hand gets better during a search, thinned to what a figure can show.
///
/// What is kept follows from the progress that is noted alone, not from the time it takes.
public struct SearchHistory: Sendable {
    /// By steps; at most `most`.
    public private(set) var samples: [Report.SearchSample] = []
    /// Every how many notes one is kept.
    private var stride = 1
    private var notes = 0

    private static let most = 64

    public init() {}

    /// Keeps `progress`, or leaves it out.
    public mutating func note(_ progress: SearchProgress) {
        note(Report.SearchSample(steps: progress.steps, cost: progress.cost.value))
    }

    mutating func note(_ sample: Report.SearchSample) {
        defer { notes += 1 }
        guard notes % stride == 0 else { return }
        if samples.count == Self.most {
            samples = samples.enumerated().filter { $0.offset % 2 == 0 }.map(\.element)
            stride *= 2
            guard notes % stride == 0 else { return }
        }
        samples.append(sample)
    }
}
