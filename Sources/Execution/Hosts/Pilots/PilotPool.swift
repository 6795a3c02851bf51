import BatchSystems

/// How many pilots of which class a site is to have.
///
/// Pilots are submitted on demand only, or to keep as many as a class always has: each payload in
/// line that finds no room in a pilot that is free or queued asks for one of the smallest class
/// that holds it. The largest payloads ask first, and what is left of their pilots is for the
/// smaller ones.
///
/// After pilots that ended without having had anything to do, or failed, a class pauses for one
/// interval, then for two, four... up to 64; the first that does some work ends that.
///
/// A value: whoever holds it submits what it decides, and tells how pilots end.
struct PilotPool: Sendable {
    let settings: SitePilots
    /// The most pilots at a time, of all classes.
    let most: Int
    /// The time between two passes.
    let interval: Duration

    /// Bad ends in a row and the time before which nothing is submitted, by class.
    private var pauses: [String: (failures: Int, until: Duration)] = [:]
    /// How pilots have ended since the last pass, by class.
    private var ends: [String: (worked: Int, discouraging: Int)] = [:]

    /// Seconds between the end of a payload and that of the pilot.
    static let margin = 30.0
    private static let longestPause = 64

    init(settings: SitePilots, most: Int, interval: Duration) {
        self.settings = settings
        self.most = most
        self.interval = interval
    }

    /// What so many payloads in line ask for.
    struct Demand: Hashable, Sendable {
        var need: Amounts
        /// Seconds.
        var walltime: Double
        var count: Int
        var executable = ""
        /// Those for whom it is.
        var share = ""
    }

    /// A pilot that is not over.
    struct Standing: Hashable, Sendable {
        var kind: String
        var state: PilotLife.State
        /// What of it is free; all of it where it has not told yet.
        var free: Amounts?
        /// Seconds that are left to it; all of its walltime where it has not begun.
        var remaining: Double?
        /// It takes nothing any more.
        var isDraining = false
    }

    /// Pilots that are to be submitted, as one array.
    struct Order: Hashable, Sendable {
        var kind: String
        var count: Int
    }

    /// A pilot is over.
    mutating func end(_ kind: String, isDiscouraging: Bool) {
        if isDiscouraging {
            ends[kind, default: (0, 0)].discouraging += 1
        } else {
            ends[kind, default: (0, 0)].worked += 1
        }
    }

    /// A submission of a class has failed; it counts like a pilot that has.
    mutating func fail(_ kind: String) { end(kind, isDiscouraging: true) }

    /// What is to be submitted now, in the order of the classes.
    ///
    /// - Parameter now: of a clock that never goes back.
    mutating func pass(
        _ demand: [Demand], _ pilots: [Standing], at now: Duration
    ) -> [Order] {
        learn(at: now)
        var room = Room(settings, most: most, pilots)
        for kind in settings.enabled where isPausing(kind.name, at: now) {
            room.close(kind.name)
        }
        var holds = settings.classes.flatMap { kind in
            pilots.filter { $0.kind == kind.name && !$0.isDraining }.map { Hold(kind, $0) }
        }
        var orders: [String: Int] = [:]
        for kind in settings.enabled {
            let open = pilots.count { $0.kind == kind.name }
            for _ in 0..<max(0, kind.keep - open) where room.take(kind) {
                orders[kind.name, default: 0] += 1
                holds.append(Hold(kind))
            }
        }
        let classes = settings.enabled.sorted(by: Self.isSmaller)
        for line in demand.sorted(by: Self.isLarger) where line.count > 0 {
            var left = line.count
            for place in holds.indices where left > 0 { left -= holds[place].fill(line, left) }
            for kind in classes where left > 0 && kind.takes(line) {
                while left > 0, room.take(kind) {
                    orders[kind.name, default: 0] += 1
                    var hold = Hold(kind)
                    left -= hold.fill(line, left)
                    holds.append(hold)
                }
            }
        }
        return settings.classes.compactMap { kind in
            orders[kind.name].map { Order(kind: kind.name, count: $0) }
        }
    }

    /// Whether a class pauses after bad ends.
    func isPausing(_ kind: String, at now: Duration) -> Bool {
        pauses[kind].map { now < $0.until } ?? false
    }

