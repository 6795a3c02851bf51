import BatchSystems
import Foundation
import GroundSegment
import Logging
import Payloads

/// The pilots of a runner at its site's batch system.
///
/// All that it does may wait for the system's commands.
struct PilotJobs: Sendable {
    let site: BatchSite
    let program: String
    let ledger: PilotLedger
    /// Where the pilots' own folders are.
    let folder: String
    let addressFile: String
    let links: PilotLinks
    let clock: @Sendable () -> Duration
    let logger: Logger
    let post: @Sendable (HostID, HostNotice) -> Void

    /// In the order in which they were submitted.
    var arrays: [PilotArray] = []
    var pool: PilotPool
    private var expected: Set<HostID>
    private var isLoaded = false
    private(set) var isReady = false
    /// The most tasks of an array.
    private(set) var arraySize = 1
    /// The number of the last pilot that was submitted.
    var lastNumber = 0
    /// Questions that have failed one after the other.
    private var failures = 0

    /// Arrays that are over and are shown still.
    private static let kept = 100

    init(
        site: BatchSite, program: String, ledger: PilotLedger, folder: String, addressFile: String,
        expected: Set<HostID>, links: PilotLinks, clock: @escaping @Sendable () -> Duration,
        logger: Logger, post: @escaping @Sendable (HostID, HostNotice) -> Void
    ) {
        self.site = site
        self.program = program
        self.ledger = ledger
        self.folder = folder
        self.addressFile = addressFile
        self.expected = expected
        self.links = links
        self.clock = clock
        self.logger = logger
        self.post = post
        pool = PilotPool(
            settings: site.settings.pilots, most: site.settings.maxJobs,
            interval: .seconds(site.settings.interval))
    }

    /// Whether pilots wait or run.
    var isAnyOut: Bool { arrays.contains { !$0.isOver } }

    // MARK: - Finding the system

    /// Sees whether the system answers.
    mutating func meet() -> Bool {
        guard !isReady else { return true }
        do throws(BatchSystemError) {
            let limits = try site.system.limits()
            arraySize = max(1, min(limits.arraySize ?? 1000, site.settings.maxJobs))
        } catch {
            post(PilotHost.all, .absent("the batch system does not answer: \(error)"))
            return false
        }
        (isReady, failures) = (true, 0)
        return true
    }

    /// Reads what an earlier runner has noted.
    mutating func load() {
        guard !isLoaded else { return }
        isLoaded = true
        arrays = ledger.arrays(fileDelay: .seconds(site.settings.fileDelay)) {
            [logger] name, error in
            logger.error(
                "an entry of pilots cannot be read",
                metadata: ["pilots": "\(name)", "cause": "\(error)"])
        }
        for array in arrays {
            lastNumber = max(lastNumber, array.first + array.pilots.count - 1)
            for place in array.pilots.indices where !array.pilots[place].state.isFinal {
                expect(array, place)
                expected.remove(HostID(array.pilot(place)))
            }
        }
        // Nobody else tells of those.
        for host in expected { post(host, .gone("it is not known any more")) }
        expected = []
    }

    func expect(_ array: PilotArray, _ place: Int) {
        links.expect(
            array.pilot(place),
            PilotLinks.Link(
                kind: array.kind, token: array.token, hasConnected: false,
                payloads: array.pilots[place].payloads, host: array.facts[place].host,
                end: array.facts[place].end, isToEnd: array.facts[place].isToEnd))
    }

    /// The system has not answered; after so many times it is taken for gone until it does.
    mutating func failed(_ error: BatchSystemError) {
        failures += 1
        logger.warning("the batch system has failed", metadata: ["cause": "\(error)"])
        guard !error.isTemporary || failures > site.settings.monitorRetries else { return }
        isReady = false
        post(PilotHost.all, .absent("\(error)"))
    }

    mutating func answered() { failures = 0 }

    // MARK: - How they are

    /// Asks the system of all pilots at once and looks what they have left, then asks of those that
    /// are gone.
    ///
    /// - Returns: the pilots that are over now.
    mutating func look() -> [String] {
        find()
        var ids: [BatchJobID] = []
        for array in arrays {
            guard array.knowledge == .known else { continue }
            for place in array.pilots.indices where !array.pilots[place].state.isFinal {
                array.id(place).map { ids.append($0) }
            }
        }
        var statuses: [BatchJobID: BatchJobStatus]? = [:]
        if !ids.isEmpty {
            do throws(BatchSystemError) {
                statuses = try site.system.poll(ids)
                answered()
            } catch {
                statuses = nil
                failed(error)
            }
        }
        var missing: [PilotPlace] = []
        var over: [String] = []
        for array in arrays.indices where !arrays[array].isOver {
            let before = (arrays[array].pilots.map(\.state), arrays[array].facts)
            for place in arrays[array].pilots.indices {
                let at = PilotPlace(array: array, pilot: place)
                switch see(statuses, at) {
                case .wait: break
                case .askAccounting: missing.append(at)
                case .end: over.append(end(at))
                case nil: break
                }
            }
            if before != (arrays[array].pilots.map(\.state), arrays[array].facts) { save(array) }
        }
        account(missing)
        removeOld()
        return over
    }

