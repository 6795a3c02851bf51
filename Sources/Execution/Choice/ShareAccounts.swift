/// What each share has had of the hosts, so that the next payload is of the share that is furthest
/// behind its part.
///
/// A share that had nothing to do does not save its part up: when it has something again it goes on
/// beside the others (start-time fair queueing, Goyal, Vin and Cheng 1996).
struct ShareAccounts: Hashable, Sendable {
    /// The parts, all above 0; what belongs to none that is named has one together.
    private let parts: [String: Double]
    /// Core-seconds over the part.
    private var had: [String: Double] = [:]
    /// Payloads in line and at hosts.
    private var present: [String: Int] = [:]

    /// The name of the account of all that belongs to no named share. Its part is 1 where nothing
    /// is said of it.
    static let other = "other"

    init(_ parts: [String: Double]) {
        var parts = parts.filter { $0.value > 0 }
        if !parts.isEmpty, parts[Self.other] == nil { parts[Self.other] = 1 }
        self.parts = parts
    }

    var isKept: Bool { !parts.isEmpty }

    private func account(_ share: String) -> String { parts[share] == nil ? Self.other : share }

    /// What a share has had for its part: that with less is ahead.
    func standing(_ share: String) -> Double { isKept ? had[account(share)] ?? 0 : 0 }

    /// A payload is there that was not.
    mutating func enter(_ share: String) {
        guard isKept else { return }
        let name = account(share)
        let count = present[name] ?? 0
        if count == 0, let least = present.keys.compactMap({ had[$0] ?? 0 }).min() {
            had[name] = max(had[name] ?? 0, least)
        }
        present[name] = count + 1
    }

    /// A payload is gone.
    mutating func leave(_ share: String) {
        guard isKept, let count = present[account(share)] else { return }
        present[account(share)] = count > 1 ? count - 1 : nil
    }

    mutating func charge(_ share: String, coreSeconds: Double) {
        let name = account(share)
        guard let part = parts[name] else { return }
        had[name, default: 0] += coreSeconds / part
    }
}
