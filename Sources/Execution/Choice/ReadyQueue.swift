public import GroundSegment
import HeapModule
public import Workflows

/// The payloads of all runs that may run, in line for the hosts.
///
/// They start strictly by rank. The first that does not fit keeps a place: of those behind it only
/// one that does not delay it is let through (EASY backfilling, Lifka 1995). What waits for a
/// time, or for others of its category to end, or for another host, keeps nobody; for one payload
/// one host of several keeps room, that where it can start first.
///
/// Where the rule is fitness the best score of those that fit is next. On hosts for starving ones
/// the largest is next whatever the rule is: where it does not fit, room is kept for it, and only
/// what ends before is let through, the smallest first. Of several shares that which is furthest
/// behind its part comes first.
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
        /// The program that it runs; what hosts are for some only is judged by it.
        public var executable = ""
        /// The share that it belongs to; empty where to none.
        public var share = ""
        /// The part of the rank's priority that is its order's.
        public var orderPriority = 0
        /// Since when it has been in line; by its rank where `nil`.
        public var since: MJD?
        /// The part of its run's inputs that this SDC holds itself, 0 to 1.
        public var locality = 1.0

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

        var merit: LineKind.Merit {
            LineKind.Merit(
                manual: rank.priority - orderPriority, isRetry: rank.isRetry,
                order: orderPriority, depth: rank.depth, locality: locality)
        }
    }

    typealias Kind = LineKind

    /// A place in a line; of an entry that was replaced or removed where its ticket is not the
    /// entry's.
    struct Place: Comparable, Sendable {
        /// Where scores decide: of those that are alike in all else the one that has waited longest
        /// is first.
        let since: MJD?
        let rank: Rank<RunKey>
        let ticket: Int

        var key: Key { Key(run: rank.run, number: rank.number) }

        static func < (left: Place, right: Place) -> Bool {
            if let first = left.since, let second = right.since, first != second {
                return first < second
            }
            return left.rank == right.rank ? left.ticket < right.ticket : left.rank < right.rank
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
        /// Since when the one of them that runs now does.
        var began: MJD?
    }

    /// What a share was charged for a payload when it was given to a host.
    private struct Charge: Sendable {
        let share: String
        let cores: Int
        let coreSeconds: Double
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

    private var shares: ShareAccounts
    private var charges: [Key: Charge] = [:]
    /// The host that keeps room for a payload, and from when on it will be there.
    var kept: [Key: (host: String, start: MJD)] = [:]

    /// The site's own limits by category, beside those of the entries.
    public var limits: [String: Int]
    public let rule: ChoiceRule
    /// The terms of a score that count.
    let counted: [(term: Fitness.Term, weight: Double)]

    public init(limits: [String: Int] = [:], rule: ChoiceRule = ChoiceRule()) {
        self.limits = limits
        self.rule = rule
        shares = ShareAccounts(rule.shares)
        counted = rule.weights.counted
    }

    /// The line that an entry belongs to.
    func kind(_ entry: Entry) -> Kind { Kind(entry, isScored: rule.order == .fitness) }

    /// What is less is ahead of others: how much its share has had.
    func standing(_ kind: Kind) -> Double { shares.standing(kind.share) }

    /// Whether waiting counts against a payload: of those that are alike the last is first then.
    var isLatestFirst: Bool { rule.weights[.wait] < 0 }

    /// What makes the later instant the lesser one.
    static func mirrored(_ instant: MJD) -> MJD { MJD(-instant.days) }

    /// Whether shares decide first.
    var hasShares: Bool { shares.isKept }

    /// Whether room is kept for the one ahead of all where it does not fit.
    ///
    /// With shares always: one that is behind would get nothing where others always fit first.
    var isKeepingRoom: Bool { rule.order == .rank || rule.reserves || hasShares }

    /// Payloads in line.
    public var count: Int { entries.count }

    public func entry(_ key: Key) -> Entry? { entries[key]?.entry }

    /// Puts a payload in line, or replaces it there.
    public mutating func insert(_ entry: Entry) {
        lastTicket += 1
        let held = Held(entry: entry, ticket: lastTicket)
        shares.enter(entry.share)
        if let before = entries.updateValue(held, forKey: entry.key) {
            shares.leave(before.entry.share)
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
        guard let held = entries.removeValue(forKey: key) else { return false }
        shares.leave(held.entry.share)
        kept[key] = nil
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
        leave(key)
        claimed[key] = claim
        claims[claim]?.count += 1
    }

    /// A payload that was given to a host is there no longer.
    ///
    /// - Parameter now: when it ended; its share is charged for its whole walltime where that is
    ///   not known.
    public mutating func end(_ key: Key, at now: MJD? = nil) {
        if let charge = charges.removeValue(forKey: key) {
            if let now, let claim = claimed[key], let began = claims[claim]?.began {
                let seconds = max(0, (now - began) * 86400)
                shares.charge(
                    charge.share, coreSeconds: Double(charge.cores) * seconds - charge.coreSeconds)
                claims[claim]?.began = now
            }
            shares.leave(charge.share)
        }
        leave(key)
    }

    private mutating func leave(_ key: Key) {
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
        return take(place, at: now)
    }

    /// The payload ahead of all, where it needs the same as `entry` and so can follow it in its
    /// room: for hosts that are given more than they can start, or short payloads together.
    public mutating func follower(of entry: Entry, at now: MJD) -> Entry? {
        admitDelayed(at: now)
        cleanHeads()
        guard let head = head(), head.kind == kind(entry) else { return nil }
        return take(head.place, at: now)
    }

    /// The first place in the line of `entry`.
    func first(like entry: Entry) -> Place? {
        lineOf[kind(entry)].flatMap { lines[$0].places.min }
    }

    mutating func take(_ place: Place, at now: MJD) -> Entry? {
        let key = place.key
        guard let entry = entries[key]?.entry else { return nil }
        if let line = lineOf[kind(entry)] { _ = lines[line].places.popMin() }
        entries[key] = nil
        kept[key] = nil
        adopt(key, category: entry.category)
        if hasShares { charge(entry, at: now) }
        return entry
    }

    /// Charges a share for a payload's whole walltime, until it is known how long it took.
    private mutating func charge(_ entry: Entry, at now: MJD) {
        let charge = Charge(
            share: entry.share, cores: entry.need.cores,
            coreSeconds: Double(entry.need.cores) * entry.need.walltime)
        if let before = charges.updateValue(charge, forKey: entry.key) {
            shares.leave(before.share)
        }
        if let claim = claimed[entry.key] { claims[claim]?.began = now }
        shares.charge(charge.share, coreSeconds: charge.coreSeconds)
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
        let kind = kind(entry)
        let index = lineOf[kind] ?? lines.count
        if index == lines.count {
            lines.append(Line(kind: kind))
            lineOf[kind] = index
        }
        let since = rule.order == .fitness ? entry.since ?? entry.rank.release : nil
        lines[index].places.insert(
            Place(
                since: since.map(isLatestFirst ? Self.mirrored : { $0 }), rank: entry.rank,
                ticket: ticket))
    }

    func isStale(_ key: Key, _ ticket: Int) -> Bool { entries[key]?.ticket != ticket }

    func isStale(_ place: Place) -> Bool { isStale(place.key, place.ticket) }

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
