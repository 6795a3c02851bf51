import GroundSegment
import Payloads
import Workflows

/// What a runner knows of the host where its payloads run.
///
/// Short payloads would end sooner than the next could be chosen, written down and sent: so that
/// the host never waits for its runner, it is asked for some ahead, as many as it does in
/// `Self.horizon`. Long ones are chosen only when there is room, by what is urgent then.
struct HostState: Sendable {
    var isReady = false
    /// It ends: nothing more is chosen for it.
    var isDraining = false
    /// Why it is over; `nil` while it may come back.
    var end: String?
    /// Its kind, of those that the site describes.
    private(set) var kind = ""
    /// What is free there, and what will be.
    private(set) var room: HostRoom
    /// What each attempt there occupies, by its identifier.
    private var claims: [String: HostRoom.Occupied] = [:]
    /// The attempts that wait there for room, first come first served.
    private var ahead: [(id: String, resources: Resources, count: Int)] = []
    /// How long a payload took of late, seconds: an exponential mean.
    private var meanDuration = 1.0

    /// Seconds for which the host has something to do without its runner.
    private static let horizon = 0.1
    /// The most attempts that wait at the host.
    private static let mostAhead = 128
    /// The weight of the last payload in the mean duration.
    private static let weight = 0.1

    init(room: Room) {
        let total = Amounts(cores: room.cores, memory: room.memory, gpus: room.gpus.count)
        self.room = HostRoom(total: total, free: total)
    }

    /// One of which is not known yet what it has.
    init() {
        let nothing = Amounts(cores: 0, memory: 0)
        room = HostRoom(total: nothing, free: nothing)
    }

    /// Learns what it has.
    mutating func take(_ offer: HostOffer) {
        room.free = room.free + (offer.total - room.total)
        room.total = offer.total
        room.end = offer.end
        room.terms = offer.terms
        kind = offer.kind
    }

    /// Whether payloads are chosen for it.
    var isOpen: Bool { isReady && !isDraining && end == nil }

    /// Whether nothing at all could start there now, nor be asked for ahead.
    var isFull: Bool { room.free.cores <= 0 && allowance <= 0 }

    /// Whether it has no attempts.
    var isEmpty: Bool { claims.isEmpty && ahead.isEmpty }

    /// Attempts, or clusters of attempts, that run or wait there.
    var count: Int { claims.count + ahead.count }

    /// How many more attempts the host may be asked for though there is no room.
    private var allowance: Int {
        let width = Double(room.total.cores) * Self.horizon / max(meanDuration, 1e-4)
        return width < 2 ? 0 : min(Self.mostAhead, Int(width)) - ahead.count
    }

    /// By what a payload is chosen now: by the room that is free, or by all of it where the host
    /// is to have something ahead; `nil` where nothing more is to be chosen than fits.
    var roomAhead: HostRoom? {
        guard allowance > 0 else { return nil }
        var ahead = HostRoom(total: room.total, free: room.total, end: room.end)
        ahead.terms = room.terms
        return ahead
    }

    /// Counts an attempt that the host is asked for, or that was found there, or as many as
    /// `count` that run one after the other.
    mutating func occupy(
        _ resources: Resources, count: Int = 1, by id: String, at now: MJD, isAhead: Bool
    ) {
        if isAhead {
            ahead.append((id, resources, count))
        } else {
            occupy(resources, count: count, by: id, at: now)
        }
    }

    private mutating func occupy(
        _ resources: Resources, count: Int, by id: String, at now: MJD
    ) {
        let claim = HostRoom.Occupied(
            Amounts(resources), until: now + resources.walltime * Double(count) / 86400)
        if let before = claims.updateValue(claim, forKey: id) { free(before) }
        room.free = room.free - claim.amounts
        room.occupied.append(claim)
    }

    /// Gives back what an attempt occupied; nothing happens where it did before.
    mutating func release(_ id: String, at now: MJD) {
        if let claim = claims.removeValue(forKey: id) {
            free(claim)
        } else {
            ahead.removeAll { $0.id == id }
        }
        while let first = ahead.first, Amounts(first.resources).fits(in: room.free) {
            ahead.removeFirst()
            occupy(first.resources, count: first.count, by: first.id, at: now)
        }
    }

    /// Learns how long a payload took, in seconds.
    mutating func learn(duration: Double) {
        meanDuration += Self.weight * (max(0, duration) - meanDuration)
    }

    private mutating func free(_ claim: HostRoom.Occupied) {
        room.free = room.free + claim.amounts
        if let place = room.occupied.firstIndex(of: claim) { room.occupied.remove(at: place) }
    }
}

/// That no host can be had, as far as is known.
struct HostAbsence: Sendable {
    /// Why none could be had when that was last tried; `nil` where one was there since.
    private(set) var message: String?
    private var failures = 0

    /// Consecutive failures after which no host is waited for any more by who is to end.
    private static let patience = 3

    var isGivenUp: Bool { failures >= Self.patience }

    mutating func fail(_ message: String) {
        self.message = message
        failures += 1
    }

    mutating func end() {
        (message, failures) = (nil, 0)
    }
}
