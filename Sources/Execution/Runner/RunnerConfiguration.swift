public import GroundSegment

/// What a runner has to know about its site.
public struct RunnerConfiguration: Sendable {
    public let storage: Storage
    /// Folder of the runner's own files; an SDC's lie in a folder of its name.
    public let state: String
    public var slots: Slots
    public var clock: RunnerClock
    /// Ends when nothing that is due remains.
    public var endsWhenIdle: Bool
    /// How often the runner looks for orders by itself.
    public var pollInterval: Duration
    /// The available part of an SDC at an instant, 0 to 1; nothing is read from or written to
    /// one that is at 0.
    public var availability: @Sendable (ID<SDC>, MJD) -> Double

    public init(
        storage: Storage, state: String, slots: Slots, clock: RunnerClock = .real,
        endsWhenIdle: Bool = false, pollInterval: Duration = .seconds(5),
        availability: @escaping @Sendable (ID<SDC>, MJD) -> Double = { _, _ in 1 }
    ) {
        self.storage = storage
        self.state = state
        self.slots = slots
        self.clock = clock
        self.endsWhenIdle = endsWhenIdle
        self.pollInterval = pollInterval
        self.availability = availability
    }

    var sdc: ID<SDC> { storage.sdc }

    /// Whether an SDC can be read from and written to now.
    func isUp(_ sdc: ID<SDC>) -> Bool { availability(sdc, clock.now) > 0 }

    /// The folder of this SDC's runner.
    var home: String { "\(state)/\(FileName.encoded(sdc.text))" }

    /// The folder through which the runner and a payload's wrapper speak.
    func payloadFolder(_ run: ID<Run>, _ node: String, _ attempt: Int) -> PayloadFolder {
        PayloadFolder(path: "\(home)/runs/\(FileName.encoded(run.text))/\(node).\(attempt)")
    }

    func workFolder(_ run: ID<Run>, _ node: String, _ attempt: Int) -> String {
        "\(storage.workFolder(of: run))/\(node).\(attempt)"
    }
}