    private mutating func learn(at now: Duration) {
        for (kind, end) in ends {
            guard end.worked == 0 else {
                pauses[kind] = nil
                continue
            }
            let failures = (pauses[kind]?.failures ?? 0) + 1
            let intervals = min(Self.longestPause, 1 << min(failures - 1, 20))
            pauses[kind] = (failures, now + interval * intervals)
        }
        ends = [:]
    }

    private static func isSmaller(_ one: PilotClass, _ other: PilotClass) -> Bool {
        (one.gpus, one.cores, one.memory, one.walltime, one.name)
            < (other.gpus, other.cores, other.memory, other.walltime, other.name)
    }

    private static func isLarger(_ one: Demand, _ other: Demand) -> Bool {
        let (a, b) = (one.need, other.need)
        if a != b { return (a.gpus, a.cores, a.memory) > (b.gpus, b.cores, b.memory) }
        return (one.walltime, other.executable, other.share)
            > (other.walltime, one.executable, one.share)
    }
}

extension PilotClass {
    /// What a pilot has for payloads.
    var total: Amounts { Amounts(cores: cores, memory: memory, gpus: gpus) }

    /// Whether its pilots take such payloads at all.
    func takes(_ demand: PilotPool.Demand) -> Bool {
        demand.need.fits(in: total) && demand.walltime + PilotPool.margin <= Double(walltime)
            && isOpen(to: demand)
    }

    func isOpen(to demand: PilotPool.Demand) -> Bool {
        let terms = terms()
        return terms.allows(executable: demand.executable) && terms.allows(share: demand.share)
    }
}

extension PilotPool {
    /// A pilot that is there or is to be submitted, with what is free of it.
    private struct Hold {
        let kind: PilotClass
        var free: Amounts
        let remaining: Double

        init(_ kind: PilotClass) {
            self.kind = kind
            (free, remaining) = (kind.total, Double(kind.walltime))
        }

        init(_ kind: PilotClass, _ pilot: Standing) {
            self.kind = kind
            free = pilot.free ?? kind.total
            remaining = pilot.remaining ?? Double(kind.walltime)
        }

        /// Takes as many of `count` as it has room for.
        mutating func fill(_ demand: Demand, _ count: Int) -> Int {
            guard kind.isOpen(to: demand), demand.walltime + PilotPool.margin <= remaining else {
                return 0
            }
            let need = demand.need
            func most(_ part: Int, _ whole: Int) -> Int { part > 0 ? max(0, whole) / part : .max }
            let taken = min(
                count, most(need.cores, free.cores), most(need.memory, free.memory),
                most(need.gpus, free.gpus))
            free =
                free
                - Amounts(
                    cores: need.cores * taken, memory: need.memory * taken, gpus: need.gpus * taken)
            return taken
        }
    }

    /// How many more the caps leave room for.
    private struct Room {
        private var instances: [String: Int]
        private var queued: [String: Int]
        private var perPass: [String: Int]
        private var all: (instances: Int, queued: Int, perPass: Int)

        init(_ settings: SitePilots, most: Int, _ pilots: [Standing]) {
            // One that nobody tells of may be anywhere.
            let waiting = pilots.filter { $0.state != .running }
            all = (most - pilots.count, settings.maxQueued - waiting.count, settings.perPass)
            (instances, queued, perPass) = ([:], [:], [:])
            for kind in settings.classes {
                let name = kind.name
                instances[name] = kind.maxInstances - pilots.count { $0.kind == name }
                queued[name] = kind.maxQueued - waiting.count { $0.kind == name }
                perPass[name] = kind.perPass
            }
        }

        mutating func close(_ kind: String) { perPass[kind] = 0 }

        mutating func take(_ kind: PilotClass) -> Bool {
            let name = kind.name
            guard all.instances > 0, all.queued > 0, all.perPass > 0,
                instances[name, default: 0] > 0, queued[name, default: 0] > 0,
                perPass[name, default: 0] > 0
            else { return false }
            all = (all.instances - 1, all.queued - 1, all.perPass - 1)
            instances[name, default: 0] -= 1
            queued[name, default: 0] -= 1
            perPass[name, default: 0] -= 1
            return true
        }
    }
}
