import GRDB
import GroundSegment

extension JobQuery {
    /// Whether each payload has to be looked at to know how many there are.
    var asksForEach: Bool { text != nil || label != nil || pilot != nil }

    /// The payloads of a run that are processes and count, are of the node that is asked for, and
    /// hold its text, ascending.
    ///
    /// - Parameter placed: those of the host that is asked for, where one is.
    func candidates(of life: RunLife, _ placed: [Int]?) -> [Int] {
        let ranges = life.nodeRanges.filter { range in
            range.isProcess
                && (label.map { $0.hasSuffix(range.nodeID) && $0 == life.label(range.first) }
                    ?? true)
        }
        let found =
            text.map { life.numbers(of: ranges, withPath: $0) }
            ?? ranges.flatMap { Array($0.numbers) }
        guard let placed else { return found.sorted() }
        return Set(found).intersection(placed).sorted()
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
        return life.lives.indices.filter { life.lives[$0].attempts > 0 && !listed.contains($0) }
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
