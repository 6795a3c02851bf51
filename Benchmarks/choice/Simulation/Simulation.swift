import Execution
import Glibc
import GroundSegment
import HeapModule

/// What a simulated site has: one class of pilots on a batch system.
struct SimulatedSite {
    var total = Amounts(cores: 22, memory: 66000)
    /// Seconds.
    var walltime = 10080.0 * 60
    var mostPilots = 150
    var mostQueued = 50
    var perPass = 10
    /// Seconds between two passes that submit pilots.
    var interval = 30.0
    /// Seconds between two looks at pilots on which nothing has ended: what is kept free for a
    /// payload on another one may have become free.
    var look = 300.0
    /// Seconds after which a pilot without work ends.
    var idle = 600.0
    /// Mean of the seconds that a pilot waits at the batch system, exponentially distributed.
    var delay = 300.0
    /// Percent of the pilots that take the largest first.
    var starving = 0
}

/// Pilots that come when there is work, take what a policy chooses, and end.
struct Simulation<Policy: ChoicePolicy> {
    private enum Event {
        case arrival(Int)
        case end(job: Int, pilot: Int)
        case pilot(Int)
        case idle(Int, since: Double)
        case walltime(Int)
        case pass
    }

    private struct Due: Comparable {
        let time: Double
        let order: Int
        let event: Event

        static func == (left: Due, right: Due) -> Bool { left.order == right.order }

        static func < (left: Due, right: Due) -> Bool {
            (left.time, left.order) < (right.time, right.order)
        }
    }

    private struct Pilot {
        let number: Int
        var begin: Double
        var room: HostRoom
        var running = 0
        var payloads = 0
        /// Since when nothing runs on it.
        var idleSince = 0.0
    }

    private let site: SimulatedSite
    private let jobs: [SimulatedJob]
    private var policy: Policy
    private var numbers: SeededRandom
    private var due = Heap<Due>()
    private var lastOrder = 0
    private var now = 0.0
    private var pilots: [Int: Pilot] = [:]
    private var queued = 0
    private var lastPilot = 0
    private var waiting = 0
    private var waitingCores = 0
    private var occupiedCores = 0
    private var until: [Int: MJD] = [:]
    private var hasPass = false
    /// Those that have room which they had not.
    private var changed: Set<Int> = []
    /// What has arrived since pilots were looked at.
    private var arrived: [Int: Amounts] = [:]
    /// The pilots' numbers as they began.
    private var order: [Int] = []
    private var lastLook = 0.0
    private(set) var result = SimulationResult()

    init(_ site: SimulatedSite, _ jobs: [SimulatedJob], _ policy: Policy, seed: UInt64) {
        self.site = site
        self.jobs = jobs
        self.policy = policy
        numbers = SeededRandom(seed: seed)
        result.waits = Array(repeating: 0, count: jobs.count)
    }

    private var instant: MJD { Self.instant(now) }

    private static func instant(_ seconds: Double) -> MJD { MJD(posixSeconds: seconds) }

    private mutating func plan(_ time: Double, _ event: Event) {
        lastOrder += 1
        due.insert(Due(time: time, order: lastOrder, event: event))
    }

    /// Lets all jobs arrive and end.
    mutating func run() {
        for place in jobs.indices { plan(jobs[place].arrival, .arrival(place)) }
        result.horizon = jobs.last?.arrival ?? 0
        while let first = due.popMin() {
            if first.time > now {
                start()
                account(until: first.time)
            }
            handle(first.event)
        }
    }

    private mutating func account(until time: Double) {
        let seconds = min(time, result.horizon) - now
        if seconds > 0 {
            let held = Double(pilots.count * site.total.cores)
            result.heldCores += held * seconds
            result.usedCores += Double(occupiedCores) * seconds
            if waiting > 0 {
                result.heldWhileWaiting += held * seconds
                result.usedWhileWaiting += Double(occupiedCores) * seconds
            }
        }
        now = time
    }

