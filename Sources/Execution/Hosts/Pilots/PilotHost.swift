import BatchSystems
import Files
import Foundation
import GroundSegment
import Logging
import Payloads
import Synchronization

/// Pilots at a site's batch system as the hosts of its payloads: each is one host, which dials its
/// runner when its job begins.
///
/// What waits for the system's commands is done on a thread of its own, one thing after the other;
/// what pilots say goes to the runner at once.
final class PilotHost: PayloadHost {
    private let links = PilotLinks()
    private let jobs: Mutex<PilotJobs>
    private let settings: SitePilots
    private let interval: Duration
    private let work = BlockingThreads(most: 1)
    private let server = Mutex<PilotServer?>(nil)
    private let timer = Mutex<Task<Void, Never>?>(nil)
    private let isClosed = Mutex(false)
    /// The pilots as they were when they were last looked at.
    private let shown = Mutex<[PilotFacts]>([])
    private let addressFile: String
    private let logger: Logger
    private let post: @Sendable (HostID, HostNotice) -> Void
    private let ask: @Sendable (Reply<HostDemand>) -> Void

    /// What is told of all pilots together.
    static let all = HostID("pilots")

    /// - Parameters:
    ///   - program: path of the program `sdc-payload` on the machines of the system.
    ///   - home: folder in which is noted what was submitted.
    ///   - folder: where the pilots' own folders are made, which the system's machines share.
    ///   - expected: hosts of attempts that an earlier runner has left.
    ///   - clock: tells the time that has passed since some instant.
    ///   - post: gets the notices, those of one host one after the other.
    ///   - ask: has the runner tell what it has in line.
    init(
        site: BatchSite, program: String, home: String, folder: String, expected: Set<HostID>,
        logger: Logger, clock: @escaping @Sendable () -> Duration = BatchHost.uptime,
        post: @escaping @Sendable (HostID, HostNotice) -> Void,
        ask: @escaping @Sendable (Reply<HostDemand>) -> Void
    ) {
        interval = .seconds(site.settings.interval)
        settings = site.settings.pilots
        addressFile = "\(folder)/runner.address"
        self.logger = logger
        self.post = post
        self.ask = ask
        jobs = Mutex(
            PilotJobs(
                site: site, program: program, ledger: PilotLedger(home: home), folder: folder,
                addressFile: addressFile, expected: expected, links: links, clock: clock,
                logger: logger, post: post))
    }

    // MARK: - Passes

    func open() {
        let task = Task { [self] in
            while !Task.isCancelled {
                await look()
                try? await Task.sleep(for: interval)
            }
        }
        timer.withLock { $0 = task }
    }

    /// Asks the system how the pilots are, then the runner what it has in line, and submits.
    func look() async {
        await work.run { [self] in
            guard !isClosed.withLock({ $0 }), listen(), jobs.withLock({ $0.meet() }) else {
                return
            }
            let over = jobs.withLock { jobs in
                let over = jobs.look()
                shown.withLock { $0 = jobs.facts }
                return over
            }
            for pilot in over { server.withLock { $0 }?.drop(pilot) }
        }
        demand()
    }

    /// There is something in line: where no pilot is out this is not left to the next pass.
    func call() {
        work.start { [self] in
            guard !isClosed.withLock({ $0 }), listen() else { return }
            if jobs.withLock({ $0.meet() && !$0.isAnyOut }) { demand() }
        }
    }

    private func demand() {
        ask(
            Reply { [self] demand in
                work.start { [self] in
                    guard !isClosed.withLock({ $0 }) else { return }
                    jobs.withLock { jobs in
                        jobs.supply(demand)
                        shown.withLock { $0 = jobs.facts }
                    }
                }
            })
    }

    // MARK: - Connections

    /// Sees to it that pilots can dial; where they cannot it is tried again at the next pass.
    private func listen() -> Bool {
        if server.withLock({ $0 != nil }) { return true }
        jobs.withLock { $0.load() }
        do {
            let (inside, outside) = try Self.address(settings.listen)
            let started = try PilotServer(
                listening: inside, token: { [links] in links.token($0) }, logger: logger,
                post: { [self] in hear($0) })
            var told = started.address
            if case .tcp(_, let port) = told, let outside { told = .tcp(host: outside, port: port) }
            server.withLock { $0 = started }
            try StoredFiles.makeFolder((addressFile as NSString).deletingLastPathComponent)
            try told.write(to: addressFile)
            logger.info("pilots can dial", metadata: ["address": "\(told)"])
            return true
        } catch {
            server.withLock { server in
                server?.close()
                server = nil
            }
            post(Self.all, .absent("pilots cannot dial: \(error)"))
            return false
        }
    }

