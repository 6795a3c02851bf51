import GroundSegment

/// The payloads that may run, and the room for them.
///
/// They start strictly in order - larger priority, earlier release, order, place in the graph -
/// so that a large one is never overtaken for ever by small ones.
struct Dispatcher {
    private(set) var slots: Slots
    private var waiting: [Candidate] = []
    private var holding: [Key: Resources] = [:]

    struct Key: Hashable {
        let run: ID<Run>
        let node: String
    }

    private struct Candidate {
        let key: Key
        let need: Resources
        let rank: Rank
    }

    private struct Rank: Comparable {
        let priority: Int
        let release: MJD
        let run: ID<Run>
        let place: Int

        static func < (left: Rank, right: Rank) -> Bool {
            (-left.priority, left.release, left.run, left.place)
                < (-right.priority, right.release, right.run, right.place)
        }
    }

    init(slots: Slots) {
        self.slots = slots
    }

    /// Adds a ready payload; tells what it lacks where it can never run here.
    mutating func add(_ node: String, of run: Run) -> String? {
        guard let place = run.graph.nodes.firstIndex(where: { $0.id == node }) else { return nil }
        let need = run.graph.nodes[place].executable.resources
        if let shortfall = slots.shortfall(need) { return shortfall }
        let rank = Rank(
            priority: run.order.priority, release: run.order.release, run: run.id, place: place)
        let index = waiting.firstIndex { rank < $0.rank } ?? waiting.endIndex
        waiting.insert(
            Candidate(key: Key(run: run.id, node: node), need: need, rank: rank), at: index)
        return nil
    }

    /// The payloads that are to be started now; their room is set aside.
    mutating func next() -> [Key] {
        var started: [Key] = []
        while let first = waiting.first, slots.claim(first.need) {
            waiting.removeFirst()
            holding[first.key] = first.need
            started.append(first.key)
        }
        return started
    }

    /// Counts a payload that was found running after a restart.
    mutating func adopt(_ key: Key, need: Resources) {
        slots.occupy(need)
        holding[key] = need
    }

    /// Gives back the room of a payload that has ended.
    mutating func end(_ key: Key) {
        if let need = holding.removeValue(forKey: key) { slots.release(need) }
    }
}
