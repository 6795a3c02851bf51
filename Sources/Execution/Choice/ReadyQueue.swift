public import GroundSegment
import HeapModule
public import Workflows

/// The payloads of all runs that may run, in line for the hosts.
///
/// They start strictly by rank. The first that does not fit keeps a place: of those behind it only
/// one that does not delay it is let through (EASY backfilling, Lifka 1995). What waits for a
/// time, or for others of its category to end, keeps nobody.
///
/// A claim costs as much as there are kinds of need in line, however many payloads have the same.
public struct ReadyQueue<RunKey: Hashable & Comparable & Sendable>: Sendable {
    /// A payload.
    public struct Key: Hashable, Sendable {
        public let run: RunKey
        public let number: Int

        public init(run: RunKey, number: Int) {
            self.run = run
            self.number = number
        }
    }

    /// A payload in line.
    public struct Entry: Hashable, Sendable {
        public let rank: Rank<RunKey>
        public let need: Workflows.Resources
        /// Empty where it belongs to none.
        public let category: String
        /// The most of its category that may run while it does; no limit where `nil`.
        public let limit: Int?
        public let notBefore: MJD?
        /// Those of one group may be handed to a host together; empty where it is alone.
        public let group: String

        public init(
            rank: Rank<RunKey>, need: Workflows.Resources, category: String = "",
            limit: Int? = nil, notBefore: MJD? = nil, group: String = ""
        ) {
            self.rank = rank
            self.need = need
            self.category = category
            self.limit = limit
            self.notBefore = notBefore
            self.group = group
        }

        public var key: Key { Key(run: rank.run, number: rank.number) }
    }

    /// What is the same for all payloads of a line.
    struct Kind: Hashable, Sendable {
        let amounts: Amounts
        let walltime: Double
        let category: String
        let limit: Int?
        let group: String

        init(_ entry: Entry) {
            amounts = Amounts(entry.need)
            walltime = entry.need.walltime
            category = entry.category
            limit = entry.limit
            group = entry.group
        }
    }

    /// A place in a line; of an entry that was replaced or removed where its ticket is not the
    /// entry's.
    struct Place: Comparable, Sendable {
        let rank: Rank<RunKey>
        let ticket: Int

        static func < (left: Place, right: Place) -> Bool {
            left.rank == right.rank ? left.ticket < right.ticket : left.rank < right.rank
        }
    }

    /// An entry that waits for a time.
    struct Delayed: Comparable, Sendable {
        let time: MJD
        let key: Key
        let ticket: Int

        static func < (left: Delayed, right: Delayed) -> Bool {
            (left.time, left.ticket) < (right.time, right.ticket)
        }
    }

    private struct Held: Sendable {
        let entry: Entry
        let ticket: Int
    }

    /// One place in a category, of so many payloads.
    private struct Claim: Sendable {
        let category: String
        var count = 1
    }

    /// The payloads of one kind.
    struct Line: Sendable {
        let kind: Kind
        var places = Heap<Place>()
    }

    private var entries: [Key: Held] = [:]
    private(set) var lines: [Line] = []
    private var lineOf: [Kind: Int] = [:]
    private var delayed = Heap<Delayed>()
    /// The claim of each payload that was given to a host; those that were given together, and run
    /// one after the other, have one.
    private var claimed: [Key: Int] = [:]
    private var claims: [Int: Claim] = [:]
    private var lastClaim = 0
    private var running: [String: Int] = [:]
    private var lastTicket = 0
    /// Places in lines whose entries are gone.
    private var stale = 0

    /// The site's own limits by category, beside those of the entries.
    public var limits: [String: Int]

    public init(limits: [String: Int] = [:]) {
        self.limits = limits
    }

    /// Payloads in line.
    public var count: Int { entries.count }

    public func entry(_ key: Key) -> Entry? { entries[key]?.entry }

    /// Puts a payload in line, or replaces it there.
    public mutating func insert(_ entry: Entry) {
        lastTicket += 1
        if entries.updateValue(Held(entry: entry, ticket: lastTicket), forKey: entry.key) != nil {
            stale += 1
        }
        if let time = entry.notBefore {
            delayed.insert(Delayed(time: time, key: entry.key, ticket: lastTicket))
        } else {
            line(entry, ticket: lastTicket)
        }
        compact()
    }

    /// Takes a payload out of the line.
    @discardableResult
    public mutating func remove(_ key: Key) -> Bool {
        guard entries.removeValue(forKey: key) != nil else { return false }
        stale += 1
        compact()
        return true
    }