    /// Where to listen, and by which name pilots find it where that is another.
    private static func address(_ text: String?) throws -> (PilotAddress, host: String?) {
        guard let text else {
            return (.tcp(host: "0.0.0.0", port: 0), ProcessInfo.processInfo.hostName)
        }
        let whole =
            text.hasPrefix("unix:") ? text : "tcp:" + text + (text.contains(":") ? "" : ":0")
        guard let address = PilotAddress(whole) else {
            throw ExecutionError(.host, "listen: found \"\(text)\", expected an address")
        }
        guard case .tcp(let host, _) = address else { return (address, nil) }
        return (address, host)
    }

    private func hear(_ notice: PilotNotice) {
        switch notice {
        case .connected(let pilot, let hello): connected(pilot, hello)
        case .message(let pilot, let message):
            if case .draining = message { links.change(pilot) { $0.isDraining = true } }
            post(HostID(pilot), .message(message))
        case .disconnected(let pilot, let reason):
            links.change(pilot) { $0.isConnected = false }
            post(HostID(pilot), .lost(reason))
        case .refused(let pilot, let reason):
            logger.warning(
                "a pilot was refused",
                metadata: ["pilot": "\(pilot ?? "unknown")", "cause": "\(reason)"])
        }
    }

    private func connected(_ pilot: String, _ hello: AgentHello) {
        guard let link = links.come(pilot, host: hello.host, end: hello.end) else { return }
        let host = HostID(pilot)
        let kind = settings.classes.first { $0.name == link.kind }
        post(
            host,
            .offers(
                HostOffer(
                    total: Amounts(
                        cores: hello.cores, memory: hello.memory, gpus: hello.gpus.count),
                    end: hello.end.map { MJD(posixSeconds: $0) }, kind: link.kind,
                    terms: kind?.terms(host: pilot, number: link.number) ?? HostTerms(host: pilot)))
        )
        post(
            host,
            .ready(
                has: Dictionary(
                    hello.attempts.map { ($0.id, $0.cluster) },
                    uniquingKeysWith: { first, _ in first })))
        if link.isToEnd { end(pilot) }
    }

    func send(_ messages: [RunnerMessage], to host: HostID) {
        let results = messages.count { if case .acknowledge = $0 { true } else { false } }
        if results > 0 { links.change(host.name) { $0.payloads += results } }
        server.withLock { $0 }?.send(messages, to: host.name)
    }

    // MARK: - Operators

    /// The pilots, with what they use now.
    func facts(_ reply: @escaping @Sendable ([PilotFacts]) -> Void) {
        ask(
            Reply { [self] demand in
                reply(shown.withLock { $0 }.map { $0.current(links[$0.pilot], demand) })
            })
    }

    /// Has pilots take nothing more and end when what they run has ended; those that wait in the
    /// queue are taken out of it.
    ///
    /// - Parameters:
    ///   - pilots: all where `nil`.
    ///   - reply: is told which; names that no pilot has are not among them.
    func drain(_ pilots: [String]?, _ reply: @escaping @Sendable ([String]) -> Void) {
        work.start { [self] in
            let drained = jobs.withLock { jobs in
                jobs.load()
                let drained = jobs.drain(pilots)
                shown.withLock { $0 = jobs.facts }
                return drained
            }
            for pilot in drained where links[pilot]?.isConnected == true { end(pilot) }
            reply(drained)
        }
    }

    private func end(_ pilot: String) {
        links.change(pilot) { $0.isDraining = true }
        post(HostID(pilot), .draining("its runner has told it to end"))
        server.withLock { $0 }?.send([.end], to: pilot)
    }

    /// Ends the conversation; pilots go on, and find the next runner, or end when they have had
    /// nothing to do for long enough.
    func close(endingAgent: Bool) {
        isClosed.withLock { $0 = true }
        timer.withLock { $0?.cancel() }
        let server = server.withLock { $0 }
        if endingAgent {
            for pilot in links.connected { server?.send([.end], to: pilot) }
            jobs.withLock { $0.cancelUnconnected() }
        }
        server?.close()
    }
}
