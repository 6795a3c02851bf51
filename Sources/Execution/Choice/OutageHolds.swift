public import GroundSegment

/// Which pipelines are not started, because an outage of the SDC would begin before they ended.
public struct OutageHolds: Hashable, Sendable {
    /// When the SDC offers nothing, by start.
    private let outages: [TimeWindow]
    /// Seconds that a run of a pipeline lasts at most, by its name.
    private let walltimes: [String: Double]

    public init(outages: [TimeWindow], walltimes: [String: Double]) {
        self.outages = outages.sorted { $0.start < $1.start }
        self.walltimes = walltimes
    }

    /// Why pipelines are not started at an instant, by name; those that may be are missing.
    ///
    /// A reason completes a sentence: `would end in the outage that begins 2027-02-01T00:00:00Z`.
    public func reasons(at now: MJD) -> [String: String] {
        guard let outage = outages.first(where: { $0.end > now }) else { return [:] }
        return walltimes.compactMapValues { walltime -> String? in
            guard outage.start > now else {
                return "waits for the end of the outage at \(outage.end)"
            }
            let end = now + walltime / 86400
            guard end > outage.start else { return nil }
            return end <= outage.end
                ? "would end in the outage that begins \(outage.start)"
                : "would not end before the outage that begins \(outage.start)"
        }
    }
}
