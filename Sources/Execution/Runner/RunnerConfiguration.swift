public import BatchSystems
import Files
public import GroundSegment
public import Payloads
public import Workflows

/// What a runner has to know about its site.
public struct RunnerConfiguration: Sendable {
    public let storage: Storage
    /// Folder of the runner's own files; an SDC's lie in a folder of its name.
    public let state: String
    /// The cores, the memory and the graphics processors that payloads may use at a time.
    public var room: Room
    /// Where payloads run as jobs of their own; on this machine where `nil`.
    public var batch: BatchSite?
    /// By this releases and outages are judged.
    public var clock: WallClock
    /// By this everything that happens is stamped.
    public var wallClock: @Sendable () -> MJD
    /// Ends when nothing that is due remains.
    public var endsWhenIdle: Bool
    /// Whether, among equals, payloads deeper in their run go first, so that branches are finished
    /// before others are begun.
    public var finishesBranches = false
    /// The release of the pipelines' software that is installed here; what asks for another one is
    /// refused. Nothing is looked at where it is `nil`.
    public var release: String?
    /// What is done before programs of a release run; nothing where it is `nil`.
    public var environment: SiteEnvironment?
    /// By what attempts without success are judged.
    public var rules = VerdictRules.standard
    /// By what the next payload is chosen.
    public var choice = ChoiceRule()
    /// How payloads are handed over together of which neither their graph nor their submission
    /// says anything.
    public var cluster = ClusterTerms(size: 1)
    /// How many payloads of a node are measured before its others, which are given what those used,
    /// where its graph says nothing of it; 0 none.
    public var scouts = 0
    /// How often the runner looks for orders by itself.
    public var pollInterval: Duration
    /// How the storages of other SDCs are reached; a folder beside ours where nothing is said.
    public var transports: [ID<SDC>: SiteTransport] = [:]
    /// The first and the longest pause, seconds, before a storage that could not be used is tried
    /// again; each pause is twice the one before it.
    public var storagePauses = 1.0...300.0
    /// What is kept of runs that have ended.
    public var retention = Retention()
    /// Folder of the self-test's pipelines; `nil` where there is none.
    public var selfTestPipelines: String?
    /// The available part of an SDC at an instant, 0 to 1; nothing is read from or written to
    /// one that is at 0.
    public var availability: @Sendable (ID<SDC>, MJD) -> Double

    /// When this SDC offers nothing; an order is not started that would not end before.
    public var outages: [TimeWindow] = []

    public init(
        storage: Storage, state: String, room: Room, clock: WallClock = .system,
        wallClock: @escaping @Sendable () -> MJD = { WallClock.system.now },
        endsWhenIdle: Bool = false, pollInterval: Duration = .seconds(5),
        availability: @escaping @Sendable (ID<SDC>, MJD) -> Double = { _, _ in 1 }
    ) {
        self.storage = storage
        self.state = state
        self.room = room
        self.clock = clock
        self.wallClock = wallClock
        self.endsWhenIdle = endsWhenIdle
        self.pollInterval = pollInterval
        self.availability = availability
    }

    var sdc: ID<SDC> { storage.sdc }

    /// Why what wants this release cannot be done here; `nil` where it can.
    func refusal(ofRelease wanted: String) -> String? {
        guard let release, !wanted.isEmpty, wanted != release else {
            return environment?.refusal(ofRelease: wanted)
        }
        return "release \(wanted) of the pipelines' software is wanted, \(release) is installed"
    }

    /// Whether a run is held because of its release, as these words say.
    static func isOfRelease(_ reason: String) -> Bool {
        reason.hasPrefix("release ")
            && (reason.hasSuffix(" is installed") || reason.contains(" is unknown to this site")
                || reason.contains(" needs "))
    }

    /// Whether an SDC can be read from and written to now.
    func isUp(_ sdc: ID<SDC>) -> Bool { availability(sdc, clock.now) > 0 }

    /// The folder of this SDC's runner.
    var home: String { "\(state)/\(FileName.encoded(sdc.text))" }

    /// The folder of this SDC's agent.
    var agentHome: String { "\(home)/agent" }

    /// How many payloads, or clusters of payloads, may be at hosts at a time.
    var mostAtHost: Int { hasManyHosts ? .max : batch?.settings.maxJobs ?? .max }

    /// How long a file may be late that was written on another machine.
    var fileDelay: Duration { .seconds(batch?.settings.fileDelay ?? 0) }

    /// The folder in which the runner notes what it has submitted.
    var batchHome: String { "\(home)/batch" }

    /// The folder of the jobs' scripts and of what they print.
    var batchFolder: String {
        guard let folder = batch?.settings.folder else { return batchHome }
        return "\(folder)/\(FileName.encoded(sdc.text))"
    }

    /// The folder through which the runner and the agent speak of an attempt.
    func attemptFolder(_ run: ID<Run>, _ path: String, _ attempt: Int) -> String {
        "\(runFolder(run))/\(Self.name(path, attempt))"
    }

    /// The folder of a run's attempts.
    func runFolder(_ run: ID<Run>) -> String { "\(home)/runs/\(FileName.encoded(run.text))" }

    func workFolder(_ run: ID<Run>, _ path: String, _ attempt: Int) -> String {
        "\(storage.workFolder(of: run))/\(Self.name(path, attempt))"
    }

    /// An attempt's name; a payload's path that is too long for a file's name is shortened.
    private static func name(_ path: String, _ attempt: Int) -> String {
        "\(FileName.encoded(path, reserved: 12)).\(attempt)"
    }
}
