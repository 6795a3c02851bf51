public import Workflows

/// What the first payloads of a node used, from which the memory and the walltime of the others
/// follow.
///
/// After PanDA's scout jobs: the memory becomes the 75th percentile of the measured peaks and a
/// tenth more, the walltime the 95th percentile of the measured durations and half as much again,
/// looked at again whenever as many again have been measured, when half of them all have, and at
/// 100; where more than 30 % had to grow, the memory is at least what three quarters of those were
/// given in the end.
public struct Scouts: Hashable, Sendable, Codable {
    /// Measured payloads before anything is concluded; 0 never concludes.
    public let count: Int
    /// How many have completed.
    public private(set) var measured = 0
    private var grown = 0
    /// The last peaks, and the last amounts that grown payloads completed with; MiB.
    private var peaks: [Int] = []
    private var grants: [Int] = []
    /// The last durations, seconds.
    private var durations: [Double] = []
    /// What the others are to ask for, MiB; `nil` before anything is concluded.
    public private(set) var memory: Int?
    /// Seconds; `nil` before anything is concluded.
    public private(set) var walltime: Double?

    /// What a request is not lowered below: MiB, seconds.
    public static let (leastMemory, leastWalltime) = (16, 60.0)

    /// Peaks that are kept.
    private static let kept = 256

    public init(count: Int) {
        self.count = count
    }

    /// Takes the peak of a completed payload, MiB, how long it took, seconds, and what it was given
    /// where that had grown.
    /// - Parameter all: how many payloads there are of the node, where that is known.
    /// - Returns: whether the request of the others has changed.
    public mutating func add(
        peak: Int, seconds: Double? = nil, grownTo grant: Int? = nil, of all: Int? = nil
    ) -> Bool {
        guard count > 0, peak >= 0 else { return false }
        measured += 1
        Self.keep(peak, in: &peaks)
        if let grant {
            grown += 1
            Self.keep(grant, in: &grants)
        }
        if let seconds, seconds.isFinite { Self.keep(max(0, seconds), in: &durations) }
        guard isTime(of: all) else { return false }
        let before = (memory, walltime)
        conclude()
        return (memory, walltime) != before
    }

    /// What one of the others is to be given instead of its own request.
    public func request(_ own: Resources) -> Resources {
        guard let memory else { return own }
        var learnt = own
        learnt.memory = max(memory, min(own.memory, Self.leastMemory))
        if let walltime {
            learnt.walltime = max(walltime, min(own.walltime, Self.leastWalltime))
        }
        return learnt
    }

    /// At `count` measured payloads and whenever their number has doubled, and after that at half
    /// of all and at 100.
    private func isTime(of all: Int?) -> Bool {
        if measured > count, measured == 100 || measured == all.map({ $0 / 2 + $0 % 2 }) {
            return true
        }
        let (part, rest) = measured.quotientAndRemainder(dividingBy: count)
        return rest == 0 && part > 0 && part & (part - 1) == 0
    }

    private mutating func conclude() {
        guard let typical = Self.upper(3, of: 4, peaks) else { return }
        var request = max(1, typical + (typical + 9) / 10)
        if grown * 10 > measured * 3, let lifted = Self.upper(3, of: 4, grants) {
            request = max(request, lifted)
        }
        memory = request
        walltime = Self.upper(19, of: 20, durations).map { min($0 * 1.5, 1e9) }
    }

    private static func keep(_ value: Int, in values: inout [Int]) {
        if values.count == kept { values.removeFirst() }
        values.append(min(value, 1 << 40))
    }

    private static func keep(_ value: Double, in values: inout [Double]) {
        if values.count == kept { values.removeFirst() }
        values.append(value)
    }

    /// The smallest value that at least `part` of `whole` of them do not exceed.
    static func upper<Value: Comparable>(
        _ part: Int, of whole: Int, _ values: [Value]
    ) -> Value? {
        guard !values.isEmpty else { return nil }
        return values.sorted()[(values.count * part + whole - 1) / whole - 1]
    }
}
