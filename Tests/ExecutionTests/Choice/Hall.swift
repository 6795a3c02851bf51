import GroundSegment

@testable import Execution
@testable import Workflows

/// Hosts on which what a queue chooses runs, by a clock that goes from one end to the next.
struct Hall {
    typealias Queue = ReadyQueue<String>

    var queue: Queue
    private(set) var now = MJD(100)
    private(set) var rooms: [HostRoom]
    private var running: [(key: Queue.Key, host: Int, claim: HostRoom.Occupied, end: MJD)] = []
    /// What started, in its order: when, seconds from the begin, and on which host.
    private(set) var started: [(key: Queue.Key, time: Double, host: Int)] = []
    /// Core-seconds that ended, by the shares of the entries.
    private(set) var used: [String: Double] = [:]
    private var entries: [Queue.Key: Queue.Entry] = [:]
    private let begin = MJD(100)

    init(_ rule: ChoiceRule = ChoiceRule(), rooms: [HostRoom]) {
        queue = Queue(rule: rule)
        self.rooms = rooms
    }

    static func entry(
        _ run: String, _ number: Int = 0, cores: Int = 1, memory: Int = 100,
        walltime: Double = 3600, gpus: Int = 0, priority: Int = 0, isRetry: Bool = false,
        release: Double = 0, depth: Int = 0, category: String = "", limit: Int? = nil,
        group: String = "", executable: String = "", share: String = "", order: Int = 0,
        since: Double? = nil, locality: Double = 1
    ) -> Queue.Entry {
        var entry = Queue.Entry(
            rank: Rank(
                priority: priority, isRetry: isRetry, release: MJD(release), run: run,
                depth: depth, number: number),
            need: Workflows.Resources(
                cores: cores, memory: memory, walltime: walltime, gpus: gpus),
            category: category, limit: limit, group: group)
        entry.executable = executable
        entry.share = share
        entry.orderPriority = order
        entry.since = since.map { MJD($0) }
        entry.locality = locality
        return entry
    }

    static func room(
        _ cores: Int, of total: Int = 4, memory: Int = 10000, hours: Double? = nil,
        _ terms: HostTerms = HostTerms()
    ) -> HostRoom {
        var room = HostRoom(
            total: Amounts(cores: total, memory: memory, gpus: 1),
            free: Amounts(cores: cores, memory: memory, gpus: 1),
            end: hours.map { MJD(100) + $0 / 24 })
        room.terms = terms
        return room
    }

    mutating func insert(_ entry: Queue.Entry) {
        entries[entry.key] = entry
        queue.insert(entry)
    }

    /// Starts all that there is room for.
    ///
    /// - Parameter duration: seconds that a payload takes; its walltime where `nil`.
    mutating func start(_ duration: (Queue.Entry) -> Double? = { _ in nil }) {
        for host in rooms.indices {
            while let entry = queue.next(on: rooms[host], at: now) {
                let claim = HostRoom.Occupied(
                    Amounts(entry.need), until: now + entry.need.walltime / 86400)
                rooms[host].free = rooms[host].free - claim.amounts
                rooms[host].occupied.append(claim)
                let end = now + (duration(entry) ?? entry.need.walltime) / 86400
                running.append((entry.key, host, claim, end))
                started.append((entry.key, ((now - begin) * 86400).rounded(), host))
            }
        }
    }

    /// Goes on to the next end; `false` where nothing runs.
    mutating func end() -> Bool {
        guard let place = running.indices.min(by: { running[$0].end < running[$1].end }) else {
            return false
        }
        let last = running.remove(at: place)
        let began = last.claim.until + -(entries[last.key]?.need.walltime ?? 0) / 86400
        now = last.end
        rooms[last.host].free = rooms[last.host].free + last.claim.amounts
        if let index = rooms[last.host].occupied.firstIndex(of: last.claim) {
            rooms[last.host].occupied.remove(at: index)
        }
        used[entries[last.key]?.share ?? "", default: 0] +=
            Double(last.claim.amounts.cores) * (now - began) * 86400
        queue.end(last.key, at: now)
        return true
    }

    mutating func runAll(_ duration: (Queue.Entry) -> Double? = { _ in nil }) {
        repeat { start(duration) } while end()
    }

    /// When the payload of a run started, seconds; `nil` where it did not.
    func time(_ run: String, _ number: Int = 0) -> Double? {
        started.first { $0.key == Queue.Key(run: run, number: number) }?.time
    }
}