    /// Takes all payloads of a run out of the line.
    public mutating func remove(run: RunKey) {
        for key in entries.keys.filter({ $0.run == run }) { remove(key) }
    }

    /// Counts a payload that a host has already.
    public mutating func adopt(_ key: Key, category: String) {
        guard claimed[key] == nil else { return }
        lastClaim += 1
        claimed[key] = lastClaim
        claims[lastClaim] = Claim(category: category)
        running[category, default: 0] += 1
    }

    /// Counts a payload that runs after another one, in its room, together with that one.
    public mutating func join(_ key: Key, to other: Key) {
        guard claimed[key] != claimed[other], let claim = claimed[other] else { return }
        end(key)
        claimed[key] = claim
        claims[claim]?.count += 1
    }

    /// A payload that was given to a host is there no longer.
    public mutating func end(_ key: Key) {
        guard let claim = claimed.removeValue(forKey: key), let count = claims[claim]?.count,
            let category = claims[claim]?.category
        else { return }
        guard count == 1 else {
            claims[claim]?.count = count - 1
            return
        }
        claims[claim] = nil
        let left = (running[category] ?? 0) - 1
        running[category] = left > 0 ? left : nil
    }

    /// Payloads of a category that hosts have.
    public func running(_ category: String) -> Int { running[category] ?? 0 }

    /// When the first of those that wait for a time may run.
    public var nextTime: MJD? { delayed.min?.time }

    /// The next payload for a host; it is taken out of the line and counted in its category.
    public mutating func next(on room: HostRoom, at now: MJD) -> Entry? {
        admitDelayed(at: now)
        guard let place = choice(on: room, at: now) else { return nil }
        return take(place)
    }

    /// The payload ahead of all, where it needs the same as `entry` and so can follow it in its
    /// room: for hosts that are given more than they can start, or short payloads together.
    public mutating func follower(of entry: Entry, at now: MJD) -> Entry? {
        admitDelayed(at: now)
        cleanHeads()
        guard let head = head(), head.kind == Kind(entry) else { return nil }
        return take(head.place)
    }

    /// The first place in the line of `entry`.
    func first(like entry: Entry) -> Place? {
        lineOf[Kind(entry)].flatMap { lines[$0].places.min }
    }

    mutating func take(_ place: Place) -> Entry? {
        let key = Key(run: place.rank.run, number: place.rank.number)
        guard let entry = entries[key]?.entry else { return nil }
        if let line = lineOf[Kind(entry)] { _ = lines[line].places.popMin() }
        entries[key] = nil
        adopt(key, category: entry.category)
        return entry
    }

    /// Lines those up whose time has come.
    mutating func admitDelayed(at now: MJD) {
        while let first = delayed.min, first.time <= now || isStale(first.key, first.ticket) {
            _ = delayed.popMin()
            guard let held = entries[first.key], held.ticket == first.ticket else {
                stale -= 1
                continue
            }
            line(held.entry, ticket: held.ticket)
        }
    }

    private mutating func line(_ entry: Entry, ticket: Int) {
        let kind = Kind(entry)
        let index = lineOf[kind] ?? lines.count
        if index == lines.count {
            lines.append(Line(kind: kind))
            lineOf[kind] = index
        }
        lines[index].places.insert(Place(rank: entry.rank, ticket: ticket))
    }

    func isStale(_ key: Key, _ ticket: Int) -> Bool { entries[key]?.ticket != ticket }

    func isStale(_ place: Place) -> Bool {
        isStale(Key(run: place.rank.run, number: place.rank.number), place.ticket)
    }

    /// Whether another payload of this kind may run beside those of its category.
    func isOpen(_ kind: Kind) -> Bool {
        guard !kind.category.isEmpty else { return true }
        let limit = min(kind.limit ?? .max, limits[kind.category] ?? .max)
        return running(kind.category) < limit
    }

    /// Drops the places of what is gone at the head of each line.
    mutating func cleanHeads() {
        guard stale > 0 else { return }
        for index in lines.indices {
            while let first = lines[index].places.min, isStale(first) {
                _ = lines[index].places.popMin()
                stale -= 1
            }
        }
    }

    /// Drops all places of what is gone, and lines where nobody stands, where they are many.
    private mutating func compact() {
        guard stale > 1024 + entries.count || lines.count > 1024 + 2 * entries.count else { return }
        stale = 0
        lines = []
        lineOf = [:]
        delayed = Heap()
        for (key, held) in entries {
            if let time = held.entry.notBefore {
                delayed.insert(Delayed(time: time, key: key, ticket: held.ticket))
            } else {
                line(held.entry, ticket: held.ticket)
            }
        }
    }
}