    private mutating func handle(_ event: Event) {
        switch event {
        case .arrival(let place):
            let job = jobs[place]
            policy.insert(job, at: instant)
            waiting += 1
            waitingCores += job.need.cores
            arrived[job.number] = job.amounts
            pass()
        case .end(let place, let number): end(place, on: number)
        case .pilot(let number):
            queued -= 1
            var room = HostRoom(
                total: site.total, free: site.total, end: Self.instant(now + site.walltime))
            room.terms = HostTerms(
                host: "pilot\(number)",
                isStarving: HostTerms.isStarving(pilot: number, percent: site.starving))
            pilots[number] = Pilot(number: number, begin: now, room: room, idleSince: now)
            order.append(number)
            changed.insert(number)
            result.mostPilots = max(result.mostPilots, pilots.count)
            plan(now + site.idle, .idle(number, since: now))
            plan(now + site.walltime, .walltime(number))
        case .idle(let number, let since):
            if let pilot = pilots[number], pilot.running == 0, pilot.idleSince == since {
                remove(number)
            }
        case .walltime(let number): remove(number)
        case .pass:
            hasPass = false
            if now >= lastLook + site.look {
                lastLook = now
                changed.formUnion(order)
            }
            submit()
            if waiting > 0 { pass() }
        }
    }

    private mutating func remove(_ number: Int) {
        guard let pilot = pilots.removeValue(forKey: number) else { return }
        order.removeAll { $0 == number }
        result.pilots += 1
        if pilot.payloads == 0 { result.emptyPilots += 1 }
    }

    private mutating func pass() {
        guard !hasPass else { return }
        hasPass = true
        plan(now + site.interval, .pass)
    }

    /// Submits as many pilots as what waits fills beside what is free and queued.
    private mutating func submit() {
        let free = pilots.values.reduce(0) { $0 + $1.room.free.cores }
        let missing = waitingCores - free - queued * site.total.cores
        let wanted = missing > 0 ? (missing + site.total.cores - 1) / site.total.cores : 0
        let count = min(
            wanted, site.perPass, site.mostQueued - queued,
            site.mostPilots - pilots.count - queued)
        guard count > 0 else { return }
        for _ in 0..<count {
            lastPilot += 1
            queued += 1
            let part = Double.random(in: 1e-9..<1, using: &numbers)
            plan(now - site.delay * Self.logarithm(part), .pilot(lastPilot))
        }
    }

    private mutating func end(_ place: Int, on number: Int) {
        let job = jobs[place]
        policy.end(job, at: instant)
        occupiedCores -= job.need.cores
        guard var pilot = pilots[number], let until = until.removeValue(forKey: job.number) else {
            return
        }
        pilot.room.free = pilot.room.free + job.amounts
        let claim = HostRoom.Occupied(job.amounts, until: until)
        if let index = pilot.room.occupied.firstIndex(of: claim) {
            pilot.room.occupied.remove(at: index)
        }
        pilot.running -= 1
        pilot.idleSince = now
        pilots[number] = pilot
        changed.insert(number)
        if pilot.running == 0 { plan(now + site.idle, .idle(number, since: now)) }
    }

    /// Starts what there is room for.
    private mutating func start() {
        for number in changed.sorted() { fill(number) }
        changed = []
        // Where nothing else has changed only what is new can start, wherever there is room.
        for number in order where !arrived.isEmpty {
            guard let free = pilots[number]?.room.free,
                arrived.contains(where: { $0.value.fits(in: free) })
            else { continue }
            fill(number)
        }
        arrived = [:]
    }

    private mutating func fill(_ number: Int) {
        while waiting > 0, let room = pilots[number]?.room, room.free.cores > 0,
            let chosen = policy.next(on: room, at: instant)
        {
            arrived[chosen] = nil
            take(places[chosen] ?? 0, on: number)
        }
    }

    private lazy var places = Dictionary(
        uniqueKeysWithValues: jobs.indices.map { (jobs[$0].number, $0) })

    private mutating func take(_ place: Int, on number: Int) {
        let job = jobs[place]
        let end = instant + job.need.walltime / 86400
        guard var pilot = pilots[number] else { return }
        pilot.room.free = pilot.room.free - job.amounts
        pilot.room.occupied.append(HostRoom.Occupied(job.amounts, until: end))
        pilot.running += 1
        pilot.payloads += 1
        pilots[number] = pilot
        until[job.number] = end
        waiting -= 1
        waitingCores -= job.need.cores
        occupiedCores += job.need.cores
        result.waits[place] = now - job.arrival
        result.started += 1
        plan(now + job.duration, .end(job: place, pilot: number))
    }

    private static func logarithm(_ value: Double) -> Double { log(value) }
}

/// What came of a simulation.
struct SimulationResult {
    /// Seconds, in order of arrival.
    var waits: [Double] = []
    var started = 0
    var pilots = 0
    var emptyPilots = 0
    var mostPilots = 0
    /// Seconds until the last arrival; cores are counted up to then.
    var horizon = 0.0
    /// Core-seconds.
    var heldCores = 0.0
    var usedCores = 0.0
    /// ... while something waited.
    var heldWhileWaiting = 0.0
    var usedWhileWaiting = 0.0
}