    /// - Returns: `nil` where nothing could be seen, or it was over before.
    private mutating func see(
        _ statuses: [BatchJobID: BatchJobStatus]?, _ at: PilotPlace
    ) -> PilotLife.Step? {
        let array = arrays[at.array]
        var life = array.pilots[at.pilot]
        guard !life.state.isFinal else { return nil }
        let link = links[array.pilot(at.pilot)]
        if let link {
            if link.isConnected { life.connect() } else { life.disconnect() }
            while life.payloads < link.payloads { life.count() }
        }
        let end = PilotEnd(folder: array.folder, task: at.pilot + 1)
        guard statuses != nil || end != nil else {
            arrays[at.array].pilots[at.pilot] = life
            return nil
        }
        let status =
            array.knowledge == .known
            ? array.id(at.pilot).flatMap { statuses?[$0] } : nil
        guard array.knowledge != .sought || end != nil else {
            arrays[at.array].pilots[at.pilot] = life
            return nil
        }
        let before = array.pilots[at.pilot].state
        let step =
            statuses == nil
            ? life.seen(life.status, end, at: clock()) : life.seen(status, end, at: clock())
        arrays[at.array].pilots[at.pilot] = life
        arrays[at.array].facts[at.pilot].host =
            link?.host ?? status?.host ?? array.facts[at.pilot].host
        arrays[at.array].facts[at.pilot].end = link?.end ?? array.facts[at.pilot].end
        if life.state != before {
            arrays[at.array].facts[at.pilot].since = Date().timeIntervalSince1970
        }
        return step
    }

    /// A pilot is over: what it had is looked for, and the pool hears how it ended.
    ///
    /// - Returns: its name.
    private mutating func end(_ at: PilotPlace) -> String {
        let array = arrays[at.array]
        let life = array.pilots[at.pilot]
        let name = array.pilot(at.pilot)
        links.forget(name)
        post(HostID(name), .gone(life.reason))
        logger.info(
            "a pilot is over",
            metadata: [
                "pilot": "\(name)", "state": "\(life.state.rawValue)", "cause": "\(life.reason)",
                "payloads": "\(life.payloads)",
            ])
        // One that is kept for whatever comes is not in vain, and one that was told to end neither.
        let isKept = site.settings.pilots.classes.contains { $0.name == array.kind && $0.keep > 0 }
        if life.payloads > 0 {
            pool.end(array.kind, isDiscouraging: false)
        } else if life.isDiscouraging, !(isKept && life.state == .doneEmpty),
            !array.facts[at.pilot].isToEnd
        {
            pool.end(array.kind, isDiscouraging: true)
        }
        return name
    }

    private mutating func account(_ missing: [PilotPlace]) {
        let ids = missing.compactMap { arrays[$0.array].id($0.pilot) }
        guard !ids.isEmpty else { return }
        // Without accounts there are none.
        let known = (try? site.system.afterEnd(ids)) ?? [:]
        for at in missing {
            guard let id = arrays[at.array].id(at.pilot) else { continue }
            arrays[at.array].pilots[at.pilot].accounting(known[id])
        }
    }

    func save(_ array: Int) {
        do { try ledger.save(arrays[array]) } catch {
            logger.error(
                "pilots cannot be noted",
                metadata: ["pilots": "\(arrays[array].name)", "cause": "\(error)"])
        }
    }

    /// Removes what is over and has been shown long enough.
    private mutating func removeOld() {
        let over = arrays.filter(\.isOver)
        let old = Set(over.dropLast(Self.kept).map(\.name))
        guard !old.isEmpty else { return }
        for array in arrays where old.contains(array.name) {
            do { try ledger.remove(array) } catch {
                logger.warning(
                    "cannot remove", metadata: ["pilots": "\(array.name)", "cause": "\(error)"])
            }
        }
        arrays.removeAll { old.contains($0.name) }
    }

    /// Looks whether the system has those that an earlier runner has submitted, or whose submission
    /// was not answered. Those that never had a number, and it does not have, are over: what they
    /// were for asks again.
    private mutating func find() {
        for array in arrays.indices
        where arrays[array].knowledge == .sought && !arrays[array].isOver {
            do throws(BatchSystemError) {
                let found = try site.system.find(name: arrays[array].name)
                if let base = found.keys.min()?.base {
                    arrays[array].base = base
                    arrays[array].knowledge = .known
                } else {
                    arrays[array].knowledge = .forgotten
                    if arrays[array].base == nil, !hasBegun(array) {
                        refuse(array, "it was not submitted")
                    }
                }
                save(array)
            } catch {
                failed(error)
            }
        }
    }

    private func hasBegun(_ array: Int) -> Bool {
        arrays[array].pilots.indices.contains { place in
            links[arrays[array].pilot(place)]?.hasConnected == true
                || PilotEnd(folder: arrays[array].folder, task: place + 1) != nil
        }
    }

    mutating func refuse(_ array: Int, _ reason: String) {
        for place in arrays[array].pilots.indices {
            arrays[array].pilots[place].refuse(reason)
            links.forget(arrays[array].pilot(place))
            post(HostID(arrays[array].pilot(place)), .gone(reason))
        }
    }
}
