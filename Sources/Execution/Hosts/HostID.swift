import GroundSegment

/// The name of a host of payloads, which no other of its runner has or had.
struct HostID: Hashable, Sendable, Comparable, CustomStringConvertible {
    let name: String

    init(_ name: String) {
        self.name = name
    }

    /// The only host of a runner that has one: the agent on its machine, or a batch system that
    /// runs payloads as jobs of their own.
    static let here = HostID("here")

    var description: String { name }

    static func < (one: HostID, other: HostID) -> Bool { one.name < other.name }
}

/// What a host has for payloads, and for how long.
struct HostOffer: Hashable, Sendable {
    var total: Amounts
    /// When it ends itself; never where `nil`.
    var end: MJD?
    /// Its kind, of those that the site describes; empty where there are none.
    var kind = ""
    var terms = HostTerms()
}
