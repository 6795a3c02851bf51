import GroundSegment
import Payloads
import Synchronization

/// What the connections of pilots have told, on whatever thread.
final class PilotLinks: Sendable {
    struct Link: Sendable {
        var kind: String
        /// Counted from 1 in its kind, in the order in which they first came; 0 before that.
        var number = 0
        var token: [UInt8]?
        var isConnected = false
        var hasConnected = false
        /// Results that their runner has taken.
        var payloads = 0
        var host: String?
        var end: Double?
        var isDraining = false
        /// It is to be told to end.
        var isToEnd = false
    }

    private let links = Mutex<[String: Link]>([:])
    /// How many of each kind have come.
    private let counts = Mutex<[String: Int]>([:])

    /// Expects a pilot.
    func expect(_ pilot: String, _ link: Link) {
        links.withLock { $0[pilot] = link }
    }

    /// It is over: it is not let in any more.
    func forget(_ pilot: String) {
        links.withLock { $0[pilot] = nil }
    }

    func token(_ pilot: String) -> [UInt8]? { links.withLock { $0[pilot]?.token } }

    subscript(pilot: String) -> Link? { links.withLock { $0[pilot] } }

    @discardableResult
    func change(_ pilot: String, _ change: (inout Link) -> Void) -> Link? {
        links.withLock { links in
            guard var link = links[pilot] else { return nil }
            change(&link)
            links[pilot] = link
            return link
        }
    }

    /// A pilot has come: the first time it gets its number.
    func come(_ pilot: String, host: String?, end: Double?) -> Link? {
        change(pilot) { link in
            if link.number == 0 {
                link.number = counts.withLock { counts in
                    counts[link.kind, default: 0] += 1
                    return counts[link.kind] ?? 1
                }
            }
            (link.isConnected, link.hasConnected) = (true, true)
            (link.host, link.end) = (host, end)
        }
    }

    /// The pilots that are connected.
    var connected: [String] { links.withLock { $0.filter(\.value.isConnected).map(\.key) } }
}
