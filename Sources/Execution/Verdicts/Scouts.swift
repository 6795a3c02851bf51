import Workflows

/// What the first payloads of a node used, from which the memory of the others follows.
///
/// After PanDA's scout jobs: the request becomes the 75th percentile of the measured peaks and a
/// tenth more, looked at again whenever as many again have been measured; where more than 30 % had
/// to grow, it is at least what three quarters of those were given in the end.
public struct Scouts: Hashable, Sendable, Codable {
    /// Measured payloads before anything is concluded; 0 never concludes.
    public let count: Int
    /// How many have completed.
    public private(set) var measured = 0
    private var grown = 0
    /// The last peaks, and the last amounts that grown payloads completed with; MiB.
    private var peaks: [Int] = []
    private var grants: [Int] = []
    /// What the others are to ask for, MiB; `nil` before anything is concluded.
    public private(set) var memory: Int?

    /// Peaks that are kept.
    private static let kept = 256

    public init(count: Int) {
        self.count = count
    }

    /// Takes the peak of a completed payload, MiB, and what it was given where that had grown.
    /// - Returns: whether the request of the others has changed.
    public mutating func add(peak: Int, grownTo grant: Int? = nil) -> Bool {
        guard count > 0, peak >= 0 else { return false }
        measured += 1
        Self.keep(peak, in: &peaks)
        if let grant {
            grown += 1
            Self.keep(grant, in: &grants)
        }
        guard isTime else { return false }
        let before = memory
        conclude()
        return memory != before
    }

    /// At `count` measured payloads, and whenever their number has doubled.
    private var isTime: Bool {
        let (part, rest) = measured.quotientAndRemainder(dividingBy: count)
        return rest == 0 && part > 0 && part & (part - 1) == 0
    }

    private mutating func conclude() {
        guard let typical = Self.upperQuartile(peaks) else { return }
        var request = max(1, typical + (typical + 9) / 10)
        if grown * 10 > measured * 3, let lifted = Self.upperQuartile(grants) {
            request = max(request, lifted)
        }
        memory = request
    }

    private static func keep(_ value: Int, in values: inout [Int]) {
        if values.count == kept { values.removeFirst() }
        values.append(min(value, 1 << 40))
    }

    /// The smallest value that at least three quarters do not exceed.
    private static func upperQuartile(_ values: [Int]) -> Int? {
        guard !values.isEmpty else { return nil }
        return values.sorted()[(values.count * 3 + 3) / 4 - 1]
    }
}
