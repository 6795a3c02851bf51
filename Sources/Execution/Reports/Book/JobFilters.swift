import GRDB
import GroundSegment

extension JobQuery {
    /// Whether each payload has to be looked at to know how many there are.
    var asksForEach: Bool { text != nil || label != nil || pilot != nil }
}

/// Admits the payloads of one node; all where none is asked for.
struct LabelFilter {
    private let label: String?
    /// What was found for the nodes of a payload's parts: all iterations have the same labels.
    private var known: [Place: Bool] = [:]

    private struct Place: Hashable {
        let container: Int?
        let node: String
    }

    init(_ label: String?) {
        self.label = label
    }

    mutating func admits(_ number: Int, of life: RunLife) -> Bool {
        guard let label else { return true }
        let place = Place(container: life.container(of: number), node: life.node(number).id)
        guard label.hasSuffix(place.node) else { return false }
        if let known = known[place] { return known }
        let isAdmitted = life.label(number) == label
        known[place] = isAdmitted
        return isAdmitted
    }
}

/// The payloads whose last attempt was given to one host.
struct PlacedPayloads: Sendable {
    /// Whether the host is the only one of a runner that has one; its payloads are in no list.
    fileprivate let isLocal: Bool
    /// By their run: those of the host, else those of all others.
    fileprivate let numbers: [Int64: Set<Int>]

    /// Whether a run may have one.
    func mayBe(in run: Int64) -> Bool { isLocal || numbers[run] != nil }

    /// Their numbers.
    func payloads(of life: RunLife, _ run: Int64) -> [Int] {
        let listed = numbers[run] ?? []
        guard isLocal else { return listed.filter(life.contains).sorted() }
        return (0..<life.count).filter { life[$0].attempts > 0 && !listed.contains($0) }
    }
}

extension RunBook {
    /// The payloads of a host; `nil` where none is asked for.
    func placed(on host: String?) async throws -> PlacedPayloads? {
        guard let host else { return nil }
        let isLocal = host == "local"
        return try await store.read { database in
            let rows = try Row.fetchAll(
                database,
                sql: isLocal
                    ? "SELECT run, payload FROM placement WHERE host <> ?"
                    : "SELECT run, payload FROM placement WHERE host = ?",
                arguments: [isLocal ? HostID.here.name : host])
            return PlacedPayloads(
                isLocal: isLocal,
                numbers: rows.reduce(into: [:]) { $0[$1[0], default: []].insert($1[1]) })
        }
    }
}
